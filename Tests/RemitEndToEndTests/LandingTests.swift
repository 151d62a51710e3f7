import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Landings { static let shared = Landings() }

/// The agent acts on its branch; a person lands the work in `main`.
@Landings @Suite struct LandingTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let edit: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]
    private nonisolated static let land = "\(Scene.branch):refs/heads/main"

    private nonisolated static let rows = [
        Row("a person of gitolite", nil, settings: Scene.gitolite) {
            try $0.agent(edit)
            return try $0.server.trial(land, environment: ["GL_USER": "sam"])
        },
        Row("a person of a web server", nil, settings: ["remit.host": "http"]) {
            try $0.agent(edit)
            return try $0.server.trial(land, environment: ["REMOTE_USER": "sam"])
        },
        Row(
            "a person behind a forced command", nil,
            settings: [
                "remit.host": "ssh", "remit.pusherVariable": "WHO",
            ]
        ) {
            try $0.agent(edit)
            return try $0.server.trial(land, environment: ["WHO": "sam"])
        },
        Row("nobody known", ["approval.missing"]) {
            try $0.agent(edit)
            return try $0.server.trial(land)
        },
        Row("a plain server believes no variable", ["approval.missing"]) {
            try $0.agent(edit)
            return try $0.server.trial(land, environment: ["GL_USER": "dana", "REMOTE_USER": "dana", "USER": "dana"])
        },
        Row("the variable of another host", ["approval.missing"], settings: ["remit.host": "http"]) {
            try $0.agent(edit)
            return try $0.server.trial(land, environment: ["GL_USER": "dana"])
        },
        Row("a stranger", ["approval.missing"], settings: Scene.gitolite) {
            try $0.agent(edit)
            return try $0.server.trial(land, environment: ["GL_USER": "mallory"])
        },
        Row("an account that differs in case", ["approval.missing"], settings: Scene.gitolite) {
            try $0.agent(edit)
            return try $0.server.trial(land, environment: ["GL_USER": "Dana"])
        },
        Row("a branch that merge_into does not name", ["ref.scope"], settings: Scene.gitolite) {
            try $0.agent(edit)
            return try $0.server.trial("\(Scene.branch):refs/heads/release", environment: ["GL_USER": "dana"])
        },
        Row("work out of scope", ["scope.path"], settings: Scene.gitolite) {
            try $0.agent(["Deploy/x": "1\n"])
            return try $0.server.trial(land, environment: ["GL_USER": "dana"])
        },
    ]

    @Test(arguments: rows)
    func `who may land`(_ row: Row) throws { try row.run(Self.authority.get()) }

    @Test func `landing without a person is told so`() throws {
        let scene = try Scene(try Self.authority.get())
        try scene.agent(Self.edit)
        expectRefused(
            try scene.server.trial(Self.land), by: ["approval.missing"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> may be landed here only by a person: the server does not know who pushes
                  rule     approval.missing
                  ref      refs/heads/main
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: let dana@example.org run the same 'git push' over a transport by which the server knows them
                hint: or let a registered person look at it and run 'remit approve <id> --reason WHY'
                decision recorded
                """)
    }

    @Test func `what was seen in time may land late, what was not may not`() throws {
        let authority = try Self.authority.get()
        let end = Int64(time(nil)) + 4
        let scene = try Scene(authority, settings: Scene.gitolite) { $0.expiresAt = Instant(seconds: end) }
        try scene.agent(Self.edit)
        expectAllowed(try scene.server.trial(Scene.branch))
        while Int64(time(nil)) <= end { usleep(50_000) }
        // A new commit, which nothing shows to have been made in time.
        try scene.client.git("update-ref", "refs/heads/late", Scene.branch)
        try scene.agent(["Sources/Late.swift": "1\n"], on: "refs/heads/late")
        let dana = Scene.pusher("dana")
        let late = try scene.server.trial("refs/heads/late:refs/heads/main", environment: dana)
        expectRefused(late, by: ["delegation.expired"])
        #expect(late.said.contains("no allowed decision shows that it was seen in time"))
        expectRefused(
            try scene.server.trial(Scene.branch + ":refs/heads/agent/PAY-42/again"), by: ["delegation.expired"])
        expectAllowed(
            try scene.server.trial(Self.land, environment: dana),
            saying: """
                allowed to land 1 commit of claude-code under delegation <delegation> of dana@example.org
                decision recorded
                """)
    }

    @Test(arguments: [(Revocation.Cause.ended, true), (.superseded, true), (.compromised, false)])
    func `a revocation says what becomes of work that was seen`(_ cause: Revocation.Cause, _ lands: Bool) throws {
        let scene = try Scene(try Self.authority.get(), settings: Scene.gitolite)
        try scene.agent(Self.edit)
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.authority.revoke(.delegation(scene.delegation.id), cause: cause)
        let trial = try scene.server.trial(Self.land, environment: Scene.pusher("dana"))
        if lands { expectAllowed(trial) } else { expectRefused(trial, by: ["delegation.revoked"]) }
    }

    @Test func `an agent's own account does not land`() throws {
        let authority = try TestAuthority()
        try authority.register { $0.identities = ["login:claude-bot"] }
        let scene = try Scene(authority, settings: Scene.gitolite)
        try scene.agent(Self.edit)
        let trial = try scene.server.trial(Self.land, environment: Scene.pusher("claude-bot"))
        #expect(trial.rules.contains("approval.missing"), "\(trial.terminal)")
        #expect(trial.isUntouched)
    }
}
