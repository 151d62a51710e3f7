import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// Limits hold over all the pushes under a delegation, one after the other.
@Suite struct LimitTests {
    private static let other = "refs/heads/agent/PAY-42/other"

    static func spent(
        commits: Int = 0, files: Int = 0, lines: Int = 0, bytes: Int = 0, pushes: Int = 0
    ) -> Spent {
        Spent(commits: commits, files: files, lines: lines, bytes: bytes, pushes: pushes)
    }

    @Test(arguments: [
        (["commits": 2], "commits"), (["files": 2], "files"), (["lines": 2], "lines"), (["bytes": 4], "bytes"),
        (["pushes": 2], "pushes"),
    ])
    func `a limit may be used up push by push, and the next push is refused`(
        limits: [String: Int], unit: String
    ) throws {
        let scene = try Scene(try TestAuthority()) { $0.limits = limits }
        let limit = limits[unit, default: 0]
        for file in ["Sources/a", "Sources/b"] {
            try scene.agent([file: "1\n"])
            expectAllowed(try scene.server.trial(Scene.branch))
        }
        let before = try scene.spent()
        try scene.agent(["Sources/c": "1\n"])
        let smaller = unit == "pushes" ? "" : "make the change smaller with 'git rebase -i', or "
        let refusal = """
            refused: nothing of this push was accepted
            error: delegation <delegation> allows \(limit) \(unit) and this makes \(limit + (unit == "bytes" ? 2 : 1))
              rule     limit.\(unit)
              ref      refs/heads/agent/PAY-42/work
              by       delegation <delegation>
              ask      dana@example.org
            hint: \(smaller)ask dana@example.org for a new delegation made with 'remit grant'
            decision recorded
            """
        // A refused push spends nothing, however often it is tried.
        for _ in 0..<2 {
            expectRefused(try scene.server.trial(Scene.branch), by: ["limit.\(unit)"], saying: refusal)
        }
        #expect(try scene.spent() == before)
        #expect(before.commits == 2 && before.pushes == 2)
    }

    @Test func `files are distinct over all pushes, and in each repository`() throws {
        let scene = try Scene(try TestAuthority()) { delegation in
            delegation.limits = ["files": 3]
            var web = delegation.grants[0]
            web.repository = "web"
            delegation.grants.append(web)
        }
        for text in ["1\n", "2\n", "3\n"] {
            try scene.agent(["Sources/a": .init(stringLiteral: text), "Sources/b": .init(stringLiteral: text)])
            expectAllowed(try scene.server.trial(Scene.branch))
        }
        #expect(try scene.spent() == Self.spent(commits: 3, files: 2, pushes: 3))
        let web = try TestServer(
            scene.authority, name: "web", settings: ["remit.ledger": scene.server.ledgerPath])
        try web.commit(["Sources/a": "1\n"], under: scene.delegation)
        #expect(try web.push(Scene.branch).status == 0)
        #expect(try scene.spent() == Self.spent(commits: 4, files: 3, pushes: 4))
        try scene.agent(["Sources/c": "1\n"])
        expectRefused(try scene.server.trial(Scene.branch), by: ["limit.files"])
    }

    @Test func `what was counted is not counted again on another ref`() throws {
        let scene = try Scene(try TestAuthority()) {
            $0.limits = ["commits": 1, "files": 1, "lines": 1, "bytes": 2]
        }
        let commit = try scene.agent(["Sources/a": "1\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.client.setRef(Self.other, to: commit)
        expectAllowed(try scene.server.trial(Self.other))
        #expect(try scene.spent() == Self.spent(commits: 1, files: 1, lines: 1, bytes: 2, pushes: 2))
    }

    @Test func `a push is one push, however many refs it has`() throws {
        let scene = try Scene(try TestAuthority()) { $0.limits = ["pushes": 1, "commits": 2] }
        try scene.agent(["Sources/a": "1\n"])
        try scene.agent(["Sources/b": "1\n"], on: Self.other)
        expectAllowed(try scene.server.trial(Scene.branch, Self.other))
        #expect(try scene.spent() == Self.spent(commits: 2, pushes: 1))
    }

    @Test func `landing by a person spends nothing`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite) {
            $0.limits = ["pushes": 1, "commits": 1]
        }
        let commit = try scene.agent(["Sources/a": "1\n"])
        expectAllowed(try scene.server.trial(Scene.branch, environment: Scene.pusher("dana")))
        try scene.client.setRef("refs/heads/main", to: commit)
        expectAllowed(try scene.server.trial("refs/heads/main", environment: Scene.pusher("dana")))
        #expect(try scene.spent() == Self.spent(commits: 1, pushes: 1))
    }

