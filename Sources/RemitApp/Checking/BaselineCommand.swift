import ArgumentParser
import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures

/// `remit baseline`: an administrator leaves history from before adoption out of the judgement.
struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Sign the history that a repository had before Remit came.",
        discussion: """
            Names the tips of all branches and tags in a record of the authority, signed by an administrator. What \
            they reach is never judged; everything after it is.

            Example: remit baseline /srv/git/payments.git --authority authority --key ~/.ssh/id_ed25519
            """)

    @Argument(help: "The repository, or a full clone of it.")
    var repository: String

    @OptionGroup var authority: CloneOptions

    @Option(help: ArgumentHelp("The administrator's key; default: the one git signs with.", valueName: "file"))
    var key: String?

    @Option(help: "The repository's name in delegations; default: its git config remit.repository.")
    var name: String?

    @Option(help: "Why.")
    var reason = BaselineProposal.defaultReason

    func run() throws {
        let now = Platform.now()
        let server = try ServerRepository(at: repository)
        guard let name = try name.orAsk({ () throws(AppError) in try server.effective("remit.repository") }) else {
            throw AppError(
                "nothing says what the repository is called in delegations", hint: "give --name NAME", status: .usage)
        }
        let clone = try authority.clone()
        let key = try SigningKey(option: key, clone.git)
        let verified = try clone.location.authority(at: now)
        guard let issuer = verified.root.administrators.first(where: { $0.keys.contains(key.publicKey.line) }) else {
            throw AppError(
                "'\(key.path)' is not the key of an administrator",
                hint: "the administrators are: \(verified.administrators.joined(separator: ", "))")
        }
        let proposal = try BaselineProposal(
            of: server, named: name, organisation: verified.policy.organisation, issuer: issuer.id, reason: reason,
            at: now)
        guard let proposal else { throw AppError("'\(repository)' has no history yet", hint: "no baseline is needed") }
        var change = Changeset()
        change.add(proposal.bytes, signature: try Signer(key).sign(proposal.bytes, for: .exception), at: proposal.path)
        let message = "exceptions: baseline of \(name)\n\n\(reason)"
        try clone.commit(change, message: message, signedWith: key) { (state) throws(AppError) in
            let after = try state.authority(at: now, with: change)
            _ = try AppError.asking { () throws(AuthorityError) in try after.baseline(of: name) }
        }
        let console = Console.standard
        console.say("committed '\(proposal.path)': \(proposal.count) commits, signed as \(issuer.id)")
        clone.tell()
    }
}
