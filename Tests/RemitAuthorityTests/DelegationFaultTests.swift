import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Delegations, what is handed on, and revocations, each spoilt in one respect, and what is said of it.
@Suite struct DelegationFaultTests {
    // MARK: - Delegation

    /// What is said of a delegation: the rule, and why.
    private static func rejection(_ world: MemoryAuthority, _ id: RecordID) throws -> String? {
        try DelegationLookupTests.rejection(world, id).map { "\($0.rule.rawValue): \($0.reason)" }
    }

    private static func delegate(
        in world: inout MemoryAuthority, signedBy keys: [SSHKey]? = nil, _ namespace: String = "remit-delegation",
        _ change: (inout TestDelegation) -> Void = { _ in }
    ) throws -> String? {
        let id = try world.delegate(signedBy: keys, in: namespace, change)
        return try rejection(world, id)
    }

    private static func expire(_ person: String, in world: inout MemoryAuthority) throws {
        let options = "\(person) namespaces=\"git,remit-*\""
        world.people = world.people.replacing(options, with: "\(options),valid-before=\"20261120Z\"")
        try world.publish()
    }

    private static let delegations = [
        RecordFault(
            "wrong namespace", "delegation.signature: its signature is bad: signed in the namespace remit-approval"
        ) { try delegate(in: &$0, "remit-approval") },
        RecordFault("wrong signer", "delegation.signature: <eve> may not sign delegations as dana@example.org") {
            try delegate(in: &$0, signedBy: [$0.cast.eve])
        },
        RecordFault("no signature", "delegation.signature: it has no signature") {
            try delegate(in: &$0, signedBy: [])
        },
        RecordFault("signer without that role", "delegation.delegator: piet@example.org has no role as a delegator") {
            try $0.employ()
            return try delegate(in: &$0, signedBy: [$0.cast.piet]) { $0.delegator = "piet@example.org" }
        },
        RecordFault("expired signer key", "delegation.signature: <dana> may not sign delegations as dana@example.org") {
            try expire("dana@example.org", in: &$0)
            return try delegate(in: &$0)
        },
        RecordFault("compromised signer key", "delegation.signature: <dana> was revoked: compromised: a test") {
            try $0.revoke($0.cast.dana)
            return try delegate(in: &$0)
        },
        RecordFault("signer key that was ended before", "delegation.signature: <dana> was revoked: ended: a test") {
            try $0.revoke($0.cast.dana, cause: "ended", issued: MemoryAuthority.now.adding(seconds: -3600))
            return try delegate(in: &$0)
        },
        RecordFault("replay in another organisation", "delegation.signature: it is of organisation 'other.org'") {
            try delegate(in: &$0) { $0.organisation = "other.org" }
        },
        RecordFault(
            "replay in another repository",
            "delegation.delegator: the grant for 'web' exceeds the role of dana@example.org: the repository web"
        ) { try delegate(in: &$0) { $0.grants[0].repository = "web" } },
    ]

    @Test(arguments: delegations) func `a delegation`(fault: RecordFault) throws { try fault.check() }

    /// What is said of a sub-delegation; `^` stands for the name of its parent.
    private static func handOn(
        in world: inout MemoryAuthority, signedBy keys: [SSHKey]? = nil, _ namespace: String = "remit-delegation",
        parent: (inout TestDelegation) -> Void = { _ in }, child: (inout TestDelegation) -> Void = { _ in },
        meanwhile: (inout MemoryAuthority, RecordID) throws -> Void = { _, _ in }
    ) throws -> String? {
        let root = try world.delegate {
            $0.hops = 1
            parent(&$0)
        }
        let child = try world.subdelegate(under: root, signedBy: keys, in: namespace, child)
        try meanwhile(&world, root)
        return try rejection(world, child)?.replacing(root.abbreviated, with: "^")
    }

