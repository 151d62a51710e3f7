import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Outcomes { static let shared = Outcomes() }

/// Every kind of ref update, by people and by agents.
@Outcomes @Suite struct OutcomeTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let edit: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]
    private nonisolated static let branch = Scene.branch

    private nonisolated static let branches = [
        Row("the agent creates its branch", nil) {
            try $0.agent(edit)
            return try $0.server.trial(branch)
        },
        Row(
            "the agent creates its branch without ref.create", ["ref.operation"],
            grant: {
                $0.operations.removeAll { $0 == "ref.create" }
            }
        ) {
            try $0.agent(edit)
            return try $0.server.trial(branch)
        },
        Row("the agent goes forward", nil) {
            try $0.agent(edit)
            _ = try $0.server.trial(branch)
            try $0.agent(["Sources/Pay.swift": "let pay = 2\n"])
            return try $0.server.trial(branch)
        },
        Row(
            "the agent goes forward without ref.update", ["ref.operation"],
            grant: {
                $0.operations.removeAll { $0 == "ref.update" }
            }
        ) {
            try $0.agent(edit)
            _ = try $0.server.trial(branch)
            try $0.agent(["Sources/Pay.swift": "let pay = 2\n"])
            return try $0.server.trial(branch)
        },
        Row("the agent rewinds its branch without ref.rewind", ["ref.operation"]) { try rewind($0) },
        Row("the agent rewinds its branch with ref.rewind", nil, grant: { $0.operations.append("ref.rewind") }) {
            try rewind($0)
        },
        Row("an orphan branch within the grant", nil) {
            let tree = try $0.tree(of: try $0.client.commit(edit, on: "refs/scratch/root", parents: []), [:])
            try $0.agent(tree: tree, parents: [])
            return try $0.server.trial(branch)
        },
        Row("an orphan branch that brings the whole tree anew", ["scope.path"]) {
            try $0.agent(tree: try $0.client.resolve("main^{tree}"), parents: [])
            return try $0.server.trial(branch)
        },
        Row("a ref that the grant does not cover", ["ref.scope"]) {
            try $0.agent(edit, on: "refs/heads/feature/retry")
            return try $0.server.trial("refs/heads/feature/retry")
        },
        Row("a ref beside the granted directory", ["ref.scope"]) {
            try $0.agent(edit, on: "refs/heads/agent/PAY-421")
            return try $0.server.trial("refs/heads/agent/PAY-421")
        },
        Row("one bad ref of three", ["ref.scope"]) {
            try $0.agent(edit)
            try $0.agent(edit, on: "refs/heads/feature/retry")
            try $0.server.commit(["README.md": "more\n"])
            return try $0.server.trial("refs/heads/main", branch, "refs/heads/feature/retry")
        },
    ]

    private nonisolated static func rewind(_ scene: Scene) throws -> Trial {
        try scene.agent(edit)
        _ = try scene.server.trial(branch)
        try scene.client.git("update-ref", "-d", branch)
        try scene.agent(["Sources/Other.swift": "let other = 1\n"])
        return try scene.server.trial("+\(branch)")
    }

    @Test(arguments: branches)
    func `what becomes of a branch`(_ row: Row) throws { try row.run(Self.authority.get()) }

    private nonisolated static let protected = [
        Row("anyone deletes an unprotected branch", nil) {
            try $0.server.commit(edit, on: "refs/heads/topic")
            _ = try $0.server.trial("refs/heads/topic")
            return try $0.server.trial(":refs/heads/topic")
        },
        Row("nobody known deletes a protected branch", ["ref.operation"]) { try $0.server.trial(":refs/heads/main") },
        Row("a stranger deletes a protected branch", ["ref.operation"], settings: Scene.gitolite) {
            try $0.server.trial(":refs/heads/main", environment: Scene.pusher("mallory"))
        },
        Row("a person deletes a protected branch", nil, settings: Scene.gitolite) {
            try $0.server.repository.git("config", "receive.denyDeleteCurrent", "ignore")
            return try $0.server.trial(":refs/heads/main", environment: Scene.pusher("sam"))
        },
        Row("nobody known rewinds a protected branch", ["ref.operation"]) {
            try $0.advanceMain(["README.md": "two\n"])
            return try $0.server.trial("+main~1:refs/heads/main")
        },
        Row("a person rewinds a protected branch", nil, settings: Scene.gitolite) {
            try $0.advanceMain(["README.md": "two\n"])
            return try $0.server.trial("+main~1:refs/heads/main", environment: Scene.pusher("dana"))
        },
        Row("an agent's mark on the new tip does not lift the demand", ["approval.missing", "ref.operation"]) {
            try $0.advanceMain(["README.md": "two\n"])
            try $0.client.git("update-ref", "refs/heads/evil", "main~1")
            try $0.agent(edit, on: "refs/heads/evil")
            return try $0.server.trial("+refs/heads/evil:refs/heads/main")
        },
    ]

    @Test(arguments: protected)
    func `what becomes of a protected branch`(_ row: Row) throws { try row.run(Self.authority.get()) }

    private nonisolated static let tags = [
        Row("an unmarked tag", nil) {
            try $0.client.git("tag", "-a", "-m", "release", "v1", "main")
            return try $0.server.trial("refs/tags/v1")
        },
        Row("an annotated tag with an agent's mark", ["delegation.missing"]) {
            try $0.client.git("tag", "-a", "-m", "release\n\n\(TestServer.mark)", "v1", "main")
            return try $0.server.trial("refs/tags/v1")
        },
        Row("a tag of a tag with an agent's mark", ["delegation.missing"]) {
            try $0.client.git("tag", "-a", "-m", "release\n\n\(TestServer.mark)", "v1", "main")
            try $0.client.git("tag", "-a", "-m", "outer", "v2", "v1")
            return try $0.server.trial("refs/tags/v2")
        },
        Row("a light tag of the agent's commit, not granted", ["ref.scope"]) {
            try $0.client.git("update-ref", "refs/tags/v1", try $0.agent(edit).hex)
            return try $0.server.trial("refs/tags/v1")
        },
        Row(
            "a light tag of the agent's commit, granted", nil,
            grant: {
                $0.refs.append("refs/tags/agent/**")
                $0.operations.append("tag.create")
            }
        ) {
            try $0.client.git("update-ref", "refs/tags/agent/v1", try $0.agent(edit).hex)
            return try $0.server.trial("refs/tags/agent/v1")
        },
        Row("a tag without tag.create", ["ref.operation"], grant: { $0.refs.append("refs/tags/agent/**") }) {
            try $0.client.git("update-ref", "refs/tags/agent/v1", try $0.agent(edit).hex)
            return try $0.server.trial("refs/tags/agent/v1")
        },
        Row(
            "a tag that the agent moves", ["ref.operation"],
            grant: {
                $0.refs.append("refs/tags/agent/**")
                $0.operations.append("tag.create")
            }
        ) {
            try $0.client.git("update-ref", "refs/tags/agent/v1", try $0.agent(edit).hex)
            _ = try $0.server.trial("refs/tags/agent/v1")
            let next = try $0.agent(["Sources/Pay.swift": "let pay = 2\n"])
            try $0.client.git("update-ref", "refs/tags/agent/v1", next.hex)
            return try $0.server.trial("+refs/tags/agent/v1")
        },
        Row("a tag of a tree", ["ref.operation"]) { try $0.server.trial("main^{tree}:refs/tags/tree") },
        Row("a tag of a blob", ["ref.operation"]) { try $0.server.trial("main:README.md:refs/tags/blob") },
        Row("an annotated tag of a tree", ["ref.operation"]) {
            try $0.client.git("tag", "-a", "-m", "tree", "tree", "main^{tree}")
            return try $0.server.trial("refs/tags/tree")
        },
        Row("a person's tag of a tree", nil, settings: Scene.gitolite) {
            try $0.server.trial("main^{tree}:refs/tags/tree", environment: Scene.pusher("dana"))
        },
    ]

    @Test(arguments: tags)
    func `what becomes of a tag`(_ row: Row) throws { try row.run(Self.authority.get()) }

    private nonisolated static let reserved = ["refs/replace/\(String(repeating: "1", count: 40))", "refs/remit/state"]

    @Test(arguments: reserved)
    func `reserved refs are not pushed`(_ ref: String) throws {
        let server = try TestServer(try Self.authority.get())
        expectRefused(try server.trial("main:\(ref)"), by: ["ref.reserved"])
    }

    private nonisolated static let names = [
        "refs/heads/a..b", "refs/heads/.a", "refs/heads/a.lock", "refs/heads/a b", "refs/heads//a", "refs/heads/a~1",
        "refs/heads/a@{0}", "HEAD",
    ]

    /// `git push` refuses to send them; a client that keeps to no rules does not.
    @Test(arguments: names)
    func `names that git refuses are refused`(_ name: String) throws {
        let server = try TestServer(try Self.authority.get())
        let tip = try server.client.resolve("main")
        let trial = try server.receive([RefUpdate(ref: ByteString(name), old: .zero, new: tip)])
        #expect(trial.isUntouched)
        // Where receive-pack stops the name by itself the hook has nothing to do.
        if trial.hook != nil { #expect(trial.rules == ["ref.name"], "\(trial.terminal)") }
    }

    @Test func `nothing to push is nothing to judge`() throws {
        let server = try TestServer(try Self.authority.get())
        let trial = try server.trial("refs/heads/main")
        #expect(trial.status == 0)
        #expect(trial.hook == nil)
        let lone = try spawn(
            [try BuiltProducts.hook, "pre-receive"], input: [0x0A],
            environment: HermeticGit.environment(home: "/tmp").merging(["GIT_DIR": server.repository.path]) { $1 })
        #expect(lone.status == 0)
        #expect(lone.stdout.isEmpty)
    }

    @Test func `three hundred commits that fail alike give a short answer`() throws {
        let server = try TestServer(try Self.authority.get())
        let tip = try server.client.resolve("main").hex
        let who = "Dana Example <dana@example.org> \(HermeticGit.epoch) +0000"
        var stream = ""
        for number in 1...300 {
            let message = "Change \(number)\n\n\(TestServer.mark)\n"
            stream +=
                "commit refs/heads/many\nauthor \(who)\ncommitter \(who)\ndata \(message.utf8.count)\n\(message)\n"
            if number == 1 { stream += "from \(tip)\n" }
            stream += "M 100644 inline Sources/A\(number).swift\ndata 2\n1\n\n"
        }
        try server.client.fastImport(Array(stream.utf8))
        let trial = try server.trial("refs/heads/many")
        expectRefused(
            trial, by: ["delegation.missing"],
            saying: """
                refused: nothing of this push was accepted
                error: 300 commits are by agent 'claude-code' without a delegation
                  rule     delegation.missing
                  ref      refs/heads/many
                  commits  <id> <id> <id> and 297 more
                  found    'Co-Authored-By: Claude <noreply@anthropic.com>'
                  ask      dana@example.org
                hint: ask dana@example.org for a delegation made with 'remit grant', then try with 'remit check <base>..HEAD'
                decision recorded
                """)
    }

    @Test func `a refused push leaves a repository that fsck finds sound`() throws {
        let scene = try Scene(try Self.authority.get())
        try scene.agent(["Deploy/run.sh": "true\n"])
        expectRefused(try scene.server.trial(Scene.branch), by: ["scope.path"])
        let fsck = try scene.server.repository.git("fsck", "--full", "--strict")
        #expect(fsck.text.isEmpty && fsck.errorText.isEmpty)
    }
}
