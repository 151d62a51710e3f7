import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Attacks { static let shared = Attacks() }

/// Ways past the gate that somebody could try; the objects and the protocol are written by hand where git would not.
@Attacks @Suite struct AttackTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let edit: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]
    private nonisolated static let branch = Scene.branch

    private nonisolated static let everything: @Sendable (inout TestDelegation.Grant) -> Void = {
        $0.paths = ["**"]
        $0.except = []
        $0.operations = Operation.allCases.map(\.rawValue)
    }

    private nonisolated static func named(_ line: String) -> @Sendable (inout TestDelegation.Grant) -> Void {
        {
            everything(&$0)
            $0.paths.append(line)
        }
    }

    // MARK: Refs

    private nonisolated static let refs = [
        Row("an alias of a protected branch, by nobody", ["ref.name"]) {
            try $0.server.repository.git("symbolic-ref", "refs/heads/trunk", "refs/heads/main")
            try $0.server.commit(["README.md": "mine\n"], on: "refs/heads/trunk")
            return try $0.server.trial("+refs/heads/trunk")
        },
        Row("an alias that the agent is granted", ["ref.name"]) {
            try $0.server.repository.git("symbolic-ref", "\(branch)", "refs/heads/main")
            try $0.agent(edit)
            return try $0.server.trial(branch)
        },
        Row("an alias is deleted", ["ref.name"]) {
            try $0.server.repository.git("symbolic-ref", "refs/heads/trunk", "refs/heads/main")
            return try $0.server.trial(":refs/heads/trunk")
        },
        Row("a ref in the way of Remit's own", ["ref.reserved"]) { try $0.server.trial("main:refs/remit") },
        Row("a ref in the way of replacements", ["ref.reserved"]) { try $0.server.trial("main:refs/replace") },
        Row("one commit on a granted ref and on another", ["ref.scope"]) {
            try $0.agent(edit)
            return try $0.server.trial(branch, "\(branch):refs/heads/feature/x")
        },
        Row("the short name of a protected branch inside another", ["ref.scope"]) {
            try $0.agent(edit)
            return try $0.server.trial("\(branch):refs/heads/refs/heads/main")
        },
    ]

    @Test(arguments: refs)
    func `names that lead elsewhere`(_ row: Row) throws { try row.run(Self.authority.get()) }

    /// What the client says of the old value is checked by git alone, after the hook.
    @Test func `a false old value moves nothing`() throws {
        let scene = try Scene(try Self.authority.get())
        let main = try scene.client.resolve("main")
        let commit = try scene.agent(["Deploy/x": "1\n"])
        for old in [ObjectID.zero, commit] {
            let update = RefUpdate(ref: "refs/heads/main", old: old, new: commit)
            let trial = try scene.server.receive([update], pack: [commit.hex])
            #expect(try scene.server.tip(of: "refs/heads/main") == main, "\(trial.terminal)")
        }
        let deletion = try scene.server.receive([RefUpdate(ref: "refs/heads/main", old: commit, new: .zero)])
        #expect(deletion.rules == ["ref.operation"], "\(deletion.terminal)")
        #expect(try scene.server.tip(of: "refs/heads/main") == main)
    }

    // MARK: Paths

    private nonisolated static let paths = [
        Row(
            "a link in the place of the directory of a protected one", ["pipeline.changed", "scope.protected"],
            grant: everything
        ) {
            try $0.agent(["Sources/ci/workflows/x.yml": "on: push\njobs: {}\n", ".github": .symlink(to: "Sources/ci")])
            return try $0.server.trial(branch)
        },
        Row("a submodule in its place", ["pipeline.changed", "scope.protected"], grant: everything) {
            try $0.agent([".forgejo": .gitlink(ObjectID(head: 1, middle: 2, tail: 3))])
            return try $0.server.trial(branch)
        },
        Row("the same in another case", ["scope.protected"], grant: everything) {
            try $0.agent([".GitHub": .symlink(to: "Sources")])
            return try $0.server.trial(branch)
        },
        Row("attributes in a named directory", ["scope.protected"], grant: named(".github/workflows/**")) {
            try $0.agent([".github/workflows/.gitattributes": "* -diff\n"])
            return try $0.server.trial(branch)
        },
    ]

    @Test(arguments: paths)
    func `ways round the protected paths`(_ row: Row) throws { try row.run(Self.authority.get()) }

    // MARK: Objects

    private nonisolated static func entries(
        _ scene: Scene, _ make: (ObjectID) -> [(mode: String, name: [UInt8], id: ObjectID)]
    ) throws -> Trial {
        let blob = try scene.client.write("blob", Array("1\n".utf8))
        let inner = try scene.client.writeTree(make(blob))
        let main = try scene.client.resolve("main")
        let readme = try scene.client.resolve("main:README.md")
        let tree = try scene.client.writeTree([
            ("100644", Array("README.md".utf8), readme), ("40000", Array("Sources".utf8), inner),
        ])
        try scene.agent(tree: tree, parents: [main])
        return try scene.server.trial(branch)
    }

    private nonisolated static func named(_ name: String) -> @Sendable (Scene) throws -> Trial {
        { try entries($0) { [("100644", Array(name.utf8), $0)] } }
    }

    private nonisolated static let trees = [
        Row("one name twice", ["attribution.malformed"]) {
            try entries($0) { [("100644", Array("Pay.swift".utf8), $0), ("100755", Array("Pay.swift".utf8), $0)] }
        },
        Row("a file and a directory of one name", ["attribution.malformed"]) { scene in
            let inner = try scene.client.writeTree([])
            return try entries(scene) { [("100644", Array("a".utf8), $0), ("40000", Array("a".utf8), inner)] }
        },
        Row("entries out of order", ["attribution.malformed"]) {
            try entries($0) { [("100644", Array("b".utf8), $0), ("100644", Array("a".utf8), $0)] }
        },
        Row("a name with a slash", ["attribution.malformed"], named("../Deploy")),
        Row("the parent directory", ["attribution.malformed"], named("..")),
        Row("git's own directory", ["attribution.malformed"], named(".git")),
    ]

    @Test(arguments: trees)
    func `trees that readers disagree about`(_ row: Row) throws { try row.run(Self.authority.get()) }

    private nonisolated static func raw(
        _ scene: Scene, _ change: (String) -> String
    ) throws -> Trial {
        let commit = try scene.server.commit(edit, on: branch, message: scene.message)
        let text = String(decoding: try scene.client.git("cat-file", "commit", commit.hex).stdout, as: UTF8.self)
        let bytes = try signed(Array(change(text).utf8), by: scene.delegation.taskKey)
        try scene.client.setRef(branch, to: try scene.client.write("commit", bytes))
        return try scene.server.trial(branch)
    }

    private nonisolated static let commits = [
        Row("an honest one", nil) { try raw($0) { $0 } },
        Row("a NUL in the message", ["attribution.malformed"]) { try raw($0) { $0 + "\0more\n" } },
        Row("two authors", ["attribution.malformed"]) {
            try raw($0) { $0.replacing("\ncommitter", with: "\nauthor X <x@x> 1 +0000\ncommitter", maxReplacements: 1) }
        },
        Row("an encoding that hides ASCII", ["attribution.malformed"]) {
            try raw($0) { $0.replacing("\n\n", with: "\nencoding UTF-16\n\n", maxReplacements: 1) }
        },
        Row("two addresses in one identity", ["attribution.malformed"]) {
            try raw($0) { $0.replacing("<dana@example.org>", with: "<a@b> <dana@example.org>", maxReplacements: 1) }
        },
    ]

    /// What libgit2 cannot walk through is not walked round, and is told as the malformed commit that it is.
    @Test func `commits that cannot be read are not accepted`() throws {
        let scene = try Scene(try Self.authority.get())
        let main = try scene.client.resolve("main")
        let tree = try scene.client.resolve("main^{tree}").hex
        expectRefused(
            try Self.raw(scene) { "tree \(tree)\n" + $0 }, by: ["attribution.malformed"])
        try scene.client.setRef(Self.branch, to: main)
        expectRefused(
            try Self.raw(scene) {
                $0.replacing("\ncommitter", with: "\nparent \(main.hex)\ncommitter", maxReplacements: 1)
            }, by: ["attribution.malformed"])
    }

    @Test(arguments: commits)
    func `commits that readers disagree about`(_ row: Row) throws { try row.run(Self.authority.get()) }

    // MARK: Marks

    @Test(arguments: [
        "Co-Authored-By: Claude <NoReply@Anthropic.COM>", "co-authored-by:Claude <noreply@anthropic.com>",
        "Co-authored-by: <noreply@anthropic.com>  ", "Co-Authored-By: \"Dana\" <noreply@anthropic.com>\r",
        "Signed-off-by: Dana <dana@example.org>\nCo-Authored-By: Claude <noreply@anthropic.com>\n\nnot the last paragraph",
    ])
    func `a mark in another spelling is a mark`(_ mark: String) throws {
        let server = try TestServer(try Self.authority.get())
        try server.commit(Self.edit, message: "Change\n\n\(mark)\n")
        expectRefused(try server.trial("refs/heads/main"), by: ["delegation.missing"])
    }

    @Test func `what a commit says does not command the terminal`() throws {
        let scene = try Scene(try Self.authority.get())
        let path = "Deploy/\u{1B}[2J\u{1B}]0;x\u{7}\u{202E}\r::error::x"
        try scene.agent([path: "1\n"])
        let trial = try scene.server.trial(Scene.branch)
        expectRefused(trial, by: ["scope.path"])
        #expect(!trial.terminal.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{202E}" })
        #expect(trial.terminal.split(whereSeparator: \.isNewline).allSatisfy { !$0.hasPrefix("::") })
    }

    // MARK: An agent's account

    /// An account that the inventory knows as the agent's.
    private static let withAccount = Result {
        let authority = try TestAuthority()
        try authority.register { $0.identities = ["login:claude-bot", "email:bot@example.org"] }
        return authority
    }
    private nonisolated static let bot = Scene.pusher("claude-bot")

    private nonisolated static func option(_ scene: Scene) -> [String] { ["-o", "delegation=\(scene.delegation.id)"] }

    private nonisolated static func rewind(_ scene: Scene) throws -> Trial {
        try scene.server.repository.git("config", "receive.advertisePushOptions", "true")
        try scene.agent(edit)
        _ = try scene.server.trial(branch, environment: bot)
        return try scene.server.trial(
            "+main:\(branch)", options: option(scene), environment: bot)
    }

    private nonisolated static let account = [
        Row("a commit without any mark", ["delegation.missing"], settings: Scene.gitolite) {
            try $0.server.commit(edit, on: branch)
            return try $0.server.trial(branch, environment: bot)
        },
        Row("a branch that brings nothing new", ["delegation.missing"], settings: Scene.gitolite) {
            try $0.server.trial("main:\(branch)", environment: bot)
        },
        Row("a deletion", ["delegation.missing"], settings: Scene.gitolite) {
            try $0.agent(edit)
            _ = try $0.server.trial(branch, environment: bot)
            return try $0.server.trial(":\(branch)", environment: bot)
        },
        Row("a commit that a person's key signed", ["delegation.missing"], settings: Scene.gitolite) {
            try $0.server.commit(["Deploy/x": "1\n"], on: branch, signedBy: $0.authority.dana)
            return try $0.server.trial(branch, environment: bot)
        },
        Row(
            "a delegated commit, and one that a person's key signed", ["delegation.missing"], settings: Scene.gitolite
        ) {
            try $0.agent(edit)
            try $0.server.commit(["Deploy/x": "1\n"], on: branch, signedBy: $0.authority.dana)
            return try $0.server.trial(branch, environment: bot)
        },
        Row(
            "a rewind by push option without ref.rewind", ["ref.operation"],
            settings: Scene.gitolite
        ) { try rewind($0) },
        Row(
            "a rewind by push option with it", nil, settings: Scene.gitolite,
            grant: {
                $0.operations += ["ref.rewind", "file.delete"]
            }
        ) { try rewind($0) },
    ]

    @Test(arguments: account)
    func `an agent's account is the agent`(_ row: Row) throws { try row.run(Self.withAccount.get()) }

    /// What is asked of a delegation that a commit names is asked of one that a push option names.
    @Test(arguments: ["context.changed", "limit.pushes"])
    func `a push option is no way round a rule`(_ rule: String) throws {
        let scene = try Scene(try Self.withAccount.get(), settings: Scene.gitolite) {
            $0.grants[0].operations += ["ref.delete"]
            if rule == "context.changed" { $0.model = "claude-opus-9" } else { $0.limits = ["pushes": 0] }
        }
        try scene.server.repository.git("config", "receive.advertisePushOptions", "true")
        try scene.server.repository.git("update-ref", Self.branch, "main")
        let trial = try scene.server.trial(
            ":\(Self.branch)", options: Self.option(scene), environment: Self.bot)
        expectRefused(trial, by: [rule])
    }

    @Test(arguments: ["bot@example.org", "Bot@Example.ORG"])
    func `an address of the inventory is a mark wherever it stands`(_ email: String) throws {
        let server = try TestServer(try Self.withAccount.get())
        try server.commit(Self.edit, on: "refs/heads/author", author: TestIdentity("Bot", email))
        #expect(try server.trial("refs/heads/author").rules == ["delegation.missing"])
        try server.commit(Self.edit, on: "refs/heads/trailer", message: "x\n\nCo-authored-by: Bot <\(email)>\n")
        #expect(try server.trial("refs/heads/trailer").rules == ["delegation.missing"])
    }

    // MARK: Size

    @Test func `two thousand refs of a person pass`() throws {
        let server = try TestServer(try Self.authority.get())
        let tip = try server.client.resolve("main").hex
        let lines = (1...2000).map { "create refs/tags/release/v\($0) \(tip)\n" }.joined()
        try server.client.git(["update-ref", "--stdin"], input: Array(lines.utf8))
        expectAllowed(try server.trial("refs/tags/*:refs/tags/*"))
    }
}
