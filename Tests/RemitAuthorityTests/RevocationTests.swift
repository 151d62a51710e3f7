import RemitAuthority
import RemitModel
import Testing

@Suite struct RevocationTests {
    static func cause(_ world: MemoryAuthority, _ id: RecordID) throws -> Revocation.Cause? {
        guard case .verified(let verified) = try world.load().delegation(id) else { return nil }
        return verified.revocation?.cause
    }

    @Test func `the gravest counts, wherever it lies`() throws {
        var world = try MemoryAuthority()
        let id = try world.delegate()
        let target = "delegation = \"\(id)\""
        let (plain, grave) = ("revocations/\(id.hex).toml", "revocations/compromised/\(id.hex).toml")
        try world.revoke(target, at: plain)
        #expect(try Self.cause(world, id) == .ended)
        try world.revoke(target, at: grave, cause: "compromised")
        #expect(try Self.cause(world, id) == .compromised)
        // The name of the file is not signed: an old end, copied there, must not hide the graver word.
        try world.revoke(target, at: plain, cause: "compromised")
        try world.revoke(target, at: grave)
        #expect(try Self.cause(world, id) == .compromised)
    }

    @Test func `one that is not to be believed stops everything`() throws {
        var world = try MemoryAuthority()
        let cast = world.cast
        let id = try world.delegate()
        let path = "revocations/\(id.hex).toml"
        let target = "delegation = \"\(id)\""
        let untrusted = "'\(path)' is not signed by someone who may revoke what it names"
        func fault() throws -> String? {
            let authority = try world.load()
            return statement { () throws(AuthorityError) in _ = try authority.delegation(id) }
        }
        try world.revoke(target, at: path, signedBy: [cast.eve])
        #expect(try fault() == untrusted)
        try world.revoke(target, at: path, signedBy: [])
        #expect(try fault() == untrusted)
        try world.revoke(target, at: path, issuer: "sam@example.org", signedBy: [cast.sam])
        #expect(try fault() == untrusted)
        try world.revoke(target, at: path, "git")
        #expect(try fault() == untrusted)
        try world.revoke("agent = \"claude-code\"", at: path)
        #expect(try fault() == untrusted)
        try world.revoke(target, at: path, organisation: "other.org")
        #expect(try fault() == untrusted)
        world.source.files[path] = [0x0A]
        #expect(try fault() == "'\(path)': key 'type': is missing")
        try world.revoke(target, at: path, issuer: "ada@example.org", signedBy: [cast.ada])
        #expect(try fault() == nil)
    }

    @Test func `an owner suspends an agent`() throws {
        var world = try MemoryAuthority()
        try world.revoke("agent = \"claude-code\"", at: "revocations/agent-claude-code/1.toml", cause: "compromised")
        #expect(try world.load().agent("claude-code").registered?.suspension?.cause == .compromised)
    }
}
