import RemitTestSupport

/// A person's home with a key in it, and an authority made there by the built `remit`.
struct Workplace {
    let directory: TemporaryDirectory
    let key: SSHKey
    /// The clone of the authority.
    let authority: String
    /// The digest to pin.
    let pin: String

    static let person = "dana@example.org"

    /// - Parameters:
    ///   - agents: whether `claude-code` is registered.
    ///   - type: of the person's key; `bits` where it has sizes.
    init(agents: Bool = true, type: String = "ed25519", bits: Int? = nil) throws {
        directory = try TemporaryDirectory()
        key = try SSHKey(named: "id", type: type, bits: bits, in: directory)
        authority = "\(directory.path)/authority"
        let made = try Self.run(
            [
                "init", authority, "--organisation", "example.org", "--administrator", Self.person, "--key",
                key.privatePath, "--login", "dana",
            ], in: directory)
        try made.require(["remit", "init"])
        pin = made.lines.first ?? ""
        if agents { try add() }
    }

    /// Runs the built `remit` in a home of its own, without a terminal.
    static func run(
        _ arguments: [String], in directory: TemporaryDirectory, environment: [String: String] = [:]
    ) throws -> Output {
        try spawn(
            [BuiltProducts.remit] + arguments,
            environment: HermeticGit.environment(home: directory.path).merging(environment) { $1 },
            directory: directory.path)
    }

    func remit(_ arguments: [String], environment: [String: String] = [:]) throws -> Output {
        try Self.run(
            arguments, in: directory, environment: ["REMIT_AUTHORITY": authority].merging(environment) { $1 })
    }

    @discardableResult
    func add(_ id: String = "claude-code", _ more: [String] = []) throws -> Output {
        try remit(
            [
                "agent", "add", id, "--vendor", "Anthropic", "--model", "claude-opus-4-6", "--tool", "edit", "--owner",
                Self.person, "--key", key.privatePath,
            ] + more)
    }

    /// What every grant of these tests says, but for what a test is about.
    static let scope = [
        "--agent", "claude-code", "--task", "PAY-42", "--purpose", "Retry the settlement job", "--repository",
        "payments", "--ref", "refs/heads/agent/PAY-42/**", "--path", "Sources/**",
    ]

    func grant(
        _ more: [String] = [], scope: [String] = Self.scope, key: String? = nil, taskKey: String = "task",
        environment: [String: String] = [:]
    ) throws -> Output {
        try remit(
            ["grant"] + scope + ["--key", key ?? self.key.privatePath, "--new-task-key", taskKey] + more,
            environment: environment)
    }

    func git(_ arguments: String...) throws -> Output {
        try HermeticGit.run(arguments, in: authority)
    }

    /// How many commits the authority has; with a clean work tree, all that was ever written.
    func state() throws -> [String] {
        try git("log", "--format=%s").lines + git("status", "--short", "--untracked-files=all", "--ignored").lines
    }

    /// A repository with one commit, in the person's home; the id of that commit.
    func history(at name: String = "old") throws -> (path: String, commit: String) {
        let path = "\(directory.path)/\(name)"
        for arguments in [["init", "-q", path], ["-C", path, "commit", "-q", "--allow-empty", "-m", "old"]] {
            try HermeticGit.run(arguments, in: directory.path).require(["git"] + arguments)
        }
        return (path, try HermeticGit.run(["rev-parse", "HEAD"], in: path).text)
    }
}
