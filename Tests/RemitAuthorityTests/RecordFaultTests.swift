import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Root, policy, people, agents and baselines, each spoilt in one respect, and what is said of it.
@Suite struct RecordFaultTests {
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
        RecordFault(
            "wrong namespace",
            "'roots/1.toml' \(none) (a signature is refused: signed in the namespace remit-authority)"
        ) { try root(&$0, signedBy: [$0.cast.ada, $0.cast.ben], "remit-authority") },
        RecordFault("wrong signer", "'roots/1.toml' \(few)") { try root(&$0, signedBy: [$0.cast.ada, $0.cast.eve]) },
        RecordFault("signer without that role", "'roots/1.toml' \(few)") {
            try root(&$0, signedBy: [$0.cast.ada, $0.cast.dana])
        },
        RecordFault("the same key twice", "'roots/1.toml' \(few)") {
            try root(&$0, signedBy: [$0.cast.ada, $0.cast.ada])
        },
        RecordFault("two keys of one person", "'roots/1.toml' \(few)") {
            try root(&$0, signedBy: [$0.cast.ben, $0.cast.benAgain])
        },
        RecordFault(
            "one key for two persons", "'roots/1.toml': key 'administrator': names a person or a key twice"
        ) {
            try root(
                &$0, signedBy: [$0.cast.ada],
                of: [("ada@example.org", [$0.cast.ada]), ("ben@example.org", [$0.cast.ada])])
        },
        RecordFault(
            "threshold 0", "'roots/1.toml' line 4: key 'threshold': must be a whole number from 1 to 3"
        ) { try root(&$0, threshold: 0, signedBy: []) },
        RecordFault(
            "threshold that nobody can reach",
            "'roots/1.toml' line 4: key 'threshold': must be a whole number from 1 to 3"
        ) { try root(&$0, threshold: 4, signedBy: []) },
        RecordFault("replay in another organisation", "'roots/2.toml' changes the organisation") {
            try $0.putRoot(
                2, MemoryAuthority.administrators($0.cast), organisation: "other.org",
                signedBy: [$0.cast.ada, $0.cast.ben])
            return $0.fault()?.statement
        },
    ]

    @Test(arguments: roots) func `a root`(fault: RecordFault) throws { try fault.check() }

    private static func policy(
        _ world: inout MemoryAuthority, signedBy keys: [SSHKey]? = nil, _ namespace: String = "remit-authority"
    ) throws -> String? {
        try world.publish(signedBy: keys, namespace)
        return world.fault()?.statement
    }

    private static let policies = [
        RecordFault(
            "wrong namespace", "'authority.toml' \(none) (a signature is refused: signed in the namespace remit-root)"
        ) { try policy(&$0, signedBy: [$0.cast.ada, $0.cast.ben], "remit-root") },
        RecordFault("wrong signer", "'authority.toml' \(few)") {
            try policy(&$0, signedBy: [$0.cast.ada, $0.cast.eve])
        },
        RecordFault("signer without that role", "'authority.toml' \(few)") {
            try policy(&$0, signedBy: [$0.cast.ada, $0.cast.dana])
        },
        RecordFault("the same key twice", "'authority.toml' \(few)") {
            try policy(&$0, signedBy: [$0.cast.ada, $0.cast.ada])
        },
        RecordFault("two keys of one person", "'authority.toml' \(few)") {
            try policy(&$0, signedBy: [$0.cast.ben, $0.cast.benAgain])
        },
        RecordFault(
            "replay in another organisation",
            "'authority.toml' is of organisation 'other.org', the root of 'example.org'"
        ) {
            $0.policy.organisation = "other.org"
            return try policy(&$0)
        },
        RecordFault(
            "people of another policy", "'people.allowed_signers' is not the file that 'authority.toml' names (#)"
        ) {
            let named = RecordID(of: Array($0.people.utf8)).description
            $0.people += "eve@example.org namespaces=\"remit-*\" \($0.cast.eve.bare)\n"
            $0.source.files[MemoryAuthority.peoplePath] = Array($0.people.utf8)
            return $0.fault()?.statement.replacing(named, with: "#")
        },
        RecordFault("a key for any purpose", "'people.allowed_signers' line 4: no namespaces= option") {
            $0.people += "eve@example.org \($0.cast.eve.bare)\n"
            return try policy(&$0)
        },
        RecordFault(
            "one key for two persons",
            "'people.allowed_signers' line 4: gives the key of dana@example.org to sam@example.org too"
        ) {
            $0.people += "sam@example.org namespaces=\"remit-*\" \($0.cast.dana.bare)\n"
            return try policy(&$0)
        },
    ]

    @Test(arguments: policies) func `a policy, and its people`(fault: RecordFault) throws { try fault.check() }

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
        RecordFault("wrong namespace", unsigned) { try agent(&$0, signedBy: [$0.cast.ada], "remit-delegation") },
        RecordFault("wrong signer", unsigned) { try agent(&$0, signedBy: [$0.cast.eve]) },
        RecordFault("signer without that role", unsigned) { try agent(&$0, signedBy: [$0.cast.dana]) },
        RecordFault("compromised signer key", unsigned) {
            try $0.revoke($0.cast.ada)
            return try agent(&$0)
        },
        RecordFault(
            "replay in another organisation",
            "'agents/claude-code.toml' is the record of another agent or organisation"
        ) { try agent(&$0, organisation: "other.org") },
    ]

    @Test(arguments: agents) func `an agent`(fault: RecordFault) throws { try fault.check() }

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
        RecordFault("wrong namespace", notNamed) { try baseline(&$0, signedBy: [$0.cast.ada], "remit-authority") },
        RecordFault("wrong signer", notNamed) { try baseline(&$0, signedBy: [$0.cast.ben]) },
        RecordFault("signer without that role", notNamed) {
            try baseline(&$0, issuer: "dana@example.org", signedBy: [$0.cast.dana])
        },
        RecordFault("signer key that was ended before", notNamed) {
            try $0.revoke($0.cast.ada, cause: "ended")
            return try baseline(&$0)
        },
        RecordFault("replay in another organisation", notNamed) { try baseline(&$0, organisation: "other.org") },
        RecordFault("replay in another repository", notNamed) { try baseline(&$0, repository: "web") },
    ]

    @Test(arguments: baselines) func `a baseline`(fault: RecordFault) throws { try fault.check() }
}
