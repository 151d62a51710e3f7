import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// From the pinned root to the policy and the people: each link alone can be broken, and each is told.
@Suite struct TrustTests {
    static func few(_ path: String, _ count: Int, _ note: String = "") -> AuthorityError {
        AuthorityError(.untrusted, "'\(path)' is signed by \(count) of the 2 administrators needed\(note)")
    }

    @Test func `a whole authority is believed`() throws {
        let authority = try MemoryAuthority().load()
        #expect(authority.root.version == 1)
        #expect(authority.administrators == ["ada@example.org", "ben@example.org", "cem@example.org"])
        #expect(authority.policy.version == 1)
    }

    @Test func `the pin`() throws {
        var world = try MemoryAuthority()
        let other = RecordID(of: [1])
        #expect(
            world.fault(pinned: other)
                == AuthorityError(
                    .untrusted, "'roots/1.toml' has the digest \(world.pinned), but remit.root pins \(other)"))
        world.source.files["roots/1.toml"]?.append(UInt8(ascii: "\n"))
        #expect(world.fault()?.statement.hasSuffix("but remit.root pins \(world.pinned)") == true)
        world.source.files["roots/1.toml"] = nil
        #expect(world.fault() == AuthorityError(.untrusted, "'roots/1.toml' is missing from the authority"))
    }

    @Test func `persons count, not keys and not signatures`() throws {
        var world = try MemoryAuthority()
        let cast = world.cast
        try world.publish(signedBy: [cast.ben, cast.benAgain])
        #expect(world.fault() == Self.few("authority.toml", 1))
        try world.publish(signedBy: [cast.ada, cast.ada])
        #expect(world.fault() == Self.few("authority.toml", 1))
        try world.publish(signedBy: [cast.dana, cast.sam])
        #expect(world.fault() == Self.few("authority.toml", 0))
        try world.publish(signedBy: [cast.dana, cast.benAgain, cast.cem])
        #expect(world.fault() == nil)
    }

    @Test func `a successor is signed by the old administrators and by its own`() throws {
        var world = try MemoryAuthority()
        let cast = world.cast
        let next = [("eve@example.org", [cast.eve]), ("ada@example.org", [cast.ada])]
        try world.publish(signedBy: [cast.eve, cast.ada])
        #expect(world.fault() == Self.few("authority.toml", 1))
        try world.putRoot(2, next, signedBy: [cast.eve, cast.ada])
        #expect(world.fault() == Self.few("roots/2.toml", 1))
        try world.putRoot(2, next, signedBy: [cast.ada, cast.ben])
        #expect(world.fault() == Self.few("roots/2.toml", 1))
        try world.putRoot(2, next, signedBy: [cast.ada, cast.ben, cast.eve])
        #expect(world.fault() == nil)
        #expect(try world.load().administrators == ["eve@example.org", "ada@example.org"])
        // Who is no longer an administrator signs nothing any more.
        try world.publish(signedBy: [cast.ben, cast.cem])
        #expect(world.fault() == Self.few("authority.toml", 0))
    }

    @Test func `a successor keeps the organisation and has its own number`() throws {
        var world = try MemoryAuthority()
        let keys = [world.cast.ada, world.cast.ben]
        let same = MemoryAuthority.administrators(world.cast)
        try world.putRoot(2, same, organisation: "evil.org", signedBy: keys)
        #expect(world.fault() == AuthorityError(.untrusted, "'roots/2.toml' changes the organisation"))
        world.source.files["roots/2.toml"] = world.source.files["roots/1.toml"]
        #expect(world.fault() == AuthorityError(.untrusted, "'roots/2.toml' says version 1"))
    }

    @Test func `the policy's signatures are for the policy's bytes and purpose`() throws {
        var world = try MemoryAuthority()
        try world.publish(signedBy: [])
        #expect(world.fault() == Self.few("authority.toml", 0))
        let keys = [world.cast.ada, world.cast.ben]
        try world.publish(signedBy: keys, "remit-delegation")
        #expect(
            world.fault()
                == Self.few("authority.toml", 0, " (a signature is refused: signed in the namespace remit-delegation)"))
        try world.publish(signedBy: keys)
        world.source.files["authority.toml"]?.append(UInt8(ascii: "\n"))
        #expect(
            world.fault()
                == Self.few(
                    "authority.toml", 0, " (a signature is refused: signature does not fit the content and the key)"))
        world.source.files["authority.toml"] = nil
        #expect(world.fault() == AuthorityError(.untrusted, "'authority.toml' is missing from the authority"))
    }

    @Test func `another organisation's policy`() throws {
        var world = try MemoryAuthority()
        world.policy.organisation = "other.org"
        try world.publish()
        #expect(
            world.fault()
                == AuthorityError(
                    .untrusted, "'authority.toml' is of organisation 'other.org', the root of 'example.org'"))
    }

    @Test func `the people file is the one that the policy names`() throws {
        var world = try MemoryAuthority()
        let digest = RecordID(of: Array(world.people.utf8))
        world.source.files["people.allowed_signers"]?.append(UInt8(ascii: "\n"))
        #expect(
            world.fault()
                == AuthorityError(
                    .untrusted,
                    "'people.allowed_signers' is not the file that 'authority.toml' names (\(digest))"))
        world.people += "eve@example.org \(world.cast.eve.bare)\n"
        try world.publish()
        #expect(
            world.fault()
                == AuthorityError(.malformed, "'people.allowed_signers' line 4: no namespaces= option"))
    }
}
