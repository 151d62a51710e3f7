import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

@Suite struct DelegationLookupTests {
    /// Why a delegation is rejected, or `nil` when it is verified.
    static func rejection(
        _ world: MemoryAuthority, _ id: RecordID
    ) throws -> (rule: RuleCode, reason: String)? {
        switch try world.load().delegation(id) {
        case .verified: nil
        case .unknown: (.delegationUnknown, "")
        case .rejected(_, let rule, let reason): (rule, reason)
        }
    }

    static func expect(
        _ rule: RuleCode, _ reason: String, _ world: MemoryAuthority, _ id: RecordID,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let found = try rejection(world, id)
        #expect(found?.rule == rule, sourceLocation: location)
        #expect(found?.reason == reason, sourceLocation: location)
    }

    @Test func `a good delegation is verified with its agent`() throws {
        var world = try MemoryAuthority()
        let id = try world.delegate()
        guard case .verified(let verified) = try world.load().delegation(id) else {
            Issue.record("not verified")
            return
        }
        #expect(verified.id == id)
        #expect(verified.delegation.delegator == "dana@example.org")
        #expect(verified.agent.registered?.agent.id == "claude-code")
        #expect(verified.revocation == nil)
    }

    @Test func `who signs, what and for what`() throws {
        var world = try MemoryAuthority()
        let cast = world.cast
        let tampered = try world.delegate()
        world.source.files[MemoryAuthority.path(tampered)]?.append(UInt8(ascii: "\n"))
        try Self.expect(.delegationSignature, "its bytes are not those of its name", world, tampered)

        var id = try world.delegate(signedBy: [])
        try Self.expect(.delegationSignature, "it has no signature", world, id)
        // With commit.gpgsign a person's key signs whatever an agent commits: that is no consent.
        id = try world.delegate(in: "git")
        try Self.expect(.delegationSignature, "its signature is bad: signed in the namespace git", world, id)
        id = try world.delegate(signedBy: [cast.ada])
        try Self.expect(
            .delegationSignature, "\(try cast.ada.print()) may not sign delegations as dana@example.org", world, id)
        id = try world.delegate(signedBy: [cast.sam]) { $0.delegator = "sam@example.org" }
        try Self.expect(
            .delegationSignature, "\(try cast.sam.print()) may not sign delegations as sam@example.org", world, id)
        id = try world.delegate { $0.organisation = "other.org" }
        try Self.expect(.delegationSignature, "it is of organisation 'other.org'", world, id)
        id = try world.delegate { $0.parent = RecordID(of: []) }
        try Self.expect(.delegationChain, "its parent e3b0c44298fc is not in the authority", world, id)
        id = try world.delegate(signedBy: [cast.ada]) { $0.delegator = "ada@example.org" }
        try Self.expect(.delegationDelegator, "ada@example.org has no role as a delegator", world, id)
    }

    @Test func `a key that has expired`() throws {
        var world = try MemoryAuthority()
        world.people = world.people.replacing(
            "namespaces=\"git,remit-*\"", with: "namespaces=\"git,remit-*\",valid-before=\"20261120Z\"")
        try world.publish()
        let id = try world.delegate()
        try Self.expect(
            .delegationSignature, "\(try world.cast.dana.print()) may not sign delegations as dana@example.org", world,
            id)
    }

    /// A clause that goes beyond the role in one respect.
    struct Excess: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout TestDelegation.Grant) -> Void

        init(_ reason: String, _ change: @escaping @Sendable (inout TestDelegation.Grant) -> Void) {
            testDescription = reason
            self.change = change
        }
    }

    @Test(arguments: [
        Excess("the repository web") { $0.repository = "web" },
        Excess("the ref refs/heads/**") { $0.refs = ["refs/heads/agent/x/**", "refs/heads/**"] },
        Excess("the merge_into ref refs/heads/release/1") { $0.mergeInto = ["refs/heads/release/1"] },
        Excess("the path Docs/**") { $0.paths = ["Sources/**", "Docs/**"] },
        Excess("the operation file.delete") { $0.operations = ["file.modify", "ref.rewind", "file.delete"] },
        Excess("the environment production") { $0.environments = ["staging", "production"] },
    ])
    func `a role that is exceeded`(excess: Excess) throws {
        var world = try MemoryAuthority()
        // The second clause exceeds it: every one must lie within.
        let id = try world.delegate {
            var grant = TestDelegation.Grant()
            excess.change(&grant)
            $0.grants.append(grant)
        }
        let repository = excess.testDescription == "the repository web" ? "web" : "payments"
        try Self.expect(
            .delegationDelegator,
            "the grant for '\(repository)' exceeds the role of dana@example.org: \(excess.testDescription)",
            world,
            id)
    }

    @Test func `a life that is longer than the role's`() throws {
        var world = try MemoryAuthority()
        let id = try world.delegate { $0.mergeBy = MemoryAuthority.now.adding(seconds: 239 * 3600 + 1) }
        try Self.expect(
            .delegationDelegator,
            "the grant for 'payments' exceeds the role of dana@example.org: its life of 241 hours is longer than 240",
            world, id)
        let whole = try world.delegate { $0.mergeBy = MemoryAuthority.now.adding(seconds: 239 * 3600) }
        #expect(try Self.rejection(world, whole) == nil)
    }

    @Test func `a name is twelve or more lower-case digits that only one has`() throws {
        var world = try MemoryAuthority()
        let id = try world.delegate()
        let authority = try world.load()
        let whole = try authority.delegation(id)
        for name in [id.description, id.hex, String(id.hex.prefix(12)), "sha256:\(id.hex.prefix(20))"] {
            #expect(try authority.delegation(named: ByteString(name)) == whole, "\(name)")
        }
        for name in [
            String(id.hex.prefix(11)), id.hex.prefix(12).uppercased() + "A", "\(id.hex)0", "", "sha256:",
            "../../etc/pw",
            "\(id.hex.prefix(12))\u{0}", "SHA256:\(id.hex)",
        ] {
            #expect(try authority.delegation(named: ByteString(name)) == .unknown, "\(name)")
        }
        let last: Character = id.hex.last == "0" ? "1" : "0"
        let twin = "\(id.hex.dropLast())\(last)"
        world.source.files["delegations/\(id.hex.prefix(2))/\(twin).toml"] = [0x0A]
        let ambiguous = try world.load()
        #expect(try ambiguous.delegation(named: ByteString(id.hex.prefix(12))) == .unknown)
        #expect(try ambiguous.delegation(named: ByteString(id.hex)) == whole)
    }
}
