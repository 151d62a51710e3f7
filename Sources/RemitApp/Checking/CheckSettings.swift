import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// Where the authority is and what the repository is called in it: options, else the clone's git config.
struct CheckSettings: ParsableArguments {
    @Option(help: ArgumentHelp("The authority; default: git config remit.authority.", valueName: "dir"))
    var authority: String?

    @Option(help: ArgumentHelp("The digest of its roots/1.toml; default: git config remit.root.", valueName: "digest"))
    var root: String?

    @OptionGroup var repository: RepositoryOption

    struct Values {
        let authority: AuthorityLocation
        let root: RecordID
        let repository: String
    }

    func values(_ git: Git) throws(AppError) -> Values {
        let repository = try repository.name(git)
        let location = try AuthorityLocation(option: authority)
        return Values(authority: location, root: try pin(location, git), repository: repository)
    }

    private func pin(_ location: AuthorityLocation, _ git: Git) throws(AppError) -> RecordID {
        guard let text = try root.orAsk({ () throws(AppError) in try git.configuration("remit.root") }) else {
            return try location.pin(in: location.records())
        }
        guard text.hasPrefix(RecordID.prefix), let id = RecordID(text) else {
            throw AppError(
                "'\(text)' is not the digest of a root", hint: "write 'sha256:' and 64 lower-case hexadecimal digits",
                status: .usage)
        }
        return id
    }
}

extension Optional {
    /// What was given, or what is found elsewhere.
    ///
    /// (`??` forgets what its right side throws.)
    func orAsk(_ other: () throws(AppError) -> Wrapped?) throws(AppError) -> Wrapped? {
        if let self { return self }
        return try other()
    }
}
