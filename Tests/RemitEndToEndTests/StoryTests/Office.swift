import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Stories { static let shared = Stories() }

/// An organisation at work: a server that vouches for its pushers, and an authority that guards itself.
///
/// People write to the authority with the real `remit`, each in a clone of their own. Dana administers and delegates,
/// Sam lands, Bob approves; the agent pushes by an account of its own.
struct Office {
    static let branch = Scene.branch
    static let main = "refs/heads/main"
    static let land = "\(branch):\(main)"
    static let dana = Scene.pusher("dana")
    static let sam = Scene.pusher("sam")
    static let bot = Scene.pusher("claude-bot")
    static let day: Int64 = 86_400

    let authority: TestAuthority
    let bob: SSHKey
    let server: TestServer
    /// The authority as a server of its own; its client is Dana's clone of it.
    let guarded: TestServer

    var client: TestRepository { server.client }

    init() throws {
        authority = try TestAuthority()
        bob = try authority.add(person: "bob@example.org", logins: ["bob"])
        try authority.publish { policy in
            policy.approvers = [.init("bob@example.org")]
            policy.operators = ["sam@example.org"]
        }
        try authority.register { $0.identities = ["login:claude-bot"] }
        server = try TestServer(authority, settings: Scene.gitolite)
        guarded = try TestServer(guarding: authority)
    }

    /// One more person's clone of the authority.
    func clone(_ name: String) throws -> String {
        let path = "\(guarded.directory.path)/\(name)"
        try HermeticGit.run(["clone", "--quiet", authority.path, path], in: guarded.directory.path).mustSucceed()
        return path
    }

    /// Runs the built `remit` as Dana unless told otherwise, in the clone where the work is.
    @discardableResult
    func remit(_ arguments: [String], by key: SSHKey? = nil, in clone: String? = nil) throws -> Output {
        try spawn(
            [BuiltProducts.remit] + arguments + ["--key", (key ?? authority.dana).privatePath],
            environment: HermeticGit.environment(home: guarded.directory.path)
                .merging(["REMIT_AUTHORITY": clone ?? guarded.client.path]) { $1 },
            directory: client.path
        ).mustSucceed()
    }

    static let scope = [
        "--agent", "claude-code", "--purpose", "Retry the settlement job", "--repository", "payments", "--ref",
        "refs/heads/agent/PAY-42/**", "--merge-into", main, "--path", "Sources/**", "--expires", "8h", "--merge-by",
        "7d",
    ]

    /// Delegates by `remit grant`, to a task key made for it.
    func grant(_ task: String = "PAY-42", _ more: [String] = [], in clone: String? = nil) throws
        -> TestDelegation.Issued
    {
        let key = try authority.newKey()
        let granted = try remit(
            ["grant", "--task", task, "--task-key", key.publicPath] + Self.scope + more, in: clone)
        return .init(id: try #require(RecordID(granted.lines.first ?? "")), taskKey: key)
    }

    /// The agent commits one more line of code and pushes it.
    func work(
        _ name: String, under delegation: TestDelegation.Issued, on ref: String = branch,
        environment: [String: String] = bot
    ) throws -> Trial {
        try server.commit(["Sources/\(name).swift": "let made = 1\n"], under: delegation, on: ref)
        return try server.trial(ref, environment: environment)
    }

    /// Points `main` of the clone at what a host's squash of a branch leaves there.
    func squash(_ tree: ObjectID, of delegation: TestDelegation.Issued, onto base: String = main) throws -> ObjectID {
        try client.commitTree(
            tree, parents: [try client.resolve(base)],
            message: "Retry (#42)\n\n* Retry with backoff\n\nDelegation: \(delegation.id)\n\(TestServer.mark)\n")
    }

    static func later(_ days: Int64, as person: [String: String]) throws -> [String: String] {
        try FakeTime.environment(secondsLater: days * day).merging(person) { $1 }
    }
}

extension Output {
    /// Itself, where it ended well; thrown otherwise.
    @discardableResult
    func mustSucceed() throws -> Output {
        guard status == 0 else { throw CommandFailure(command: [], status: status, stderr: errorText) }
        return self
    }
}
