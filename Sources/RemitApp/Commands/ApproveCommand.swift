import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// `remit approve`: a person's word for one exact commit and its tree.
struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approve a commit: sign that you have looked at exactly this commit and its tree.",
        discussion: """
            Run it in a clone of the repository that holds the commit. It covers everything that a push of the commit \
            brings; a commit on top, or an amended one, needs a new approval. Whoever delegated the work or signed its \
            commits is its author and does not count where the policy demands approvals.

            Example: remit approve HEAD --repository payments --reason "Read it, tests are fine" --key ~/.ssh/id_ed25519
            """)

    @Argument(help: "The commit; default: HEAD.")
    var commit = "HEAD"

    @OptionGroup var repository: RepositoryOption

    @Option(help: "Why, in a sentence: what you looked at.")
    var reason: String

    @Option(
        help: "An environment that it may be deployed to. May be repeated; without one it is for merging alone.",
        transform: OptionReading.identifier)
    var environment: [String] = []

    @Option(
        help: ArgumentHelp("Until when it counts: a span such as 7d, or a moment in UTC.", valueName: "when"),
        transform: OptionReading.deadline)
    var expires: Deadline?

    @Option(help: "The person who approves. Default: whose key it is.", transform: OptionReading.identifier)
    var approver: String?

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    /// How long an approval counts where nothing else is said: a week, for the work to land.
    private static let defaultLife: Int64 = 7 * 86_400

    func run() throws {
        let now = Platform.now()
        let git = Git()
        let console = Console.standard
        let repository = try repository.name(git)
        let work = try ApprovedWork(commit, git)
        let clone = try authority.clone()
        let standing = try clone.location.authority(at: now)
        let signer = try signing.signer(for: clone)
        let approver = try approver ?? standing.person(with: signer.key, option: "--approver")
        let expiresAt = expires?.moment(from: now) ?? now.adding(seconds: Self.defaultLife)
        guard expiresAt > now else { throw AppError("--expires \(expiresAt) is not in the future", status: .usage) }

        console.say("approving \(work.words)")
        let approval = Approval(
            organisation: standing.policy.organisation, approver: approver, repository: repository,
            commit: work.commit, tree: work.tree, environments: Set(environment), reason: reason, issuedAt: now,
            expiresAt: expiresAt)
        let id = try NewApproval(approval: approval, signer: signer, clone: clone, now: now).commit()
        console.say("\(approver) approves tree \(work.tree.abbreviated) of '\(repository)' until \(expiresAt)")
        if !standing.policy.approvals(in: repository).roles.contains(where: { $0.person == approver }) {
            console.say(
                "\(approver) has no role as an approver in '\(repository)': it says who lands the work, "
                    + "and meets no demand of the policy")
        }
        clone.tell()
        console.print(id.description)
    }
}
