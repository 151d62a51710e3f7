import RemitSignatures
import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// `remit task end`: ends a delegation early, destroys its key, and gives the clone back.
struct TaskEndCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End a task: revoke its delegation, destroy its key, undo the set-up.",
        discussion: """
            Signs the end of the delegation with the task key itself, then destroys the key: its files, and what \
            ssh-agent holds of it. The clone's configuration becomes what it was before. What was pushed already can \
            still be landed. Where the end cannot be written, the key is destroyed all the same, and the status is \
            not 0.

            Example: remit task end --worktree payments
            """)

    @Option(help: ArgumentHelp("The agent's clone. Default: the present directory.", valueName: "dir"))
    var worktree: String?

    @Option(help: "Why it ends, in a sentence.")
    var reason = "the task is done"

    @Flag(help: "Let the delegation run until it expires.")
    var keepDelegation = false

    @OptionGroup var authority: CloneOptions

    func run() throws {
        let workTree = try AgentWorkTree(at: worktree ?? ".")
        let task = try workTree.task()
        let console = Console.standard
        var failure: AppError?
        if !keepDelegation {
            do { try end(task, console) } catch { failure = error }
        }
        let left = try destroy(task)
        try workTree.restore()
        console.say("'\(workTree.directory)' is configured as it was before the task")
        let name = RecordID(task.delegation)?.abbreviated ?? task.delegation
        if let failure {
            throw AppError(
                "\(task.key == nil ? "" : "the key is destroyed, but ")delegation \(name) is not ended: \(failure.message)",
                hints: ["its delegator or an operator ends it with 'remit revoke \(name)'"] + failure.hints,
                status: failure.status)
        }
        guard left.isEmpty else {
            throw AppError(
                "the key is still in \(left.joined(separator: " and "))", hint: "remove it by hand",
                status: .undecided)
        }
        if let key = task.key { console.say("the key \(key.fingerprint) is destroyed") }
    }

    /// Signs the end with the task key, as the agent.
    private func end(_ task: AgentWorkTree.Task, _ console: Console) throws(AppError) {
        let now = Platform.now()
        let clone = try authority.clone()
        let standing = try clone.location.authority(at: now)
        let found = try standing.believed(named: task.delegation)
        guard found.revocation == nil else {
            console.say("delegation \(found.id.abbreviated) is revoked already")
            return
        }
        guard found.delegation.expiresAt > now else {
            console.say("delegation \(found.id.abbreviated) has expired by itself")
            return
        }
        guard let key = task.key else {
            throw AppError("it is proved by certificates, which cannot end it", hint: "or give --keep-delegation")
        }
        let end = Revocation(
            organisation: found.delegation.organisation, target: .delegation(found.id), cause: .ended, reason: reason,
            issuedAt: now, issuer: found.delegation.agent)
        let signer = Signer(try SigningKey(at: key.path))
        _ = try NewRevocation(revocation: end, signer: signer, clone: clone, now: now).commit()
        console.say("ended delegation \(found.id.abbreviated); what was pushed can still be landed")
        clone.tell()
    }

    /// Destroys the key, unless the clone signs with another one by now: that one is somebody's own.
    private func destroy(_ task: AgentWorkTree.Task) throws(AppError) -> [String] {
        guard let key = task.key else { return [] }
        let path = Files.absolute(key.path)
        guard Files.exists(path) || Files.exists(path + ".pub") else { return [] }
        guard KeyFingerprint(of: try SigningKey.publicKey(at: path)) == key.fingerprint else {
            throw AppError(
                "'\(key.path)' is not the key of the task", hint: "set user.signingkey to the task's key again")
        }
        return TaskKey.destroy(at: path)
    }
}
