import RemitAuthority
import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

/// Records signed by other programs than Remit, with every type of key that the people file can list.
@Suite struct InteroperationTests {
    /// An authority in which Dana has one other key.
    static func world(danasKey line: String) throws -> MemoryAuthority {
        var world = try MemoryAuthority()
        world.people = "dana@example.org namespaces=\"git,remit-*\" \(line)\n"
        try world.publish()
        return world
    }

    static let kinds: [(type: String, bits: Int?)] = [
        ("ed25519", nil), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 3072),
    ]

    @Test(arguments: kinds.indices)
    func `ssh-keygen signs a delegation with each type of key`(index: Int) throws {
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "id", type: Self.kinds[index].type, bits: Self.kinds[index].bits, in: directory)
        var world = try Self.world(danasKey: key.bare)
        let id = try world.delegate(signedBy: [key])
        #expect(try DelegationLookupTests.rejection(world, id) == nil)
    }

    @Test(arguments: [SSHKeyType.securityKeyEd25519, .securityKeyECDSA])
    func `a security key signs a delegation, where somebody touches it`(type: SSHKeyType) throws {
        let key = try SoftSecurityKey(type)
        var world = try Self.world(danasKey: key.publicKey.line)
        let id = try world.delegate(signedBy: [])
        let path = MemoryAuthority.path(id)
        let record = try #require(world.source.files[path])
        for (flags, reason) in [
            (SoftSecurityKey.present, nil), (0, "its signature is bad: security key was not touched"),
        ] {
            world.source.files["\(path).sig"] = try key.sign(record, namespace: "remit-delegation", flags: flags)
            #expect(try DelegationLookupTests.rejection(world, id)?.reason == reason)
        }
    }

    @Test func `a certificate never makes a person`() throws {
        let cast = try Cast.shared.get()
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "id", in: directory)
        try cast.dana.certify(key, principals: ["dana@example.org"])
        var world = try MemoryAuthority()
        var id = try world.delegate(signedBy: [key.certified])
        let refusal = "its signature is bad: a certificate cannot sign a record, only the key itself"
        try DelegationLookupTests.expect(.delegationSignature, refusal, world, id)
        // Not even where the people file lists the key that it is for.
        world = try Self.world(danasKey: key.bare)
        id = try world.delegate(signedBy: [key.certified])
        try DelegationLookupTests.expect(.delegationSignature, refusal, world, id)
        #expect(try world.load().holder(of: key.print()) == .person("dana@example.org"))
        // An authority of certificates is no line for a person.
        world.people = "dana@example.org cert-authority,namespaces=\"git\" \(cast.dana.bare)\n"
        try world.publish()
        #expect(world.fault()?.statement == "'people.allowed_signers' line 1: cert-authority is not supported")
    }

    @Test func `certificates alone are enough for a delegation`() throws {
        var world = try MemoryAuthority()
        let authority = try world.cast.eve.print()
        let id = try world.delegate {
            $0.keys = []
            $0.certificateAuthorities = [authority.description]
        }
        guard case .verified(let verified) = try world.load().delegation(id) else {
            Issue.record("not verified")
            return
        }
        #expect(verified.delegation.keys.isEmpty && verified.delegation.certificateAuthorities == [authority])
    }
}
