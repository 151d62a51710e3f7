import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// `remit task start`: makes the key for a task, or sets up the clone in which it is done.
struct TaskStartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Make a key for a task, or set up a clone for a delegation that names it.",
        discussion: """
            A delegation names the key of its task, so the key comes first: --new makes it, 'remit request --task-key' \
            or 'remit grant --task-key' names it. Then, without --new, the clone is set up: commits are signed with \
            the key and name the delegation, and what would be refused is not pushed. Hooks that were there still run. \
            'remit task end' undoes all of it.

            Example: remit task start 1f2e3d4c5b6a --key task.key --worktree payments --agent-lifetime
            """)

    @Argument(help: "The delegation: its id, or the first 12 or more digits of it. Default: the one of the key.")
    var delegation: String?

    @Option(
        help: ArgumentHelp(
            "The task's key: a private key, or a .pub whose other half is in ssh-agent.", valueName: "file"))
    var key: String

    @Flag(help: "Make the key, as yet without a delegation.")
    var new = false

    @Option(help: ArgumentHelp("The agent's clone. Default: the present directory.", valueName: "dir"))
    var worktree: String?

    @Flag(help: "Keep the key in ssh-agent only, until the delegation expires; its file is removed.")
    var agentLifetime = false

    @OptionGroup var authority: AuthorityOptions

    func validate() throws {
        guard !new || (delegation == nil && worktree == nil && !agentLifetime) else {
            throw ValidationError("--new only makes a key; give it nothing but --key FILE")
        }
    }

    func run() throws {
        if new { try make() } else { try start() }
    }

    private func make() throws(AppError) {
        let made = try TaskKey(makingAt: key, flag: "--key", comment: "task")
        let console = Console.standard
        console.say("made a key in '\(made.path)'; nothing is allowed to it yet")
        console.say("ask with 'remit request --task-key \(made.path).pub', or grant with 'remit grant --task-key'")
        console.print(made.fingerprint.description)
    }

    private func start() throws(AppError) {
        let now = Platform.now()
        let location = try authority.located()
        let standing = try location.authority(at: now)
        let taskKey = try TaskKey(existing: key)
        let verified = try verified(for: taskKey, in: standing)
        try require(verified, at: now)
        let workTree = try AgentWorkTree(at: worktree ?? ".")
        let source = try AgentWorkTree.Source(of: verified.delegation, in: location)
        let left = verified.delegation.expiresAt.seconds - now.seconds
        let kept = agentLifetime ? try taskKey.movedToAgent(forSeconds: left) : taskKey
        try workTree.prepare(for: verified.id, key: kept, from: source)

        let console = Console.standard
        console.say("started \(verified.delegation.task) under delegation \(verified.id.abbreviated)")
        if agentLifetime {
            console.say("the key is in ssh-agent until \(verified.delegation.expiresAt), and its file is removed")
        }
        workTree.tell(hasKey: true)
        console.print(verified.id.trailer)
    }

    /// The delegation that is named, or the one whose task key it is; it must name the key.
    private func verified(for taskKey: TaskKey, in authority: Authority) throws(AppError) -> VerifiedDelegation {
        let name = try delegation.orAsk { () throws(AppError) in
            if case .delegation(let id) = try authority.holder(taskKey.fingerprint) { return id.description }
            throw AppError(
                "\(taskKey.fingerprint) is no task key that the authority knows",
                hint: "ask for a delegation with 'remit request --task-key \(key)'")
        }
        let found = try authority.believed(named: name ?? "")
        guard found.delegation.keys.contains(taskKey.fingerprint) else {
            throw AppError(
                "\(taskKey.fingerprint) is not a task key of delegation \(found.id.abbreviated)",
                hint: "its keys are: \(found.delegation.keys.map(\.description).joined(separator: ", "))")
        }
        return found
    }

    private func require(_ verified: VerifiedDelegation, at now: Instant) throws(AppError) {
        let hint = "ask for a new one with 'remit request'; 'remit show \(verified.id.abbreviated)' tells of this one"
        if let revocation = verified.revocation {
            throw AppError(
                "delegation \(verified.id.abbreviated) is revoked: \(revocation.cause.rawValue): \(revocation.reason)",
                hint: hint)
        }
        guard verified.delegation.expiresAt > now else {
            throw AppError(
                "delegation \(verified.id.abbreviated) expired at \(verified.delegation.expiresAt)", hint: hint)
        }
    }
}
