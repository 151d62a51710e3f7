import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Launderings { static let shared = Launderings() }

/// Commits that reach the server by one way are judged again when they take another (invariant 2).
@Launderings @Suite struct LaunderingTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let bad: [String: FileEdit] = ["Deploy/x": "1\n"]
    private nonisolated static let branch = Scene.branch

    @Test func `what monitor mode let through is judged when it reaches a protected branch`() throws {
        let scene = try Scene(try Self.authority.get(), settings: Scene.gitolite)
        try scene.server.configure("remit.mode", "monitor")
        try scene.agent(Self.bad)
        #expect(try scene.server.trial(Self.branch).status == 0)
        try scene.server.configure("remit.mode", "enforce")
        let land = "\(Self.branch):refs/heads/main"
        expectRefused(try scene.server.trial(land, environment: Scene.pusher("dana")), by: ["scope.path"])
    }

    private nonisolated static let rows = [
        Row("objects that already lie in the store", ["scope.path"]) { scene in
            try scene.agent(bad)
            // Everything but the ref is there before the push.
            let pack = try scene.client.git(
                ["pack-objects", "--stdout", "--revs", "-q"], input: Array("\(branch)\n".utf8))
            try scene.server.repository.git(["unpack-objects", "-q"], input: pack.stdout)
            return try scene.server.trial(branch)
        },
        Row("objects of an alternate", ["scope.path"]) { scene in
            try scene.agent(bad)
            try writeFile(
                Array("\(scene.client.gitDirectory)/objects\n".utf8),
                to: "\(scene.server.repository.gitDirectory)/objects/info/alternates")
            return try scene.server.trial(branch)
        },
        Row("a commit that lies on another unprotected branch", ["approval.missing", "scope.path"]) { scene in
            try scene.agent(bad)
            try scene.server.repository.git("fetch", "-q", scene.client.path, "\(branch):refs/heads/hidden")
            return try scene.server.trial("\(branch):refs/heads/main")
        },
        Row("a branch made from what lies on another", ["scope.path"]) { scene in
            try scene.agent(bad)
            try scene.server.repository.git("fetch", "-q", scene.client.path, "\(branch):refs/heads/hidden")
            return try scene.server.trial(branch)
        },
        Row("few objects, kept loose", ["scope.path"]) { try many(20, $0, outside: true) },
        Row("many objects, kept as a pack", ["scope.path"]) { try many(250, $0, outside: true) },
        Row("many objects within the grant", nil) { try many(250, $0, outside: false) },
    ]

    private nonisolated static func many(_ count: Int, _ scene: Scene, outside: Bool) throws -> Trial {
        var edits: [String: FileEdit] = outside ? bad : [:]
        for number in 0..<count { edits["Sources/File\(number).swift"] = .file("let number = \(number)\n") }
        try scene.agent(edits)
        return try scene.server.trial(branch)
    }

    @Test(arguments: rows)
    func `objects are judged wherever they lie`(_ row: Row) throws { try row.run(Self.authority.get()) }

    /// Git C-quotes the alternates of the quarantine where a path has a colon or a quote.
    @Test(arguments: ["co:lon", "quo\"te", "a:\"b\\c", "sp ace", "caf\u{E9}"])
    func `the server's path may hold any byte`(_ name: String) throws {
        let authority = try Self.authority.get()
        let server = try TestServer(authority, directoryName: "\(name).git")
        let delegation = try authority.delegate()
        try server.commit(["Sources/A.swift": "1\n"], under: delegation)
        expectAllowed(try server.trial(Self.branch))
        try server.commit(Self.bad, under: delegation)
        expectRefused(try server.trial(Self.branch), by: ["scope.path"])
    }
}
