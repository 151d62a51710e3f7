import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Matrices { static let shared = Matrices() }

/// Every kind of ref update, with the objects loose and packed, in every kind of repository that Remit can judge.
@Matrices @Suite struct MatrixTests {
    enum Place: String, CaseIterable, Sendable {
        case plain
        case alternates = "a fork's objects"
        case colon = "a colon in the path"
        case quote = "a quote in the path"
        case manyRefs = "3,000 refs"
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let place: Place
        let keeping: Keeping
        let act: Act
        let isWithin: Bool

        var testDescription: String {
            "\(act.rawValue), \(isWithin ? "within" : "outside"), \(keeping), \(place.rawValue)"
        }

        static let all = Place.allCases.flatMap { place in
            Keeping.allCases.flatMap { keeping in
                Act.allCases.flatMap { act in
                    [true, false].map { Row(place: place, keeping: keeping, act: act, isWithin: $0) }
                }
            }
        }
    }

    private static let agents = Result { try MatrixScene.Agents() }

    @Test(arguments: Row.all)
    func `a push is judged as git sees it`(_ row: Row) throws {
        let agents = try Self.agents.get()
        let name: String? =
            switch row.place {
            case .colon: "co:lon.git"
            case .quote: "quo\"te.git"
            default: nil
            }
        let settings = Scene.gitolite.merging(["receive.unpackLimit": row.keeping.unpackLimit]) { $1 }
        let server = try TestServer(agents.authority, directoryName: name, settings: settings)
        let scene = MatrixScene(
            server: server, act: row.act, agents: agents, isWithin: row.isWithin, isShallow: false)
        let refspec = try scene.prepare()
        if row.place == .manyRefs { try Self.addRefs(to: server) }
        let pool = try TestRepository(name: "po:ol.git")
        if row.place == .alternates { try Self.fork(server, into: pool) }
        // Of what the fork has, a client sends nothing.
        try expect(scene, refspec, row.place == .alternates ? .loose : row.keeping)
    }

    /// Refs both packed and loose, as an old server has them.
    private static func addRefs(to server: TestServer) throws {
        let main = try server.repository.resolve("main")
        try server.repository.git("pack-refs", "--all")
        var packed = String(decoding: try readFile("\(server.repository.path)/packed-refs"), as: UTF8.self)
        // The file is sorted, and these come behind what a test has.
        for number in 0..<2_900 { packed += "\(main.hex) refs/tags/zz/\(10_000 + number)\n" }
        try writeFile(Array(packed.utf8), to: "\(server.repository.path)/packed-refs")
        for number in 0..<100 {
            try writeFile(Array("\(main.hex)\n".utf8), to: "\(server.repository.path)/refs/heads/many/\(number)")
        }
        #expect(try server.repository.git("for-each-ref").lines.count > 3_000)
    }

    // MARK: Many refs in one push

    @Test(arguments: [true, false])
    func `three thousand branches in one push are all judged`(isWithin: Bool) throws {
        let agents = try Self.agents.get()
        let server = try TestServer(agents.authority, settings: Scene.gitolite)
        let tip = try server.commit(
            isWithin ? Scene.good : Scene.bad, under: agents.narrow, on: "refs/heads/agent/PAY-42/last")
        let main = try server.client.resolve("main")
        let rest = (1..<3_000).map { "create refs/heads/agent/PAY-42/\($0) \(main.hex)\n" }.joined()
        try server.client.git(["update-ref", "--stdin"], input: Array(rest.utf8))
        let trial = try server.trial("refs/heads/agent/*:refs/heads/agent/*")
        if isWithin { expectAllowed(trial) } else { expectRefused(trial, by: ["scope.path"]) }
        let decision = try server.lastDecision()
        #expect(decision.updates.count == 3_000)
        #expect(decision.commits == 1)
        #expect(try server.tip(of: "refs/heads/agent/PAY-42/last") == (isWithin ? tip : nil))
        #expect(try !server.hasLeftovers())
    }

    // MARK: What git shows in another's place

    /// Git would show the other commit, and the hook sees the one that is pushed.
    @Test func `a replacement that lies on the server hides nothing`() throws {
        let agents = try Self.agents.get()
        let server = try TestServer(agents.authority)
        let good = try server.commit(Scene.good, under: agents.narrow, on: "refs/heads/good")
        let bad = try server.commit(Scene.bad, under: agents.narrow, on: Scene.branch)
        try server.repository.git(
            "fetch", "-q", server.client.path, "\(Scene.branch):refs/hidden/bad",
            "refs/heads/good:refs/replace/\(bad.hex)")
        #expect(
            try server.repository.git("cat-file", "commit", bad.hex).stdout
                == server.client.git("cat-file", "commit", good.hex).stdout)
        expectRefused(try server.trial(Scene.branch), by: ["scope.path"])
    }

    /// Everything that will be pushed lies in a fork's objects already.
    private static func fork(_ server: TestServer, into pool: TestRepository) throws {
        try pool.git("fetch", "-q", server.client.path, "+refs/*:refs/fork/*")
        try writeFile(
            Array("\(pool.path)/objects\n".utf8), to: "\(server.repository.path)/objects/info/alternates")
    }
}

/// Pushes, and holds decision, refs, objects and ledger against what git says of the same push.
func expect(
    _ scene: MatrixScene, _ refspec: String, _ keeping: Keeping, options: [String] = [],
    at location: SourceLocation = #_sourceLocation
) throws {
    let server = scene.server
    let packs = try packCount(of: server)
    let count = try scene.commitCount(of: refspec)
    let trial = try server.trial(refspec, options: options, environment: scene.environment)
    if let rules = scene.rules {
        expectRefused(trial, by: rules, at: location)
    } else {
        expectAllowed(trial, at: location)
        let isPacked = try packCount(of: server) > packs
        #expect(isPacked == (keeping == .packed && scene.act.bringsObjects), sourceLocation: location)
    }
    let decision = try server.lastDecision()
    #expect(decision.commits == count, "git counts \(count)", sourceLocation: location)
    #expect(try !server.hasLeftovers(), sourceLocation: location)
    // Git finds what it accepted whole, and a repository that was refused something as whole as before.
    let check = try server.repository.attempt(["fsck", "--connectivity-only", "--no-dangling"])
    #expect(check.status == 0, "\(check.errorText)", sourceLocation: location)
}

private func packCount(of server: TestServer) throws -> Int {
    let directory = "\(server.repository.path)/objects/pack"
    guard FileManager.default.fileExists(atPath: directory) else { return 0 }
    return try FileManager.default.contentsOfDirectory(atPath: directory).count { $0.hasSuffix(".pack") }
}
