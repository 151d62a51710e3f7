import ArgumentParser

/// With which key a person signs.
struct KeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Your key: a private key, or a .pub whose other half is in ssh-agent. Default: the one with which your \
            git signs.
            """, valueName: "file"))
    var key: String?

    /// Who signs, in a clone of the authority.
    func signer(for clone: AuthorityClone) throws(AppError) -> Signer {
        try signer(clone.git)
    }

    /// Who signs, where git's configuration names the key unless an option does.
    func signer(_ git: Git) throws(AppError) -> Signer {
        Signer(try SigningKey(option: key, git))
    }
}
