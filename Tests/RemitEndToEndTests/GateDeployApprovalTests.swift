import RemitModel
import RemitTestSupport
import Testing

/// The approvals that an environment asks for, through the real binary.
@Suite struct GateDeployApprovalTests {
    private static let allowed =
        "allowed to deploy 1 commit of claude-code under delegation <delegation> of "
        + "dana@example.org to production"

    /// One approval of whatever reaches production.
    private static func demanding() throws -> DeployScene {
        let scene = try DeployScene { policy in
            var demand = TestPolicy.Demand()
            demand.refs = []
            demand.environments = ["production"]
            policy.demands = [demand]
        }
        try scene.land(under: try scene.delegate(to: ["production"]))
        return scene
    }

    private static let missing = """
        refused: this deployment must not happen
        error: commit <id> needs 1 approval for environment 'production' and has none
          rule     approval.missing
          ref      refs/remit/deployed/production
          ask      bob@example.org
        hint: let bob@example.org look at it and run 'remit approve <id> --environment production --reason WHY'
        """

    @Test func `a demand is told while it is not met, and asks nothing of people's own work`() throws {
        let scene = try Self.demanding()
        expect(try scene.gate("--since", scene.start.hex), 1, saying: Self.missing)
        try scene.approve()
        expect(try scene.gate("--since", scene.start.hex), 0, saying: Self.allowed + "\napproved by bob@example.org")
        let deployed = try scene.client.resolve("HEAD")
        try scene.landByHand(["README.md": "by hand\n"])
        expect(
            try scene.gate("--since", deployed.hex), 0,
            saying: "allowed to deploy 1 commit without a mark of an agent to production")
    }

    @Test func `an approval for merging alone does not count`() throws {
        let scene = try Self.demanding()
        try scene.approve { _ in }
        expect(
            try scene.gate("--since", scene.start.hex), 1,
            saying: Self.missing + """

                error: an approval does not count for commit <id>: that of bob@example.org does not name environment \
                'production'
                  rule     approval.stale
                  ref      refs/remit/deployed/production
                  ask      bob@example.org
                hint: let bob@example.org look at it as it is now and run 'remit approve <id> --environment production \
                --reason WHY'
                """)
    }

    @Test func `one of what was there before is stale`() throws {
        let scene = try Self.demanding()
        try scene.approve()
        try scene.landByHand(["README.md": "on top\n"])
        let answer = try scene.gate("--since", scene.start.hex)
        #expect(answer.status == 1)
        #expect(
            answer.said.contains(
                """
                error: an approval does not count for commit <id>: bob@example.org approved commit <id>, not what came \
                after it

                """))
    }

    @Test func `one that has expired is stale`() throws {
        let scene = try Self.demanding()
        let now = scene.authority.now
        try scene.approve {
            $0.environments = ["production"]
            $0.issuedAt = now.adding(seconds: -7_200)
            $0.expiresAt = now.adding(seconds: -3_600)
        }
        let answer = try scene.gate("--since", scene.start.hex)
        #expect(answer.status == 1)
        #expect(
            answer.said.contains(
                "error: an approval does not count for commit <id>: that of bob@example.org expired at <time>\n"))
    }

    @Test func `the delegator's own does not count`() throws {
        let scene = try Self.demanding()
        try scene.approve(by: "dana@example.org", with: scene.authority.dana)
        let answer = try scene.gate("--since", scene.start.hex)
        #expect(answer.status == 1)
        #expect(
            answer.said.contains(
                "error: commit <id> is approved by its own author: dana@example.org delegated it\n"))
    }

    /// Production takes agents' work that no delegation names it for, once somebody has let it.
    private static func approving() throws -> DeployScene {
        let scene = try DeployScene { policy in
            policy.environments[0].agents = "approved"
            policy.environments[0].approvals = 1
        }
        return scene
    }

    @Test func `an approval stands for the environment's name where the policy says so`() throws {
        let scene = try Self.approving()
        try scene.land(under: try scene.delegate(to: ["staging"]))
        expect(
            try scene.gate("--since", scene.start.hex), 1,
            saying: """
                refused: this deployment must not happen
                error: commit <id> needs 1 approval to reach environment 'production' and has none
                  rule     scope.environment
                  ref      refs/remit/deployed/production
                  granted  staging
                  by       delegation <delegation>
                  ask      bob@example.org
                hint: let bob@example.org look at it and run 'remit approve <id> --environment production --reason WHY'
                """)
        try scene.approve()
        expect(try scene.gate("--since", scene.start.hex), 0, saying: Self.allowed + "\napproved by bob@example.org")
    }

    @Test func `so it does for an assistant's draft`() throws {
        let scene = try Self.approving()
        try scene.authority.register("claude-code") { $0.autonomy = "assistant" }
        try scene.landByHand(DeployScene.edit, message: "Retry\n\n\(TestServer.mark)\n")
        let answer = try scene.gate("--since", scene.start.hex)
        #expect(answer.status == 1)
        #expect(
            answer.said.contains(
                """
                error: commit <id> needs 1 approval to reach environment 'production' and has none: it names no \
                delegation

                """), "\(answer.said)")
        try scene.approve()
        expect(
            try scene.gate("--since", scene.start.hex), 0,
            saying: """
                allowed to deploy 1 commit of claude-code without a delegation to production
                approved by bob@example.org
                """)
    }
}
