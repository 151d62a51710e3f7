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
            clone: its commits are then signed with the task key, and an editor starts with the trailer.

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

    @Option(help: "The model that the agent runs on.")
    var model: String?

    @Option(help: "A tool that the agent has to hand. May be repeated.")
    var tool: [String] = []

    @Option(
        help: "The person who delegates and stays accountable. Default: whose key it is.",
        transform: OptionReading.identifier)
    var delegator: String?

    @Option(
        help: ArgumentHelp("Your key: a private key, or a .pub whose other half is in ssh-agent.", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("The agent's public key for this task.", valueName: "file"))
    var taskKey: String?

    @Option(help: ArgumentHelp("Where to make a key for this task, without a passphrase.", valueName: "file"))
    var newTaskKey: String?

    @OptionGroup(title: "Certificates") var certificates: CertificateOptions

    @Option(help: ArgumentHelp("The agent's clone, to be set up for this delegation.", valueName: "dir"))
    var worktree: String?

    @OptionGroup var authority: CloneOptions

    /// How long an agent may act where nothing else is said: a working day.
    private static let defaultLife: Int64 = 8 * 3600

    mutating func validate() throws {
        guard taskKey == nil || newTaskKey == nil else {
            throw ValidationError("give either --task-key FILE or --new-task-key FILE")
        }
        guard taskKey != nil || newTaskKey != nil || !certificates.certificateAuthority.isEmpty else {
            throw ValidationError("give --task-key FILE, --new-task-key FILE or --certificate-authority FILE")
        }
    }

    func run() throws {
        let now = Platform.now()
        let clone = try authority.clone()
        let workTree = try worktree.map { try AgentWorkTree(at: $0) }
        let standing = try clone.location.authority(at: now)
        try AgentReadiness(authority: standing, now: now).require(agent, context)
        let signer = Signer(try SigningKey(option: key, clone.git))
        let delegator = try delegator ?? standing.person(with: signer.key, option: "--delegator")

        let granted = try grant(as: delegator, signer, clone, standing, at: now)
        do {
            try workTree?.prepare(
                for: granted.id, key: granted.key,
                from: AgentWorkTree.Source(
                    authority: clone.location.path, root: clone.location.pin(in: clone.location.records()),
                    repository: clause.repository))
        } catch {
            throw AppError(
                "delegation \(granted.id.abbreviated) is granted, but the work tree is not set up: \(error.message)",
                hints: error.hints, status: error.status)
        }
        tell(granted, clone, workTree)
    }

    private struct Granted {
        let id: RecordID
        let delegation: Delegation
        /// `nil` where certificates alone prove it.
        let key: TaskKey?
    }

    /// Makes the key, signs, judges and commits.
    ///
    /// Where any of it fails, the key is removed again.
    private func grant(
        as delegator: String, _ signer: Signer, _ clone: AuthorityClone, _ authority: Authority, at now: Instant
    ) throws -> Granted {
        let authorities = try certificates.fingerprints()
        let taskKey =
            if let newTaskKey {
                try TaskKey(makingAt: newTaskKey, comment: "\(agent) \(task)")
            } else {
                try taskKey.map { path throws(AppError) in try TaskKey(existing: path) }
            }
        do {
            try taskKey?.requireFree(in: authority)
            let delegation = try delegation(by: delegator, of: authority, key: taskKey, authorities, at: now)
            let id = try NewDelegation(delegation: delegation, signer: signer, clone: clone, now: now).commit()
            return Granted(id: id, delegation: delegation, key: taskKey)
        } catch {
            taskKey?.made.forEach(Files.remove)
            throw error
        }
    }

    private var context: Delegation.Context? {
        guard model != nil || !tool.isEmpty else { return nil }
        return Delegation.Context(model: model, tools: tool, instructions: nil)
    }

    private func delegation(
        by delegator: String, of authority: Authority, key: TaskKey?, _ certificateAuthorities: [KeyFingerprint],
        at now: Instant
    ) throws -> Delegation {
        let expiresAt = expires?.moment(from: now) ?? now.adding(seconds: Self.defaultLife)
        let mergeBy = mergeBy?.moment(from: now) ?? expiresAt
        guard expiresAt > now else { throw AppError("--expires \(expiresAt) is not in the future", status: .usage) }
        guard mergeBy >= expiresAt else {
            throw AppError("--merge-by \(mergeBy) is before --expires \(expiresAt)", status: .usage)
        }
        return Delegation(
            organisation: authority.policy.organisation, delegator: delegator, agent: agent, task: task,
            purpose: purpose, issuedAt: now, expiresAt: expiresAt, mergeBy: mergeBy,
            keys: key.map { [$0.fingerprint] } ?? [],
            hops: 0, parent: nil, context: context, grants: [clause.grant], limits: budget.limits,
            certificateAuthorities: certificateAuthorities)
    }

    private func tell(_ granted: Granted, _ clone: AuthorityClone, _ workTree: AgentWorkTree?) {
        let console = Console.standard
        let delegation = granted.delegation
        console.say(
            "\(delegation.delegator) delegates \(task) to agent '\(agent)' until \(delegation.expiresAt), "
                + "to be landed by \(delegation.mergeBy)")
        if let key = granted.key { console.say("task key \(key.fingerprint) in '\(key.path)'") }
        for authority in delegation.certificateAuthorities {
            console.say(
                "certificates of \(authority) prove it: "
                    + "ssh-keygen -s CA -I NAME -n \(granted.id) -V +8h AGENT.pub")
        }
        if let workTree {
            let signature =
                granted.key == nil ? "want a certificate as user.signingkey" : "are signed with the task key"
            console.say(
                "commits in '\(workTree.directory)' \(signature); an editor starts with the trailer, "
                    + "with -m give it: git commit -m MESSAGE --trailer '\(granted.id.trailer)'")
        }
        clone.tell()
        console.print(granted.id.description)
        console.print(granted.id.trailer)
    }
}
