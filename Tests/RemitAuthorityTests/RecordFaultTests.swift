import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Every kind of record that the authority reads, spoilt in one respect, and what is said of it.
@Suite struct RecordFaultTests {
    /// One record with one fault.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What must be said; `<dana>` stands for the fingerprint of the key of that name.
        let said: String
        /// Spoils an authority, and asks it about the record.
        let ask: @Sendable (inout MemoryAuthority) throws -> String?

        init(_ name: String, _ said: String, _ ask: @escaping @Sendable (inout MemoryAuthority) throws -> String?) {
            testDescription = name
            self.said = said
            self.ask = ask
        }
    }

    private func expect(_ fault: Fault) throws {
        var world = try MemoryAuthority()
        let said = try fault.ask(&world)
        var expected = fault.said
        let cast = world.cast
        for (name, key) in [("dana", cast.dana), ("piet", cast.piet), ("task", cast.task), ("eve", cast.eve)] {
            expected = expected.replacing("<\(name)>", with: try key.print().description)
        }
        #expect(said == expected)
    }

    // MARK: - Root, policy and people

    private static let few = "is signed by 1 of the 2 administrators needed"
    private static let none = "is signed by 0 of the 2 administrators needed"

    private static func root(
        _ world: inout MemoryAuthority, threshold: Int = 2, signedBy keys: [SSHKey], _ namespace: String = "remit-root",
        of administrators: [(id: String, keys: [SSHKey])]? = nil
    ) throws -> String? {
        try world.putRoot(
            1, administrators ?? MemoryAuthority.administrators(world.cast), threshold: threshold, signedBy: keys,
            namespace)
        return world.fault(pinned: RecordID(of: world.source.files["roots/1.toml"] ?? []))?.statement
    }

    private static let roots = [
        Fault(
            "wrong namespace",
            "'roots/1.toml' \(none) (a signature is refused: signed in the namespace remit-authority)"
        ) { try root(&$0, signedBy: [$0.cast.ada, $0.cast.ben], "remit-authority") },
        Fault("wrong signer", "'roots/1.toml' \(few)") { try root(&$0, signedBy: [$0.cast.ada, $0.cast.eve]) },
        Fault("signer without that role", "'roots/1.toml' \(few)") {
            try root(&$0, signedBy: [$0.cast.ada, $0.cast.dana])
        },
        Fault("the same key twice", "'roots/1.toml' \(few)") { try root(&$0, signedBy: [$0.cast.ada, $0.cast.ada]) },
        Fault("two keys of one person", "'roots/1.toml' \(few)") {
            try root(&$0, signedBy: [$0.cast.ben, $0.cast.benAgain])
        },
        Fault(
            "one key for two persons", "'roots/1.toml': key 'administrator': names a person or a key twice"
        ) {
            try root(
                &$0, signedBy: [$0.cast.ada], of: [("ada@example.org", [$0.cast.ada]), ("ben@example.org", [$0.cast.ada])])
        },
        Fault(
            "threshold 0", "'roots/1.toml' line 4: key 'threshold': must be a whole number from 1 to 3"
        ) { try root(&$0, threshold: 0, signedBy: []) },
        Fault(
            "threshold that nobody can reach",
            "'roots/1.toml' line 4: key 'threshold': must be a whole number from 1 to 3"
        ) { try root(&$0, threshold: 4, signedBy: []) },
        Fault("replay in another organisation", "'roots/2.toml' changes the organisation") {
            try $0.putRoot(
                2, MemoryAuthority.administrators($0.cast), organisation: "other.org",
                signedBy: [$0.cast.ada, $0.cast.ben])
            return $0.fault()?.statement
        },
    ]

    @Test(arguments: roots) func `a root`(fault: Fault) throws { try expect(fault) }

    private static func policy(
        _ world: inout MemoryAuthority, signedBy keys: [SSHKey]? = nil, _ namespace: String = "remit-authority"
    ) throws -> String? {
        try world.publish(signedBy: keys, namespace)
        return world.fault()?.statement
    }

    private static let policies = [
        Fault(
            "wrong namespace", "'authority.toml' \(none) (a signature is refused: signed in the namespace remit-root)"
        ) { try policy(&$0, signedBy: [$0.cast.ada, $0.cast.ben], "remit-root") },
        Fault("wrong signer", "'authority.toml' \(few)") { try policy(&$0, signedBy: [$0.cast.ada, $0.cast.eve]) },
        Fault("signer without that role", "'authority.toml' \(few)") {
            try policy(&$0, signedBy: [$0.cast.ada, $0.cast.dana])
        },
        Fault("the same key twice", "'authority.toml' \(few)") { try policy(&$0, signedBy: [$0.cast.ada, $0.cast.ada]) },
        Fault("two keys of one person", "'authority.toml' \(few)") {
            try policy(&$0, signedBy: [$0.cast.ben, $0.cast.benAgain])
        },
        Fault(
            "replay in another organisation",
            "'authority.toml' is of organisation 'other.org', the root of 'example.org'"
        ) {
            $0.policy.organisation = "other.org"
            return try policy(&$0)
        },
        Fault("people of another policy", "'people.allowed_signers' is not the file that 'authority.toml' names (#)") {
            let named = RecordID(of: Array($0.people.utf8)).description
            $0.people += "eve@example.org namespaces=\"remit-*\" \($0.cast.eve.bare)\n"
            $0.source.files[MemoryAuthority.peoplePath] = Array($0.people.utf8)
            return $0.fault()?.statement.replacing(named, with: "#")
        },
        Fault("a key for any purpose", "'people.allowed_signers' line 4: no namespaces= option") {
            $0.people += "eve@example.org \($0.cast.eve.bare)\n"
            return try policy(&$0)
        },
        Fault(
            "one key for two persons",
            "'people.allowed_signers' line 4: gives the key of dana@example.org to sam@example.org too"
        ) {
            $0.people += "sam@example.org namespaces=\"remit-*\" \($0.cast.dana.bare)\n"
            return try policy(&$0)
        },
    ]

    @Test(arguments: policies) func `a policy, and its people`(fault: Fault) throws { try expect(fault) }

    // MARK: - Agent and baseline

    private static let unsigned = "'agents/claude-code.toml' is not signed by an administrator"

    private static func agent(
        _ world: inout MemoryAuthority, signedBy keys: [SSHKey]? = nil, _ namespace: String = "remit-authority",
        organisation: String = "example.org"
    ) throws -> String? {
        var agent = TestAgent("claude-code", reviewBy: MemoryAuthority.now)
        agent.organisation = organisation
        try world.put(agent.text, at: "agents/claude-code.toml", signedBy: keys ?? [world.cast.ada], namespace)
        guard case .rejected(_, let reason) = try world.load().agent("claude-code") else { return nil }
        return reason
    }

    private static let agents = [
        Fault("wrong namespace", unsigned) { try agent(&$0, signedBy: [$0.cast.ada], "remit-delegation") },
        Fault("wrong signer", unsigned) { try agent(&$0, signedBy: [$0.cast.eve]) },
        Fault("signer without that role", unsigned) { try agent(&$0, signedBy: [$0.cast.dana]) },
        Fault("compromised signer key", unsigned) {
            try revokeKey($0.cast.ada, in: &$0)
            return try agent(&$0)
        },
        Fault(
            "replay in another organisation",
            "'agents/claude-code.toml' is the record of another agent or organisation"
        ) { try agent(&$0, organisation: "other.org") },
    ]

    @Test(arguments: agents) func `an agent`(fault: Fault) throws { try expect(fault) }

    private static let notNamed =
        "'exceptions/baseline-payments.toml' is not signed by the administrator whom it names"

    private static func baseline(
        _ world: inout MemoryAuthority, issuer: String = "ada@example.org", repository: String = "payments",
        organisation: String = "example.org", signedBy keys: [SSHKey]? = nil, _ namespace: String = "remit-exception"
    ) throws -> String? {
        let text = """
            type = "baseline/v1"
            organisation = "\(organisation)"
            repository = "\(repository)"
            commits = ["\(String(repeating: "ab", count: 20))"]
            reason = "from before"
            issued_at = \(MemoryAuthority.now)
            issuer = "\(issuer)"

            """
        let path = "exceptions/baseline-payments.toml"
        try world.put(text, at: path, signedBy: keys ?? [world.cast.ada], namespace)
        let authority = try world.load()
        return statement { () throws(AuthorityError) in _ = try authority.baseline(of: "payments") }
    }

    private static let baselines = [
        Fault("wrong namespace", notNamed) { try baseline(&$0, signedBy: [$0.cast.ada], "remit-authority") },
        Fault("wrong signer", notNamed) { try baseline(&$0, signedBy: [$0.cast.ben]) },
        Fault("signer without that role", notNamed) {
            try baseline(&$0, issuer: "dana@example.org", signedBy: [$0.cast.dana])
        },
        Fault("signer key that was ended before", notNamed) {
            try revokeKey($0.cast.ada, in: &$0, cause: "ended")
            return try baseline(&$0)
        },
        Fault("replay in another organisation", notNamed) { try baseline(&$0, organisation: "other.org") },
        Fault("replay in another repository", notNamed) { try baseline(&$0, repository: "web") },
    ]

    @Test(arguments: baselines) func `a baseline`(fault: Fault) throws { try expect(fault) }

    // MARK: - Delegation

    /// What is said of a delegation: the rule, and why.
    private static func rejection(_ world: MemoryAuthority, _ id: RecordID) throws -> String? {
        try DelegationLookupTests.rejection(world, id).map { "\($0.rule.rawValue): \($0.reason)" }
    }

    /// Takes a person's key back, by Ben.
    private static func revokeKey(
        _ key: SSHKey, in world: inout MemoryAuthority, cause: String = "compromised",
        issued: Instant = MemoryAuthority.now
    ) throws {
        let print = try key.print()
        try world.revoke(
            "key = \"\(print)\"", at: "revocations/key-\(print.hex).toml", cause: cause, issuer: "ben@example.org",
            issued: issued, signedBy: [world.cast.ben])
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
        Fault(
            "wrong namespace", "delegation.signature: its signature is bad: signed in the namespace remit-approval"
        ) { try delegate(in: &$0, "remit-approval") },
        Fault("wrong signer", "delegation.signature: <eve> may not sign delegations as dana@example.org") {
            try delegate(in: &$0, signedBy: [$0.cast.eve])
        },
        Fault("no signature", "delegation.signature: it has no signature") {
            try delegate(in: &$0, signedBy: [])
        },
        Fault("signer without that role", "delegation.delegator: piet@example.org has no role as a delegator") {
            try $0.employ()
            return try delegate(in: &$0, signedBy: [$0.cast.piet]) { $0.delegator = "piet@example.org" }
        },
        Fault("expired signer key", "delegation.signature: <dana> may not sign delegations as dana@example.org") {
            try expire("dana@example.org", in: &$0)
            return try delegate(in: &$0)
        },
        Fault("compromised signer key", "delegation.signature: <dana> was revoked: compromised: a test") {
            try revokeKey($0.cast.dana, in: &$0)
            return try delegate(in: &$0)
        },
        Fault("signer key that was ended before", "delegation.signature: <dana> was revoked: ended: a test") {
            try revokeKey($0.cast.dana, in: &$0, cause: "ended", issued: MemoryAuthority.now.adding(seconds: -3600))
            return try delegate(in: &$0)
        },
        Fault("replay in another organisation", "delegation.signature: it is of organisation 'other.org'") {
            try delegate(in: &$0) { $0.organisation = "other.org" }
        },
        Fault(
            "replay in another repository",
            "delegation.delegator: the grant for 'web' exceeds the role of dana@example.org: the repository web"
        ) { try delegate(in: &$0) { $0.grants[0].repository = "web" } },
    ]

    @Test(arguments: delegations) func `a delegation`(fault: Fault) throws { try expect(fault) }

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
        Fault(
            "wrong namespace", "delegation.signature: its signature is bad: signed in the namespace git"
        ) { try handOn(in: &$0, "git") },
        Fault("no signature", "delegation.signature: it has no signature") { try handOn(in: &$0, signedBy: []) },
        Fault("wrong signer", "delegation.chain: <eve> is not a task key of its parent ^") {
            try handOn(in: &$0, signedBy: [$0.cast.eve])
        },
        Fault("a person, even the delegator", "delegation.chain: <dana> is not a task key of its parent ^") {
            try handOn(in: &$0, signedBy: [$0.cast.dana])
        },
        Fault("compromised signer key", "delegation.chain: <task> was revoked: compromised: a test") {
            try handOn(in: &$0, meanwhile: { world, _ in try revokeKey(world.cast.task, in: &world) })
        },
        Fault("signer key that was ended before", "delegation.chain: <task> was revoked: ended: a test") {
            let before = MemoryAuthority.now.adding(seconds: -3600)
            return try handOn(
                in: &$0,
                meanwhile: { world, _ in try revokeKey(world.cast.task, in: &world, cause: "ended", issued: before) })
        },
        Fault("unknown parent", "delegation.chain: its parent ^ is not in the authority") {
            try handOn(in: &$0, meanwhile: { world, parent in world.source.files[MemoryAuthority.path(parent)] = nil })
        },
        Fault("parent with other bytes", "delegation.chain: its parent ^ is rejected: its bytes are not those of its name") {
            try handOn(in: &$0, meanwhile: { world, parent in world.source.files[MemoryAuthority.path(parent)] = [0x0A] })
        },
        Fault("parent that nobody signed", "delegation.chain: its parent ^ is rejected: it has no signature") {
            try handOn(
                in: &$0,
                meanwhile: { world, parent in world.source.files["\(MemoryAuthority.path(parent)).sig"] = nil })
        },
        Fault(
            "parent beyond its delegator's role",
            "delegation.chain: its parent ^ is rejected: the grant for 'payments' exceeds the role of "
                + "dana@example.org: the operation deploy"
        ) { try handOn(in: &$0, parent: { $0.grants[0].operations.append("deploy") }) },
        Fault("parent for another agent that nobody registered", "delegation.chain: its parent ^ is for agent 'ghost', which is not registered") {
            try handOn(in: &$0, parent: { $0.agent = "ghost" })
        },
        Fault("too deep", "delegation.chain: its parent ^ allows no sub-delegation") {
            try handOn(in: &$0, parent: { $0.hops = 0 })
        },
        Fault("as many hops as its parent", "delegation.chain: it allows 1 further hops, its parent ^ only 0") {
            try handOn(in: &$0, child: { $0.hops = 1 })
        },
        Fault(
            "clock before its parent's",
            "delegation.chain: it is issued at 2026-11-20T10:00:00Z, its parent not before 2026-11-20T11:00:00Z"
        ) { try handOn(in: &$0, child: { $0.issuedAt = $0.issuedAt.adding(seconds: -3600) }) },
        Fault("replay in another organisation", "delegation.signature: it is of organisation 'other.org'") {
            try handOn(in: &$0, child: { $0.organisation = "other.org" })
        },
        Fault(
            "parent of another organisation", "delegation.chain: its parent ^ is rejected: it is of organisation 'other.org'"
        ) { try handOn(in: &$0, parent: { $0.organisation = "other.org" }) },
        Fault("replay in another repository", "delegation.chain: its repository web is outside its parent's") {
            try handOn(in: &$0, child: { $0.grants[0].repository = "web" })
        },
    ]

    @Test(arguments: handedOn) func `a sub-delegation`(fault: Fault) throws { try expect(fault) }

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
        Fault("wrong namespace", notEntitled) { try revoke(in: &$0, "remit-delegation") },
        Fault("wrong signer", notEntitled) { try revoke(in: &$0, signedBy: [$0.cast.eve]) },
        Fault("no signature", notEntitled) { try revoke(in: &$0, signedBy: []) },
        Fault("signer without that role", notEntitled) {
            try $0.employ()
            return try revoke(in: &$0, issuer: "piet@example.org", signedBy: [$0.cast.piet])
        },
        Fault("signer key that had expired", notEntitled) {
            try $0.employ()
            try expire("olga@example.org", in: &$0)
            return try revoke(in: &$0, issuer: "olga@example.org", signedBy: [$0.cast.olga])
        },
        Fault("replay against another delegation", notEntitled) {
            try revoke(in: &$0, target: "delegation = \"\(RecordID(of: []))\"")
        },
        Fault("replay in another organisation", notEntitled) { try revoke(in: &$0, organisation: "other.org") },
    ]

    @Test(arguments: revocations) func `a revocation`(fault: Fault) throws { try expect(fault) }
}