    @Test func `what is handed on is taken out of the parent, and a refusal names the parent`() throws {
        let scene = try Scene(try TestAuthority()) {
            $0.hops = 1
            $0.limits = ["lines": 3]
        }
        let children = try ["a", "b"].map { name in
            try scene.authority.subdelegate(scene.delegation) {
                $0.purpose = "part \(name)"
                $0.limits = ["lines": 2]
            }
        }
        try scene.server.commit(["Sources/a": "1\n2\n"], under: children[0], on: Scene.branch)
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.server.commit(["Sources/b": "1\n2\n"], under: children[1], on: Self.other)
        expectRefused(
            try scene.server.trial(Self.other), by: ["limit.lines"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> allows 3 lines and this makes 4: delegation <delegation> was handed on \
                from it
                  rule     limit.lines
                  ref      refs/heads/agent/PAY-42/other
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: make the change smaller with 'git rebase -i', or ask dana@example.org for a new delegation made \
                with 'remit grant'
                decision recorded
                """)
        #expect(try scene.spent() == Self.spent(commits: 1, lines: 2, pushes: 1))
        #expect(try scene.spent(of: children[0]) == Self.spent(commits: 1, lines: 2, pushes: 1))
        #expect(try scene.spent(of: children[1]) == .nothing)
        let entry = String(decoding: try #require(try scene.server.documents().first), as: UTF8.self)
        #expect(
            entry.contains(#""ancestors":[{"delegation":"\#(scene.delegation.id)","used":{"commits":1,"#), "\(entry)")
    }

    @Test func `in monitor mode, only what would have been allowed spends`() throws {
        let scene = try Scene(try TestAuthority(), settings: ["remit.mode": "monitor"]) {
            $0.limits = ["commits": 2]
        }
        for (file, outcome) in [
            ("Deploy/a", "refused"), ("Sources/a", "allowed"), ("Sources/b", "allowed"), ("Sources/c", "refused"),
        ] {
            try scene.agent([file: "1\n"])
            let trial = try scene.server.trial(Scene.branch)
            #expect(trial.status == 0)
            #expect(trial.outcomes == [outcome], "\(trial.said)")
        }
        #expect(try scene.spent() == Self.spent(commits: 2, pushes: 2))
    }

    @Test func `an entry says what was used, what was used before, and the limits`() throws {
        let scene = try Scene(try TestAuthority()) { $0.limits = ["commits": 5, "lines": 9] }
        try scene.agent(["Sources/a": "1\n2\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.agent(["Sources/b": "1\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        let entry = String(decoding: try #require(try scene.server.documents().last), as: UTF8.self)
        let members = """
            "used":{"commits":1,"files":null,"lines":1,"bytes":null,"pushes":1},\
            "spent_before":{"commits":1,"files":null,"lines":2,"bytes":null,"pushes":1},\
            "limits":{"commits":5,"files":null,"lines":9,"bytes":null,"pushes":null}
            """
        #expect(entry.contains(members), "\(entry)")
        #expect(entry.contains(#""ancestors":[]"#))
    }
}

extension Scene {
    /// What the server's ledger says was spent of the delegation.
    func spent(of issued: TestDelegation.Issued? = nil) throws -> Spent {
        try Ledger.open(
            at: ByteString(server.ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10))
        ).spent(issued?.id ?? delegation.id)
    }
}
