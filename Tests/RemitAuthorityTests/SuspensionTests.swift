import RemitAuthority
import RemitModel
import RemitTestSupport
import Testing

/// The kill switch: it stops an agent or all of them until an administrator resumes them, and what was delegated before
/// it for ever.
@Suite struct SuspensionTests {
    private static let now = MemoryAuthority.now
    private static func path(_ number: Int) -> String { "revocations/agent-claude-code/\(number).toml" }
    private static func everyPath(_ number: Int) -> String { "revocations/every-agent/\(number).toml" }
    private static let agent = "agent = \"claude-code\""
    private static let every = "agents = \"all\""

    private static func suspension(_ world: MemoryAuthority) throws -> Revocation? {
        try world.load().agent("claude-code").registered?.suspension
    }

    private static func resume(_ world: inout MemoryAuthority, at moment: Instant) throws {
        var agent = TestAgent("claude-code", reviewBy: now.adding(seconds: 86_400))
        agent.resumedAt = moment
        try world.register(agent)
    }

    @Test func `an owner suspends an agent, an operator all of them`() throws {
        var world = try MemoryAuthority()
        try world.employ()
        #expect(try Self.suspension(world) == nil)
        try world.revoke(Self.agent, at: Self.path(1))
        #expect(try Self.suspension(world)?.target == .agent("claude-code"))
        #expect(try world.load().agent("codex").registered?.suspension == nil)
        let cast = world.cast
        try world.revoke(
            Self.every, at: Self.everyPath(1), cause: "compromised", issuer: "olga@example.org", signedBy: [cast.olga])
        #expect(try Self.suspension(world)?.target == .everyAgent)
        #expect(try world.load().agent("codex").registered?.suspension?.cause == .compromised)
    }

    @Test func `who may not`() throws {
        var world = try MemoryAuthority()
        try world.employ()
        let cast = world.cast
        func fault() throws -> String? {
            let authority = try world.load()
            return statement { () throws(AuthorityError) in _ = try authority.agent("claude-code") }
        }
        func untrusted(_ path: String) -> String { "'\(path)' is not signed by someone who may revoke what it names" }
        // Dana owns the agent; that is no word over all agents.
        try world.revoke(Self.every, at: Self.everyPath(1))
        #expect(try fault() == untrusted(Self.everyPath(1)))
        world.source.files[Self.everyPath(1)] = nil
        try world.revoke(Self.agent, at: Self.path(1), issuer: "piet@example.org", signedBy: [cast.piet])
        #expect(try fault() == untrusted(Self.path(1)))
        // A task key ends its own delegation, not its agent.
        try world.delegate()
        try world.revoke(Self.agent, at: Self.path(1), issuer: "claude-code", signedBy: [cast.task])
        #expect(try fault() == untrusted(Self.path(1)))
        try world.revoke("agent = \"codex\"", at: Self.path(1))
        #expect(try fault() == untrusted(Self.path(1)))
    }

    @Test func `an agent that is resumed works under what is delegated after the suspension`() throws {
        var world = try MemoryAuthority()
        let before = try world.delegate { $0.issuedAt = Self.now.adding(seconds: -600) }
        let atOnce = try world.delegate { $0.issuedAt = Self.now.adding(seconds: -300) }
        let after = try world.delegate { $0.issuedAt = Self.now.adding(seconds: -299) }
        try world.revoke(Self.agent, at: Self.path(1), issued: Self.now.adding(seconds: -300))
        // While it is in force it is told as the agent's, whatever was delegated when.
        #expect(try Self.suspension(world) != nil)
        #expect(try RevocationTests.stop(world, before) == nil)

        try Self.resume(&world, at: Self.now.adding(seconds: -300))
        #expect(try Self.suspension(world) != nil, "resumed at the moment of the suspension, not after it")
        try Self.resume(&world, at: Self.now.adding(seconds: -299))
        #expect(try Self.suspension(world) == nil)
        #expect(try RevocationTests.stop(world, before)?.target == .agent("claude-code"))
        #expect(try RevocationTests.stop(world, atOnce)?.target == .agent("claude-code"))
        #expect(try RevocationTests.stop(world, after) == nil)

        try world.revoke(Self.agent, at: Self.path(2), cause: "compromised", issued: Self.now.adding(seconds: -200))
        #expect(try Self.suspension(world)?.cause == .compromised)
        try Self.resume(&world, at: Self.now)
        #expect(try Self.suspension(world) == nil)
        #expect(try RevocationTests.stop(world, after)?.cause == .compromised)
    }

    @Test func `all agents are resumed by the policy alone`() throws {
        var world = try MemoryAuthority()
        let before = try world.delegate()
        let cast = world.cast
        try world.revoke(
            Self.every, at: Self.everyPath(1), issuer: "ada@example.org", issued: Self.now.adding(seconds: -60),
            signedBy: [cast.ada])
        let after = try world.delegate { $0.issuedAt = Self.now.adding(seconds: -30) }
        try Self.resume(&world, at: Self.now)
        #expect(try Self.suspension(world)?.target == .everyAgent)
        world.policy.resumedAt = Self.now.adding(seconds: -45)
        try world.publish()
        #expect(try Self.suspension(world) == nil)
        #expect(try RevocationTests.stop(world, before)?.target == .everyAgent)
        #expect(try RevocationTests.stop(world, after) == nil)
    }

    @Test func `what was handed on falls with its parent, whoever it was handed to`() throws {
        var world = try MemoryAuthority()
        try world.employ()
        let root = try world.delegate { $0.hops = 1 }
        let child = try world.subdelegate(under: root) {
            $0.agent = "codex"
            $0.issuedAt = Self.now
        }
        try world.revoke(Self.agent, at: Self.path(1), issued: Self.now.adding(seconds: -60))
        guard case .verified(let verified) = try world.load().delegation(child) else {
            Issue.record("not verified")
            return
        }
        #expect(verified.registeredAgents.map(\.agent.id) == ["codex", "claude-code"])
        #expect(verified.registeredAgents.map { $0.suspension == nil } == [true, false])
        try Self.resume(&world, at: Self.now)
        #expect(try RevocationTests.stop(world, child)?.target == .agent("claude-code"))
    }
}