    private static let handedOn = [
        RecordFault(
            "wrong namespace", "delegation.signature: its signature is bad: signed in the namespace git"
        ) { try handOn(in: &$0, "git") },
        RecordFault("no signature", "delegation.signature: it has no signature") { try handOn(in: &$0, signedBy: []) },
        RecordFault("wrong signer", "delegation.chain: <eve> is not a task key of its parent ^") {
            try handOn(in: &$0, signedBy: [$0.cast.eve])
        },
        RecordFault("a person, even the delegator", "delegation.chain: <dana> is not a task key of its parent ^") {
            try handOn(in: &$0, signedBy: [$0.cast.dana])
        },
        RecordFault("compromised signer key", "delegation.chain: <task> was revoked: compromised: a test") {
            try handOn(in: &$0, meanwhile: { world, _ in try world.revoke(world.cast.task) })
        },
        RecordFault("signer key that was ended before", "delegation.chain: <task> was revoked: ended: a test") {
            let before = MemoryAuthority.now.adding(seconds: -3600)
            return try handOn(
                in: &$0,
                meanwhile: { world, _ in try world.revoke(world.cast.task, cause: "ended", issued: before) })
        },
        RecordFault("unknown parent", "delegation.chain: its parent ^ is not in the authority") {
            try handOn(in: &$0, meanwhile: { world, parent in world.source.files[MemoryAuthority.path(parent)] = nil })
        },
        RecordFault(
            "parent with other bytes", "delegation.chain: its parent ^ is rejected: its bytes are not those of its name"
        ) {
            try handOn(
                in: &$0, meanwhile: { world, parent in world.source.files[MemoryAuthority.path(parent)] = [0x0A] })
        },
        RecordFault("parent that nobody signed", "delegation.chain: its parent ^ is rejected: it has no signature") {
            try handOn(
                in: &$0,
                meanwhile: { world, parent in world.source.files["\(MemoryAuthority.path(parent)).sig"] = nil })
        },
        RecordFault(
            "parent beyond its delegator's role",
            "delegation.chain: its parent ^ is rejected: the grant for 'payments' exceeds the role of "
                + "dana@example.org: the operation deploy"
        ) { try handOn(in: &$0, parent: { $0.grants[0].operations.append("deploy") }) },
        RecordFault(
            "parent for another agent that nobody registered",
            "delegation.chain: its parent ^ is for agent 'ghost', which is not registered"
        ) {
            try handOn(in: &$0, parent: { $0.agent = "ghost" })
        },
        RecordFault("too deep", "delegation.chain: its parent ^ allows no sub-delegation") {
            try handOn(in: &$0, parent: { $0.hops = 0 })
        },
        RecordFault("as many hops as its parent", "delegation.chain: it allows 1 further hops, its parent ^ only 0") {
            try handOn(in: &$0, child: { $0.hops = 1 })
        },
        RecordFault(
            "clock before its parent's",
            "delegation.chain: it is issued at 2026-11-20T10:00:00Z, its parent not before 2026-11-20T11:00:00Z"
        ) { try handOn(in: &$0, child: { $0.issuedAt = $0.issuedAt.adding(seconds: -3600) }) },
        RecordFault("replay in another organisation", "delegation.signature: it is of organisation 'other.org'") {
            try handOn(in: &$0, child: { $0.organisation = "other.org" })
        },
        RecordFault(
            "parent of another organisation",
            "delegation.chain: its parent ^ is rejected: it is of organisation 'other.org'"
        ) { try handOn(in: &$0, parent: { $0.organisation = "other.org" }) },
        RecordFault("replay in another repository", "delegation.chain: its repository web is outside its parent's") {
            try handOn(in: &$0, child: { $0.grants[0].repository = "web" })
        },
    ]

    @Test(arguments: handedOn) func `a sub-delegation`(fault: RecordFault) throws { try fault.check() }

    @Test func `a parent that is revoked between the grant and the use`() throws {
        var world = try MemoryAuthority()
        let root = try world.delegate { $0.hops = 1 }
        let child = try world.subdelegate(under: root)
        guard case .verified(let before) = try world.load().delegation(child) else {
            Issue.record("not verified")
            return
        }
        #expect(before.revocation == nil)
        try world.revoke("delegation = \"\(root)\"", at: "revocations/\(root.hex).toml")
        let revocation = try #require(try RevocationTests.stop(world, child))
        #expect(before.cause(of: revocation) == "ended: its parent \(root.abbreviated) was revoked: a test")
    }

    // MARK: - Revocation

    /// What is said of a revocation of a delegation; `^` stands for its path.
    private static func revoke(
        in world: inout MemoryAuthority, target: String? = nil, issuer: String = "dana@example.org",
        organisation: String = "example.org", signedBy keys: [SSHKey]? = nil, _ namespace: String = "remit-revocation"
    ) throws -> String? {
        let id = try world.delegate()
        let path = "revocations/\(id.hex).toml"
        try world.revoke(
            target ?? "delegation = \"\(id)\"", at: path, issuer: issuer, organisation: organisation, signedBy: keys,
            namespace)
        let authority = try world.load()
        return statement { () throws(AuthorityError) in _ = try authority.delegation(id) }?
            .replacing(path, with: "^")
    }

    private static let notEntitled = "'^' is not signed by someone who may revoke what it names"

    private static let revocations = [
        RecordFault("wrong namespace", notEntitled) { try revoke(in: &$0, "remit-delegation") },
        RecordFault("wrong signer", notEntitled) { try revoke(in: &$0, signedBy: [$0.cast.eve]) },
        RecordFault("no signature", notEntitled) { try revoke(in: &$0, signedBy: []) },
        RecordFault("signer without that role", notEntitled) {
            try $0.employ()
            return try revoke(in: &$0, issuer: "piet@example.org", signedBy: [$0.cast.piet])
        },
        RecordFault("signer key that had expired", notEntitled) {
            try $0.employ()
            try expire("olga@example.org", in: &$0)
            return try revoke(in: &$0, issuer: "olga@example.org", signedBy: [$0.cast.olga])
        },
        RecordFault("replay against another delegation", notEntitled) {
            try revoke(in: &$0, target: "delegation = \"\(RecordID(of: []))\"")
        },
        RecordFault("replay in another organisation", notEntitled) { try revoke(in: &$0, organisation: "other.org") },
    ]

    @Test(arguments: revocations) func `a revocation`(fault: RecordFault) throws { try fault.check() }
}
