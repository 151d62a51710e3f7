import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Exceptions { static let shared = Exceptions() }

/// Break-glass, through real pushes.
@Exceptions @Suite struct ExceptionTests {
    private static let authority = Result { try TestAuthority() }
    private static let land = "\(Scene.branch):refs/heads/main"

    /// The agent's work out of scope, on its way to `main`.
    private func outside() throws -> Scene {
        let scene = try Scene(try Self.authority.get(), settings: Scene.gitolite)
        try scene.agent(["Deploy/fix.sh": "1\n"])
        return scene
    }

    private func except(
        _ scene: Scene, _ rules: [String], _ change: (inout TestException) -> Void = { _ in }
    ) throws {
        var exception = TestException(
            for: try scene.client.resolve(Scene.branch), rules: rules, at: scene.authority.now)
        change(&exception)
        try scene.authority.except(exception)
    }

    private func landed(_ scene: Scene) throws -> Trial {
        try scene.server.trial(Self.land, environment: Scene.pusher("sam"))
    }

    @Test func `a push is let through, loudly and on record, and the next one is not`() throws {
        let scene = try outside()
        expectRefused(try landed(scene), by: ["scope.path"])
        try except(scene, ["scope.path"])
        expectAllowed(
            try landed(scene),
            saying: """
                allowed by exception <id> of dana@example.org: 'production is down'
                  set aside scope.path: 1 finding on ref 'refs/heads/main'
                  in force until <time>, recorded as an override
                allowed to land 1 commit of claude-code under delegation <delegation> of dana@example.org
                decision recorded
                """)
        let entry = try #require(try scene.server.documents().last)
        let read = try #require(JSONSerialization.jsonObject(with: Data(entry)) as? [String: Any])
        let override = try #require((read["overrides"] as? [[String: Any]])?.first)
        #expect(override["rule"] as? String == "scope.path")
        #expect(override["issuer"] as? String == "dana@example.org")

        try scene.agent(["Deploy/fix.sh": "2\n"])
        expectRefused(try landed(scene), by: ["scope.path"])
    }

    @Test func `what the agent did by exception was seen, and may land`() throws {
        let scene = try Scene(try Self.authority.get(), settings: Scene.gitolite) { $0.limits = ["commits": 0] }
        try scene.agent(["Sources/fix.swift": "1\n"])
        expectRefused(try scene.server.trial(Scene.branch), by: ["limit.commits"])
        try except(scene, ["limit.commits"]) { $0.ref = Scene.branch }
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.authority.revoke(.delegation(scene.delegation.id))
        expectAllowed(try landed(scene))
    }

    @Test(arguments: [
        ("another rule", "exception <id> of dana@example.org does not set aside scope.path"),
        ("another ref", "exception <id> of dana@example.org is for 'refs/heads/release' only"),
        ("expired", "exception <id> of dana@example.org expired at <time>"),
        ("not yet", "exception <id> of dana@example.org is valid only from <time>"),
        ("another repository", "is for repository 'billing'"),
        ("no administrator", "is not signed by an administrator named sam@example.org"),
    ])
    func `one that does not fit says why`(_ fault: String, _ remark: String) throws {
        let scene = try outside()
        let now = scene.authority.now
        try except(scene, [fault == "another rule" ? "ref.scope" : "scope.path"]) { exception in
            switch fault {
            case "another ref": exception.ref = "refs/heads/release"
            case "expired": exception.expiresAt = now.adding(seconds: -1)
            case "not yet": exception.issuedAt = now.adding(seconds: 1800)
            case "another repository": exception.repository = "billing"
            case "no administrator": exception.issuer = "sam@example.org"
            default: break
            }
        }
        let trial = try landed(scene)
        expectRefused(trial, by: ["scope.path"])
        #expect(trial.said.contains("\nnote: ") && trial.said.contains(remark), "\(trial.said)")
    }

    @Test func `findings of other rules still refuse`() throws {
        let scene = try Scene(try Self.authority.get(), settings: Scene.gitolite)
        try scene.agent(["Deploy/fix.sh": "1\n"], on: Scene.branch)
        try except(scene, ["scope.path"]) { $0.ref = "refs/heads/release" }
        let trial = try scene.server.trial(
            "\(Scene.branch):refs/heads/release", environment: Scene.pusher("sam"))
        expectRefused(trial, by: ["ref.scope"])
    }
}
