import RemitAuthority
import RemitModel
import RemitTestSupport
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

    /// The revocation that stops a delegation.
    static func stop(_ world: MemoryAuthority, _ id: RecordID) throws -> Revocation? {
        guard case .verified(let verified) = try world.load().delegation(id) else {
            Issue.record("not verified")
            return nil
        }
        return verified.revocation
    }

    @Test func `one that comes before its delegation waits for it`() throws {
        var world = try MemoryAuthority()
        let id = try world.delegate()
        let without = world.source.files.filter { !$0.key.hasPrefix("delegations/") && !$0.key.hasPrefix("keys/") }
        let delegation = world.source.files
        world.source.files = without
        try world.revoke("delegation = \"\(id)\"", at: "revocations/\(id.hex).toml")
        #expect(try world.load().delegation(id) == .unknown)
        world.source.files.merge(delegation) { current, _ in current }
        #expect(try Self.stop(world, id)?.cause == .ended)
    }

    @Test func `of two that are equally grave the earlier counts`() throws {
        var world = try MemoryAuthority()
        let id = try world.delegate()
        let target = "delegation = \"\(id)\""
        let earlier = MemoryAuthority.now.adding(seconds: -9)
        try world.revoke(target, at: "revocations/compromised/\(id.hex).toml")
        try world.revoke(target, at: "revocations/\(id.hex).toml", issued: earlier)
        #expect(try Self.stop(world, id)?.issuedAt == earlier)
    }

    @Test func `descendants fall with the parent, and not the parent with them`() throws {
        var world = try MemoryAuthority()
        let root = try world.delegate { $0.hops = 2 }
        let child = try world.subdelegate(under: root) { $0.hops = 1 }
        let print = try world.cast.task.fingerprint()
        let grandchild = try world.subdelegate(under: child, signedBy: [world.cast.subtask]) { $0.keys = [print] }
        try world.revoke("delegation = \"\(child)\"", at: "revocations/\(child.hex).toml")
        #expect(try Self.stop(world, root) == nil)
        #expect(try Self.stop(world, child)?.target == .delegation(child))
        #expect(try Self.stop(world, grandchild)?.target == .delegation(child))
        // The graver word above outweighs the end of one's own.
        try world.revoke("delegation = \"\(grandchild)\"", at: "revocations/\(grandchild.hex).toml")
        try world.revoke(
            "delegation = \"\(root)\"", at: "revocations/compromised/\(root.hex).toml", cause: "compromised")
        #expect(try Self.stop(world, grandchild)?.target == .delegation(root))
        #expect(try Self.stop(world, grandchild)?.cause == .compromised)
    }

    /// Who gives a revocation of a sub-delegation, and with which word.
    struct Issuer: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let id: String
        let cause: String
        let key: any KeyPath<Cast, SSHKey> & Sendable
        let isBelieved: Bool

        init(
            _ name: String, _ id: String, _ key: any KeyPath<Cast, SSHKey> & Sendable, cause: String = "ended",
            isBelieved: Bool
        ) {
            testDescription = name
            self.id = id
            self.cause = cause
            self.key = key
            self.isBelieved = isBelieved
        }
    }

    @Test(arguments: [
        Issuer("the delegator", "dana@example.org", \.dana, cause: "compromised", isBelieved: true),
        Issuer("an administrator", "ada@example.org", \.ada, cause: "compromised", isBelieved: true),
        Issuer("an administrator by a key of the root alone", "cem@example.org", \.cem, isBelieved: true),
        Issuer("an operator", "olga@example.org", \.olga, cause: "compromised", isBelieved: true),
        Issuer("a person without a role", "piet@example.org", \.piet, isBelieved: false),
        Issuer("a stranger", "eve@example.org", \.eve, isBelieved: false),
        Issuer("the holder of its task key", "codex", \.subtask, isBelieved: true),
        Issuer("the holder of its parent's task key", "claude-code", \.task, isBelieved: true),
        Issuer("its task key under the parent's name", "claude-code", \.subtask, isBelieved: false),
        Issuer("its task key under the delegator's name", "dana@example.org", \.subtask, isBelieved: false),
        Issuer("its task key with a graver word", "codex", \.subtask, cause: "compromised", isBelieved: false),
        Issuer("its task key with another word", "codex", \.subtask, cause: "superseded", isBelieved: false),
        Issuer("the delegator by another's key", "dana@example.org", \.olga, isBelieved: false),
    ])
    func `who may revoke`(issuer: Issuer) throws {
        var world = try MemoryAuthority()
        try world.employ()
        let root = try world.delegate { $0.hops = 1 }
        let child = try world.subdelegate(under: root) { $0.agent = "codex" }
        let path = "revocations/\(child.hex).toml"
        try world.revoke(
            "delegation = \"\(child)\"", at: path, cause: issuer.cause, issuer: issuer.id,
            signedBy: [world.cast[keyPath: issuer.key]])
        if issuer.isBelieved {
            #expect(try Self.stop(world, child)?.issuer == issuer.id)
        } else {
            let authority = try world.load()
            let fault = statement { () throws(AuthorityError) in _ = try authority.delegation(child) }
            #expect(fault == "'\(path)' is not signed by someone who may revoke what it names")
        }
    }

    @Test func `a revocation holds whatever becomes of the key that signed it`() throws {
        var world = try MemoryAuthority()
        let id = try world.delegate()
        try world.revoke("delegation = \"\(id)\"", at: "revocations/\(id.hex).toml", signedBy: [world.cast.dana])
        let dana = try world.cast.dana.print()
        // Dana's key takes itself back: with it goes what she delegated, but not what she took back.
        try world.revoke("key = \"\(dana)\"", at: "revocations/key-\(dana.hex).toml", issued: MemoryAuthority.now)
        #expect(try Self.stop(world, id)?.cause == .ended)
        world.people = world.people.replacing(
            "namespaces=\"git,remit-*\"", with: "namespaces=\"git,remit-*\",valid-before=\"20261121Z\"")
        try world.publish()
        let later = try world.load(at: MemoryAuthority.now.adding(seconds: 2 * 86_400))
        #expect(statement { () throws(AuthorityError) in _ = try later.delegation(id) } == nil)
    }
}
