import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// `remit show`: what a delegation allows, in words.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tell in words what a delegation allows, and whether it holds.",
        discussion: """
            Reads the committed state of the authority: who delegated what to which agent, where it may push, what it \
            may change and never may, its limits, until when, from whom it was handed on, which request it answers, and whether \
            it was revoked. The status is 0 when a server \
            would believe the record, whether or not it has expired; 1 when it would not; 2 when that cannot be told.

            Example: remit show 1f2e3d4c5b6a
            """)

    @Argument(
        help: """
            The delegation: its id, or the first 12 or more digits of it; default: git config remit.delegation, which \
            'remit grant --worktree' sets in an agent's clone.
            """)
    var delegation: String?

    @Option(help: "How to tell it.")
    var format = ReportFormat.text

    @OptionGroup var evidence: LedgerOption

    @OptionGroup var authority: AuthorityOptions

    func run() throws {
        let now = Platform.now()
        let location = try authority.located()
        let standing = try location.authority(at: now)
        let name = try named()
        let listing = try AuthorityListing(
            authority: standing, location: location, spender: evidence.spender(), now: now)
        let found = try AppError.asking { () throws(AuthorityError) in
            try standing.delegation(named: ByteString(name))
        }
        guard let sheet = try listing.sheet(of: found) else { throw unknown(name, location) }
        Console.standard.print(format == .text ? sheet.text : sheet.json.text)
        if sheet.state == .invalid { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private func named() throws(AppError) -> String {
        guard
            let name = try delegation.orAsk({ () throws(AppError) in try Git().configuration("remit.delegation") })
        else {
            throw AppError(
                "no delegation is named", hint: "give its id: 'remit show 1f2e3d4c5b6a'", status: .usage)
        }
        return name
    }

    private func unknown(_ name: String, _ location: AuthorityLocation) -> AppError {
        AppError(
            "the authority does not hold exactly one delegation '\(name)'",
            hints: [
                "name it by \(Authority.shortestName) or more digits of its id",
                "the authority is '\(location.path)'; 'git -C \(location.path) pull' brings what is new",
            ])
    }
}
