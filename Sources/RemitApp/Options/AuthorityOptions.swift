import ArgumentParser

/// Where the authority is: for every command that reads one.
struct AuthorityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The authority: a clone of it. Default: $REMIT_AUTHORITY, then git config remit.authority.",
            valueName: "dir"))
    var authority: String?

    /// The authority as it stands, to read.
    func located() throws(AppError) -> AuthorityLocation {
        try AuthorityLocation(option: authority)
    }

    /// The same where one is named; a command that does without tells less.
    func locatedIfNamed() throws(AppError) -> AuthorityLocation? {
        try AuthorityLocation.named(option: authority)
    }
}
