import RemitFormats
package import RemitModel
import RemitSignatures

/// Who may vouch for what, read from one commit of the authority and verified from the pinned root downwards.
///
/// Records are looked up by id and remembered for the life of one decision; nothing is ever listed but the few
/// delegations that share two hexadecimal digits, when a commit names one by a prefix, and the inventory where the policy
/// wants a mark that nobody's id is only told of.
package final class Authority {
    package let root: Root
    package let policy: Policy
    /// The digest of `authority.toml`; the same version must always have the same.
    package let policyID: RecordID
    package let commit: ObjectID
    /// The organisation's own marks; `nil` where its policy names none.
    package let marks: OwnMarks?

    let source: any RecordSource
    let now: Instant
    let people: AllowedSigners
    var delegations: [RecordID: DelegationLookup] = [:]
    var names: [ByteString: DelegationLookup] = [:]
    var agents: [String: AgentStanding] = [:]
    /// The ids of agents by the marks that their records list; read only once something asks for it.
    var agentsByMark: [String: [String]]?
    var holders: [KeyFingerprint: KeyHolder] = [:]
    var identities: [AgentIdentity: String?] = [:]
    /// Agents by their id, and what was ever given to suspend them; `nil` stands for every agent.
    var suspensions: [String?: [Revocation]] = [:]
    var keyRevocations: [KeyUse: Revocation?] = [:]
    lazy var personKeys: [KeyFingerprint: [AllowedSigner]] = Dictionary(
        grouping: people.signers, by: { KeyFingerprint(of: $0.key) })

    /// Reads and verifies root, policy, people and marks.
    ///
    /// Everything else is verified when it is asked for.
    ///
    /// - Parameters:
    ///   - pinned: the digest of `roots/1.toml`, from `remit.root`.
    ///   - now: the server's time; keys and roles are valid or not at this moment.
    package init(_ source: any RecordSource, pinned: RecordID, at now: Instant) throws(AuthorityError) {
        self.source = source
        self.now = now
        commit = source.commit
        root = try RootChain.verify(source, pinned: pinned)
        guard let record = try SignedRecord(at: AuthorityLayout.policy, from: source) else {
            throw AuthorityError(.untrusted, "'\(AuthorityLayout.policy)' is missing from the authority")
        }
        try root.requireThreshold(of: record, in: .authority)
        do throws(RecordError) {
            policy = try Policy(record: record.bytes, file: record.path)
        } catch {
            throw AuthorityError(.malformed, error.statement)
        }
        policyID = record.id
        guard policy.organisation == root.organisation else {
            throw AuthorityError(
                .untrusted,
                "'\(record.path)' is of organisation '\(policy.organisation)', the root of '\(root.organisation)'")
        }
        people = try Self.people(of: policy, from: source)
        marks = try Self.marks(of: policy, from: source)
    }

    private static func people(
        of policy: Policy, from source: any RecordSource
    ) throws(AuthorityError) -> AllowedSigners {
        let path = AuthorityLayout.people
        guard let bytes = try source.bytes(at: path, limit: AllowedSigners.maximumByteCount) else {
            throw AuthorityError(.untrusted, "'\(path)' is missing from the authority")
        }
        guard RecordID(of: bytes) == policy.people else {
            throw AuthorityError(
                .untrusted,
                "'\(path)' is not the file that '\(AuthorityLayout.policy)' names (\(policy.people))")
        }
        let people: AllowedSigners
        do throws(AllowedSignersError) {
            people = try AllowedSigners(bytes)
        } catch {
            let line = error.line.map { " line \($0)" } ?? ""
            throw AuthorityError(.malformed, "'\(path)'\(line): \(error.reason)")
        }
        try requireOneHolderForEachKey(of: people, in: policy)
        return people
    }

    /// Refuses a key that is given to two persons: whoever signed with it, both would have.
    private static func requireOneHolderForEachKey(
        of people: AllowedSigners, in policy: Policy
    ) throws(AuthorityError) {
        let ids = policy.persons.map(\.id)
        let known = Set(ids)
        var holders: [SSHPublicKey: String] = [:]
        for line in people.signers {
            let named =
                line.principals.soleName.map { known.contains($0) ? [$0] : [] } ?? ids.filter(line.principals.matches)
            for person in named {
                let holder = holders[line.key, default: person]
                guard holder == person else {
                    throw AuthorityError(
                        .malformed,
                        "'\(AuthorityLayout.people)' line \(line.line): gives the key of \(holder) to \(person) too")
                }
                holders[line.key] = person
            }
        }
    }

    package var administrators: [String] { root.administrators.map(\.id) }
}
