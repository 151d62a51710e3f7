import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// `remit grant`: delegates one task to an agent.
struct GrantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Delegate a task to an agent: sign what it may do, where, and until when.",
        discussion: """
            Signs the delegation with your key, judges it as a server will, and commits it to your clone of the \
            authority. Prints its id and the trailer by which commits name it. With --worktree, sets up the agent's \
            clone: its commits are then signed with the task key and name the delegation, and a push is checked first. \
            With --parent, an agent hands on part of its own delegation, signed with its task key.

            With --certificate-authority, whoever holds that key issues certificates for the delegation: \
            ssh-keygen -s ca -I NAME -n sha256:ID -V +8h agent.pub. The agent's git signs with one where \
            user.signingkey is agent-cert.pub. A certificate of another authority, for another principal, out of its \
            time, for a host, or with a critical option proves nothing; only verify-required is heeded, of a security \
            key.

            Example: remit grant --agent claude-code --task PAY-42 --purpose "Retry with backoff" --repository payments \
            --ref 'refs/heads/agent/PAY-42/**' --path 'Sources/**' --expires 8h --key ~/.ssh/id_ed25519 \
            --new-task-key task.key
            """)

    @Option(help: "The agent's id in the inventory.", transform: OptionReading.identifier)
    var agent: String

    @Option(help: "The task, such as a ticket's number.")
    var task: String

    @Option(help: "What it is for, in a sentence.")
    var purpose: String

    @OptionGroup(title: "What it may do") var clause: GrantOptions

    @Option(
        help: ArgumentHelp(
            "Until when the agent may act: a span such as 8h, or a moment in UTC.", valueName: "when"),
        transform: OptionReading.deadline)
    var expires: Deadline?

    @Option(
        help: ArgumentHelp("Until when persons may land its work. Default: --expires.", valueName: "when"),
        transform: OptionReading.deadline)
    var mergeBy: Deadline?

    @OptionGroup(title: "How much") var budget: LimitOptions

    @OptionGroup(title: "What it has to hand") var hand: ContextOptions

    @Option(
        help: ArgumentHelp(
            "The delegation that this one hands on a part of; --key is then a task key of it.", valueName: "id"))
    var parent: String?

    @Option(
        help: ArgumentHelp("How many times over it may be handed on. Default: 0.", valueName: "n"),
        transform: OptionReading.limit)
    var hops: Int = 0

    @Option(
        help: "The person who delegates and stays accountable. Default: whose key it is, or the parent's.",
        transform: OptionReading.identifier)
    var delegator: String?

    @OptionGroup var signing: KeyOptions

    @OptionGroup var taskKeys: TaskKeyOptions

    @OptionGroup(title: "Certificates") var certificates: CertificateOptions

    @Option(help: ArgumentHelp("The agent's clone, to be set up for this delegation.", valueName: "dir"))
    var worktree: String?

    @OptionGroup var authority: CloneOptions

    func validate() throws {
        guard !taskKeys.isEmpty || !certificates.certificateAuthority.isEmpty else {
            throw ValidationError("give --task-key FILE, --new-task-key FILE or --certificate-authority FILE")
        }
        guard parent == nil || delegator == nil else {
            throw ValidationError("--delegator cannot stand with --parent, whose delegator stays accountable")
        }
    }

    func run() throws {
        let now = Platform.now()
        let clauses = try clause.clauses()
        let context = try hand.context()
        let clone = try authority.clone()
        let workTree = try worktree.map { try AgentWorkTree(at: $0) }
        let standing = try clone.location.authority(at: now)
        try AgentReadiness(authority: standing, now: now).require(agent, context)
        // An agent signs with the key of the clone in which it works.
        let signer = try signing.signer(parent == nil ? clone.git : Git())
        let origin = try origin(signer, standing)

        let authorities = try certificates.fingerprints()
        let times = try Times(expires: expires, mergeBy: mergeBy, from: now)
        let granted = try grant(signer, clone, standing, at: now) { taskKey in
            Delegation(
                organisation: standing.policy.organisation, delegator: origin.delegator, agent: agent, task: task,
                purpose: purpose, issuedAt: now, expiresAt: times.expiresAt, mergeBy: times.mergeBy,
                keys: taskKey.map { [$0.fingerprint] } ?? [], hops: hops, parent: origin.parent, context: context,
                grants: clauses, limits: budget.limits, certificateAuthorities: authorities)
        }
        try granted.prepare(workTree, clone)
        granted.tell(clone, workTree)
    }

    /// Makes the key, signs, judges and commits.
    ///
    /// Where any of it fails, the key is removed again.
    private func grant(
        _ signer: Signer, _ clone: AuthorityClone, _ authority: Authority, at now: Instant,
        _ delegation: (TaskKey?) -> Delegation
    ) throws -> GrantedDelegation {
        let taskKey = try taskKeys.key(comment: "\(agent) \(task)")
        return try TaskKey.keep(taskKey) {
            try taskKey?.requireFree(in: authority)
            let delegation = delegation(taskKey)
            let id = try NewDelegation(delegation: delegation, signer: signer, clone: clone, now: now).commit()
            return GrantedDelegation(id: id, delegation: delegation, key: taskKey)
        }
    }

    /// Who stays accountable, and the delegation of which a part is handed on.
    private func origin(
        _ signer: Signer, _ authority: Authority
    ) throws -> (delegator: String, parent: RecordID?) {
        guard let parent else {
            return (try delegator ?? authority.person(with: signer.key, option: "--delegator"), nil)
        }
        let found = try authority.believed(named: parent)
        guard found.delegation.keys.contains(signer.key.fingerprint) else {
            throw AppError(
                "\(signer.key.fingerprint) is not a task key of delegation \(found.id.abbreviated)",
                hint: "give --key the key with which commits under it are signed")
        }
        return (found.delegation.delegator, found.id)
    }
}

/// Until when an agent may act under a new delegation, and until when its work may be landed.
struct Times {
    let expiresAt: Instant
    let mergeBy: Instant

    /// How long an agent may act where nothing else is said, in seconds: a working day.
    static let defaultLife: Int64 = 8 * 3600

    init(
        expires: Deadline?, mergeBy: Deadline?, life: Int64 = Self.defaultLife, from now: Instant
    ) throws(AppError) {
        expiresAt = expires?.moment(from: now) ?? now.adding(seconds: life)
        self.mergeBy = mergeBy?.moment(from: now) ?? expiresAt
        guard expiresAt > now else { throw AppError("--expires \(expiresAt) is not in the future", status: .usage) }
        guard self.mergeBy >= expiresAt else {
            throw AppError("--merge-by \(self.mergeBy) is before --expires \(expiresAt)", status: .usage)
        }
    }
}
