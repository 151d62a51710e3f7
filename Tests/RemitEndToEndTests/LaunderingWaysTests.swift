import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor LaunderingWays { static let shared = LaunderingWays() }

/// Every way by which a commit that no rule lets in may lie on the server before it is pushed to a protected branch.
///
/// The agent's branch has two commits: one outside its grant, and one upon it that is within. However little of them is
/// new to the server, and whatever git itself then says lies between `main` and them, both are judged (invariant 2).
@LaunderingWays @Suite struct LaunderingWaysTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let main = "refs/heads/main"
    private nonisolated static let land = "\(Scene.branch):\(main)"

    /// A way, and the rules that must refuse a person who takes it.
    struct Way: Sendable, CustomTestStringConvertible {
        let name: String
        var rules = ["scope.path"]
        /// What a push that cannot be judged at all is refused for, whoever pushes.
        var undecided = false
        /// Brings what the branch holds to the server.
        let bring: @Sendable (Scene) throws -> Void

        init(
            _ name: String, rules: [String] = ["scope.path"], undecided: Bool = false,
            _ bring: @escaping @Sendable (Scene) throws -> Void
        ) {
            (self.name, self.rules, self.undecided, self.bring) = (name, rules, undecided, bring)
        }

        var testDescription: String { name }
    }

    nonisolated static let ways: [Way] =
        [
            Way("a push to an unprotected branch in monitor mode") { scene in
                try scene.server.configure("remit.mode", "monitor")
                let trial = try scene.server.trial(Scene.branch)
                #expect(trial.status == 0, "\(trial.terminal)")
                try scene.server.configure("remit.mode", "enforce")
            },
            Way("a push that only an update hook refused", keepWhatAnUpdateHookRefused),
            Way("nothing but the ref is missing") { try unpack($0) },
            Way("a pack that holds what no ref reaches") { scene in
                let pack = try scene.client.git(
                    ["pack-objects", "--stdout", "--revs", "-q"], input: Array("\(Scene.branch)\n".utf8))
                try scene.server.repository.git(["index-pack", "--stdin"], input: pack.stdout)
            },
        ]
        + [
            "refs/heads/hidden", "refs/heads/main2", "refs/tags/v1", "refs/notes/commits", "refs/stash",
            "refs/pull/1/head", "refs/pull/1/merge", "refs/merge-requests/1/head", "refs/keep-around/1",
            "refs/changes/01/1/1", "refs/remotes/origin/main", "refs/namespaces/fork/refs/heads/main",
            "refs/remit-like/x",
        ].map { ref in
            Way("the server's own ref \(ref)") { scene in
                try scene.server.repository.git("fetch", "-q", scene.client.path, "\(Scene.branch):\(ref)")
            }
        }
        + [
            Way("an annotated tag on the server") { scene in
                try unpack(scene)
                let tip = try scene.client.resolve(Scene.branch)
                try scene.server.repository.git(
                    ["tag", "-a", "-m", "v1", "v1", tip.hex])
            },
            Way("a fork's alternates") { try share($0) { "\($0)/objects" } },
            Way("alternates of alternates") { scene in
                let middle = try pool(scene, "middle")
                try writeFile(
                    Array("\(scene.client.gitDirectory)/objects\n".utf8), to: "\(middle)/objects/info/alternates")
                try alternates(scene, "\(middle)/objects")
            },
            Way("alternates by a relative path") { scene in
                let pool = try fill(try pool(scene, "relative"), scene)
                let up = String(
                    repeating: "../", count: scene.server.repository.gitDirectory.split(separator: "/").count + 1)
                try alternates(scene, "\(up)\(pool.dropFirst())/objects")
            },
            Way("alternates by a quoted path") { scene in
                let pool = try fill(try pool(scene, "quo\"ted"), scene)
                try alternates(scene, "\"\(pool.replacing("\"", with: "\\\""))/objects\"")
            },
            Way("quoted alternates of relative alternates") { scene in
                let end = try fill(try pool(scene, "e\"nd"), scene)
                let middle = try pool(scene, "middle")
                try writeFile(
                    Array("\"\(end.replacing("\"", with: "\\\""))/objects\"\n".utf8),
                    to: "\(middle)/objects/info/alternates")
                let up = String(
                    repeating: "../", count: scene.server.repository.gitDirectory.split(separator: "/").count + 1)
                try alternates(scene, "\(up)\(middle.dropFirst())/objects")
            },
            Way("a replacement by which git sees no other commit") { scene in
                try unpack(scene)
                let tip = try scene.client.resolve(Scene.branch).hex
                try scene.server.repository.git(
                    ["replace", "--graft", tip, main])
                try expectGitSeesOne(scene)
            },
            Way("a replacement of the commit by a harmless one") { scene in
                try unpack(scene)
                let bad = try scene.client.resolve("\(Scene.branch)^").hex
                try scene.server.repository.git("replace", "-f", bad, main)
                #expect(
                    try scene.server.repository.git("diff", "--name-only", main, bad).text.isEmpty,
                    "git sees what was replaced")
            },
            Way("grafts by which git sees no other commit", rules: ["undecided.repository"], undecided: true) {
                scene in
                try unpack(scene)
                let (tip, base) = (try scene.client.resolve(Scene.branch), try scene.client.resolve(main))
                try writeFile(
                    Array("\(tip.hex) \(base.hex)\n".utf8),
                    to: "\(scene.server.repository.gitDirectory)/info/grafts")
                try expectGitSeesOne(scene)
            },
            Way("a history that is cut off", rules: ["undecided.repository"], undecided: true) { scene in
                try unpack(scene)
                let tip = try scene.client.resolve(Scene.branch)
                try writeFile(
                    Array("\(tip.hex)\n".utf8), to: "\(scene.server.repository.gitDirectory)/shallow")
                try expectGitSeesOne(scene)
            },
            Way("a commit-graph by which git sees no other commit") { scene in
                try unpack(scene)
                // Git reads the tip itself, and only what is below it from the graph.
                let child = try scene.client.resolve(Scene.branch)
                let tip = try scene.agent(["Sources/Better.swift": "1\n"])
                try unpack(scene)
                try CommitGraph(scene).shortCut(from: child, to: scene.client.resolve(main))
                #expect(try scene.server.repository.git("rev-list", "--count", "\(main)..\(tip.hex)").text == "2")
            },
            Way("a commit-graph that is damaged") { scene in
                try unpack(scene)
                try CommitGraph(scene).damage()
            },
        ]

    @Test(arguments: ways)
    func `a person does not land what lies on the server already`(_ way: Way) throws {
        let scene = try Self.scene(way)
        let trial = try scene.server.trial(Self.land, environment: Scene.pusher("dana"))
        Self.expect(trial, way, way.rules)
    }

    @Test(arguments: ways)
    func `nor does an agent`(_ way: Way) throws {
        let scene = try Self.scene(way)
        let trial = try scene.server.trial(Self.land)
        Self.expect(trial, way, way.undecided ? way.rules : ["approval.missing"] + way.rules)
    }

    /// The commit is not pushed itself, but a merge of it.
    @Test(arguments: [1, 2])
    func `a merge brings what lies on the server already`(_ branches: Int) throws {
        let scene = try Self.scene(Way("unpacked") { try Self.unpack($0) })
        let base = try scene.client.resolve(Self.main)
        let others = try (1..<branches).map { number in
            try scene.server.commit(["Docs/\(number).md": "1\n"], on: "refs/heads/other\(number)")
        }
        let tip = try scene.client.resolve(Scene.branch)
        var edits: [String: FileEdit] = ["Deploy/x": "1\n", "Sources/Good.swift": "1\n"]
        for number in 1..<branches { edits["Docs/\(number).md"] = "1\n" }
        let merge = try scene.client.commitTree(
            try scene.tree(of: base, edits), parents: [base] + others + [tip], message: "Merge\n",
            signedBy: scene.authority.dana)
        try scene.client.setRef("refs/heads/merged", to: merge)
        expectRefused(
            try scene.server.trial("refs/heads/merged:\(Self.main)", environment: Scene.pusher("dana")),
            by: ["scope.path"])
    }

    // MARK: Where the ref itself is new, or is a tag

    @Test func `a protected branch that is deleted on the server and made anew is judged whole`() throws {
        let scene = try Self.scene(Way("unpacked") { try Self.unpack($0) })
        try scene.server.repository.git("update-ref", "-d", Self.main)
        let trial = try scene.server.trial(Self.land, environment: Scene.pusher("dana"))
        #expect(trial.rules.contains("scope.path"), "\(trial.terminal)")
        #expect(trial.status != 0)
        #expect(trial.isUntouched)
    }

    @Test func `a second protected branch is judged but for what the first one holds`() throws {
        let authority = try TestAuthority()
        try authority.publish {
            $0.repositories = [.init("payments", protectedRefs: ["refs/heads/main", "refs/heads/release/**"])]
        }
        let scene = try Scene(authority, settings: Scene.gitolite)
        let dana = Scene.pusher("dana")
        expectAllowed(try scene.server.trial("main:refs/heads/release/1", environment: dana))
        try Self.commit(scene)
        try Self.unpack(scene)
        try scene.server.repository.git(
            "update-ref", "refs/heads/hidden", try scene.client.resolve(Scene.branch).hex)
        let trial = try scene.server.trial("\(Scene.branch):refs/heads/release/2", environment: dana)
        expectRefused(trial, by: ["ref.scope"])
        #expect(trial.said.contains("  commits  <id> <id>"), "both are judged: \(trial.terminal)")
    }

    @Test(arguments: [false, true], [false, true])
    func `a tag that is moved onto the commit is judged`(_ isAnnotated: Bool, _ isProtected: Bool) throws {
        let authority = try TestAuthority()
        if isProtected {
            try authority.publish {
                $0.repositories = [.init("payments", protectedRefs: ["refs/heads/main", "refs/tags/**"])]
            }
        }
        let scene = try Scene(authority, settings: Scene.gitolite)
        let dana = Scene.pusher("dana")
        try Self.commit(scene)
        try Self.unpack(scene)
        try scene.client.git(["tag", "-a", "-m", "v1", "v1", "main"])
        expectAllowed(try scene.server.trial("refs/tags/v1", environment: dana))
        let annotation = isAnnotated ? ["-a", "-m", "v1"] : []
        try scene.client.git(
            ["tag", "-f"] + annotation + ["v1", Scene.branch])
        expectRefused(try scene.server.trial("+refs/tags/v1", environment: dana), by: ["ref.scope"])
    }

    /// What a submodule's entry names is no history of the branch; that the entry is there is a change like any other.
    @Test func `a submodule that names the commit is a change of the agent`() throws {
        let scene = try Self.scene(Way("unpacked") { try Self.unpack($0) })
        let bad = try scene.client.resolve("\(Scene.branch)^")
        try scene.client.setRef("refs/heads/clean", to: try scene.client.resolve(Self.main))
        try scene.agent(["Sources/vendor": .gitlink(bad)], on: "refs/heads/clean")
        expectRefused(
            try scene.server.trial("refs/heads/clean:\(Self.main)", environment: Scene.pusher("dana")),
            by: ["scope.operation"])
    }

    /// A namespace is a view of the same store, in which `main` is another ref than the policy knows by that name.
    @Test func `a push into a namespace is refused`() throws {
        let scene = try Self.scene(Way("unpacked") { try Self.unpack($0) })
        let update = RefUpdate(ref: ByteString(Self.main), old: .zero, new: try scene.client.resolve(Scene.branch))
        let trial = try scene.server.receive(
            [update], environment: Scene.pusher("dana").merging(["GIT_NAMESPACE": "fork"]) { $1 })
        #expect(trial.rules == ["undecided.input"], "\(trial.terminal)")
        #expect(trial.isUntouched)
    }

    // MARK: Parts

    private static func scene(_ way: Way) throws -> Scene {
        let scene = try Scene(try authority.get(), settings: Scene.gitolite)
        try commit(scene)
        try way.bring(scene)
        return scene
    }

    /// The agent's branch: a commit outside its grant, and one within.
    private static func commit(_ scene: Scene) throws {
        try scene.agent(["Deploy/x": "1\n"])
        try scene.agent(["Sources/Good.swift": "1\n"])
    }

    private static func expect(_ trial: Trial, _ way: Way, _ rules: [String]) {
        if way.undecided {
            expectUndecided(trial, by: rules, isRecorded: false)
        } else {
            expectRefused(trial, by: rules)
        }
    }

    private nonisolated static func unpack(_ scene: Scene) throws {
        let pack = try scene.client.git(
            ["pack-objects", "--stdout", "--revs", "-q"], input: Array("\(Scene.branch)\n".utf8))
        try scene.server.repository.git(["unpack-objects", "-q"], input: pack.stdout)
    }

    /// An `update` hook runs when the objects are no longer in quarantine: they stay, whatever it says.
    private nonisolated static func keepWhatAnUpdateHookRefused(_ scene: Scene) throws {
        let repository = scene.server.repository
        try repository.installHook("pre-receive", "#!/bin/sh\nexit 0\n")
        try repository.installHook("update", "#!/bin/sh\nexit 1\n")
        #expect(try scene.server.push(Scene.branch).status != 0)
        try FileManager.default.removeItem(atPath: "\(repository.gitDirectory)/hooks/update")
        let tip = try scene.client.resolve(Scene.branch).hex
        #expect(try repository.attempt(["cat-file", "-e", tip]).status == 0, "the objects are gone")
    }

    /// An empty repository beside the server's.
    private nonisolated static func pool(_ scene: Scene, _ name: String) throws -> String {
        let path = "\(scene.server.directory.path)/\(name).git"
        try scene.server.repository.git("init", "-q", "--bare", "--template=", path)
        return path
    }

    private nonisolated static func fill(_ pool: String, _ scene: Scene) throws -> String {
        try scene.client.git("push", "-q", pool, Scene.branch)
        return pool
    }

    private nonisolated static func share(_ scene: Scene, _ line: (String) -> String) throws {
        try alternates(scene, line(scene.client.gitDirectory))
    }

    private nonisolated static func alternates(_ scene: Scene, _ line: String) throws {
        try writeFile(
            Array("\(line)\n".utf8), to: "\(scene.server.repository.gitDirectory)/objects/info/alternates")
        let tip = try scene.client.resolve(Scene.branch).hex
        #expect(try scene.server.repository.attempt(["cat-file", "-e", tip]).status == 0, "git does not see it")
    }

    /// That git is misled, so that the way is one.
    private nonisolated static func expectGitSeesOne(_ scene: Scene) throws {
        let tip = try scene.client.resolve(Scene.branch).hex
        #expect(try scene.server.repository.git("rev-list", "--count", "\(main)..\(tip)").text == "1")
    }
}
