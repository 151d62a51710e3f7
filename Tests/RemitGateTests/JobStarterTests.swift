import RemitAuthority
@testable import RemitGate
import RemitHosts
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor JobStarters { static let shared = JobStarters() }

/// Who starts a deployment: a person, or an agent's account that needs a grant for it.
@JobStarters @Suite struct JobStarterTests {
    private struct World {
        let authority: TestAuthority
        let server: TestServer
        let releasing: TestDelegation.Issued
    }

    private static let world = Result {
        let authority = try TestAuthority()
        try authority.register("claude-code") { $0.identities = ["login:claude-bot"] }
        try authority.publish { $0.environments = [.init("production")] }
        let server = try TestServer(authority, hook: false)
        let releasing = try authority.delegate {
            $0.grants[0].environments = ["production"]
            $0.grants[0].operations = ["deploy"]
        }
        return World(authority: authority, server: server, releasing: releasing)
    }

    private static func judge(
        delegation: Bool = false, _ change: (inout Job) -> Void
    ) throws -> [Finding] {
        let world = try world.get()
        var job = Job(system: .github)
        change(&job)
        let gate = PipelineGate(
            PipelineGate.Request(
                directory: world.server.client.path, authority: world.authority.path, authorityRef: "refs/heads/main",
                root: world.authority.root, repository: "payments", mode: .enforce, job: try JobRecord(ClaimedJob(job)),
                ledger: nil,
                now: world.authority.now, deadline: .now.advanced(by: .seconds(60))))
        let commit = try world.server.client.resolve("HEAD")
        return gate.judge(
            DeploymentSubmission(
                environment: "production", commit: commit,
                delegation: delegation ? ByteString(world.releasing.id.hex) : nil)
        ).decision.findings
    }

    private static func proof(_ name: String, _ login: String) throws -> Job.Proof {
        let now = try world.get().authority.now
        return Job.Proof(
            issuer: "https://token.actions.githubusercontent.com", key: "k", claims: [.init(name: name, value: login)],
            issuedAt: now, expiresAt: now.adding(seconds: 300))
    }

    @Test(arguments: [nil, "dana", "somebody"]) func `anybody who is no agent may start it`(login: String?) throws {
        #expect(try Self.judge { $0.actor = login }.isEmpty)
    }

    @Test func `an agent's account may not, whether the job says so or its token`() throws {
        let refused = Finding(
            .scopeOperation, ref: "refs/remit/deployed/production",
            facts: .init(
                agent: "claude-code", ask: ["dana@example.org"], operation: .deploy, reason: "it names no delegation",
                environment: "production"))
        #expect(try Self.judge { $0.actor = "claude-bot" } == [refused])
        let github = try Self.proof("actor", "claude-bot")
        func refusals(_ change: (inout Job) -> Void) throws -> [Finding] {
            // What else the token leaves open, or contradicts, is another rule's to say.
            try Self.judge(change).filter { $0.rule == .scopeOperation }
        }
        #expect(try refusals { $0.proof = github } == [refused])
        let gitlab = try Self.proof("user_login", "claude-bot")
        #expect(try refusals { ($0.proof, $0.actor) = (gitlab, "dana") } == [refused])
        let person = try Self.proof("actor", "dana")
        #expect(try refusals { ($0.proof, $0.actor) = (person, "claude-bot") } == [refused])
    }

    @Test func `where it is granted, it may`() throws {
        #expect(try Self.judge(delegation: true) { $0.actor = "claude-bot" }.isEmpty)
    }
}
