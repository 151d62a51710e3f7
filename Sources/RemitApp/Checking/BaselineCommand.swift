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

    @OptionGroup var signing: KeyOptions

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
        let signer = try signing.signer(for: clone)
        let verified = try clone.location.authority(at: now)
        let issuer = try verified.administrator(with: signer.key)
        let proposal = try BaselineProposal(
            of: server, named: name, organisation: verified.policy.organisation, issuer: issuer, reason: reason,
            at: now)
        guard let proposal else { throw AppError("'\(repository)' has no history yet", hint: "no baseline is needed") }
        var change = Changeset()
        change.add(proposal.bytes, signature: try signer.sign(proposal.bytes, for: .exception), at: proposal.path)
        let message = "exceptions: baseline of \(name)\n\n\(reason)"
        try clone.commit(change, message: message, signedWith: signer.key) { (state) throws(AppError) in
            let after = try state.authority(at: now, with: change)
            _ = try AppError.asking { () throws(AuthorityError) in try after.baseline(of: name) }
        }
        let console = Console.standard
        console.say("committed '\(proposal.path)': \(proposal.count) commits, signed as \(issuer)")
        clone.tell()
    }
}
