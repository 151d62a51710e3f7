import RemitAuthority
import RemitModel
import RemitTestSupport
import Testing

/// What becomes of a key that was taken back, and of what it signed.
@Suite struct RevokedKeyTests {
    private static let now = MemoryAuthority.now

    /// Revokes a key, at the place that the word asks for.
    private static func revoke(
        _ key: SSHKey, of world: inout MemoryAuthority, cause: String, issued: Instant = now,
        issuer: String = "dana@example.org", signedBy signer: SSHKey? = nil
    ) throws {
        let print = try key.print()
        let directory = cause == "compromised" ? "revocations/compromised" : "revocations"
        try world.revoke(
            "key = \"\(print)\"", at: "\(directory)/key-\(print.hex).toml", cause: cause, issuer: issuer,
            issued: issued, signedBy: [signer ?? world.cast.dana])
    }

    @Test func `an ended key of a person holds for the records from before`() throws {
        var world = try MemoryAuthority()
        let dana = try world.cast.dana.print()
        let id = try world.delegate()
        try Self.revoke(world.cast.dana, of: &world, cause: "ended", issued: Self.now.adding(seconds: -3599))
        #expect(try DelegationLookupTests.rejection(world, id) == nil)
        try Self.revoke(world.cast.dana, of: &world, cause: "ended", issued: Self.now.adding(seconds: -3600))
        try DelegationLookupTests.expect(.delegationSignature, "\(dana) was revoked: ended: a test", world, id)
        // What it says of commits has no date that could be believed.
        #expect(try world.load().holder(of: dana) == .unknown)
    }

    @Test func `nothing holds that a compromised key of a person signed`() throws {
        var world = try MemoryAuthority()
        let dana = try world.cast.dana.print()
        let id = try world.delegate()
        try Self.revoke(
            world.cast.dana, of: &world, cause: "compromised", issued: Self.now, issuer: "ada@example.org",
            signedBy: world.cast.ada)
        try DelegationLookupTests.expect(.delegationSignature, "\(dana) was revoked: compromised: a test", world, id)
        #expect(try world.load().holder(of: dana) == .unknown)
        // Another key of hers signs it anew.
        world.people += "dana@example.org namespaces=\"remit-*\" \(world.cast.eve.bare)\n"
        try world.publish()
        let again = try world.delegate(signedBy: [world.cast.dana, world.cast.eve])
        #expect(try DelegationLookupTests.rejection(world, again) == nil)
    }

    @Test func `a compromised key of an administrator vouches for no agent`() throws {
        var world = try MemoryAuthority()
        #expect(try world.load().agent("claude-code").registered != nil)
        try Self.revoke(world.cast.cem, of: &world, cause: "ended", issuer: "cem@example.org", signedBy: world.cast.cem)
        #expect(try world.load().agent("claude-code").registered != nil)
        try Self.revoke(
            world.cast.cem, of: &world, cause: "compromised", issuer: "ada@example.org", signedBy: world.cast.ada)
        #expect(
            try world.load().agent("claude-code")
                == .rejected("claude-code", reason: "'agents/claude-code.toml' is not signed by an administrator"))
    }

    @Test func `a task key is taken back by the delegator, and ended by who holds it`() throws {
        var world = try MemoryAuthority()
        let id = try world.delegate()
        let (task, cast) = (try world.cast.task.print(), world.cast)
        func revocation() throws -> Revocation? {
            try world.load().revocation(of: task, heldBy: .delegation(id))
        }
        #expect(try revocation() == nil)
        try Self.revoke(cast.task, of: &world, cause: "ended", issuer: "claude-code", signedBy: cast.task)
        #expect(try revocation()?.cause == .ended)
        try Self.revoke(cast.task, of: &world, cause: "compromised")
        #expect(try revocation()?.cause == .compromised)
        // The commit is still the delegation's, so that it is refused by name and not taken for a stranger's.
        #expect(try world.load().holder(of: task) == .delegation(id))
        try Self.revoke(cast.task, of: &world, cause: "compromised", issuer: "claude-code", signedBy: cast.task)
        let authority = try world.load()
        #expect(
            statement { () throws(AuthorityError) in _ = try authority.revocation(of: task, heldBy: .delegation(id)) }
                == "'revocations/compromised/key-\(task.hex).toml' is not signed by someone who may revoke what it names"
        )
    }

    @Test func `a task key that was taken back hands nothing on`() throws {
        var world = try MemoryAuthority()
        let task = try world.cast.task.print()
        let root = try world.delegate { $0.hops = 1 }
        let child = try world.subdelegate(under: root) { $0.issuedAt = Self.now }
        try Self.revoke(world.cast.task, of: &world, cause: "ended", issued: Self.now.adding(seconds: 1))
        #expect(try DelegationLookupTests.rejection(world, child) == nil)
        try Self.revoke(world.cast.task, of: &world, cause: "ended")
        try DelegationLookupTests.expect(.delegationChain, "\(task) was revoked: ended: a test", world, child)
        try Self.revoke(world.cast.task, of: &world, cause: "compromised", issued: Self.now.adding(seconds: 9))
        try DelegationLookupTests.expect(.delegationChain, "\(task) was revoked: compromised: a test", world, child)
    }

    @Test func `a key is one person's`() throws {
        var world = try MemoryAuthority()
        let fault = "'people.allowed_signers' line 4: gives the key of dana@example.org to sam@example.org too"
        let people = world.people
        for line in ["sam@example.org", "s*@example.org", "*@example.org,!dana@example.org,!ada@example.org"] {
            world.people = people + "\(line) namespaces=\"remit-*\" \(world.cast.dana.bare)\n"
            try world.publish()
            #expect(world.fault() == AuthorityError(.malformed, fault), "\(line)")
        }
        world.people = people + "dana@example.org,sam@example.org namespaces=\"remit-*\" \(world.cast.eve.bare)\n"
        try world.publish()
        #expect(world.fault() == AuthorityError(.malformed, fault))
        // The same person may have it for several uses; who is no person of the policy signs nothing.
        world.people = people + "dana@example.org namespaces=\"file\" \(world.cast.dana.bare)\n"
        world.people += "mail@example.net namespaces=\"remit-*\" \(world.cast.dana.bare)\n"
        try world.publish()
        #expect(world.fault() == nil)
    }
}
