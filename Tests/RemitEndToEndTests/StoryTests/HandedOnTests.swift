import RemitModel
import RemitTestSupport
import Testing

/// An agent hands its task on, and the one that has it hands it on again.
@Stories @Suite struct HandedOnTests {
    private static let codex = "Co-Authored-By: Codex <codex@openai.com>"
    private static let land = "refs/heads/agent/PAY-42/tests:refs/heads/main"
    private static let branch = "refs/heads/agent/PAY-42/tests"

    @Test func `a grandchild's work lands, spends of everybody's limit, and falls with the first parent`() throws {
        let authority = try TestAuthority()
        try authority.register("codex-cli")
        let scene = try Scene(authority, settings: Scene.gitolite) {
            $0.hops = 2
            $0.limits = ["pushes": 3]
        }
        let child = try authority.subdelegate(scene.delegation) {
            $0.hops = 1
            $0.limits = ["pushes": 3]
        }
        let grandchild = try authority.subdelegate(child) {
            $0.agent = "codex-cli"
            $0.grants[0].refs = [Self.branch]
            $0.grants[0].paths = ["Tests/**"]
            $0.grants[0].except = []
            $0.limits = ["pushes": 3]
        }
        func work(_ name: String) throws -> Trial {
            try scene.server.commit(
                ["Tests/\(name).swift": "let made = 1\n"], under: grandchild, on: Self.branch, mark: Self.codex)
            return try scene.server.trial(Self.branch)
        }
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        expectAllowed(try work("Retry"))
        expectAllowed(
            try scene.server.trial(Self.land, environment: Scene.pusher("sam")),
            saying: """
                allowed to land 1 commit of codex-cli under delegation <delegation> of dana@example.org
                decision recorded
                """)
        expectAllowed(try work("Backoff"))
        let seen = try scene.client.resolve(Self.branch)
        expectRefused(
            try work("Jitter"), by: ["limit.pushes"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> allows 3 pushes and this makes 4: delegation <delegation> was handed on from it
                  rule     limit.pushes
                  ref      refs/heads/agent/PAY-42/tests
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: ask dana@example.org for a new delegation made with 'remit grant'
                decision recorded
                """)

        try authority.revoke(
            .delegation(scene.delegation.id), cause: .compromised, reason: "the first key leaked")
        expectRefused(
            try scene.server.trial("\(seen.hex):refs/heads/main", environment: Scene.pusher("sam")),
            by: ["delegation.revoked"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> was revoked: compromised: <id> above it was revoked: the first key leaked
                  rule     delegation.revoked
                  ref      refs/heads/main
                  commit   <id>
                  by       delegation <delegation>
                  since    <time>
                  ask      dana@example.org
                hint: see the revocation with 'remit show <delegation>', and ask dana@example.org for a new delegation made \
                with 'remit grant'
                hint: or let an approver look at it and run 'remit approve <id> --reason WHY'
                decision recorded
                """)
    }
}
