import RemitFormats
package import RemitModel
import RemitSignatures

/// Who may vouch for what, read from one commit of the authority and verified from the pinned root downwards.
///
/// Records are looked up by id and remembered for the life of one decision; nothing is ever listed but the few
/// delegations that share two hexadecimal digits, when a commit names one by a prefix.
package final class Authority {
    package let root: Root
    package let policy: Policy
    /// The digest of `authority.toml`; the same version must always have the same.
    package let policyID: RecordID
    package let commit: ObjectID

    let source: any RecordSource
    let now: Instant
    let people: AllowedSigners
    var delegations: [RecordID: DelegationLookup] = [:]
    var names: [ByteString: DelegationLookup] = [:]
    var agents: [String: AgentStanding] = [:]
    var holders: [KeyFingerprint: KeyHolder] = [:]
    var identities: [AgentIdentity: String?] = [:]
    lazy var personKeys: [KeyFingerprint: [AllowedSigner]] = Dictionary(
        grouping: people.signers, by: { KeyFingerprint(of: $0.key) })

    /// Reads and verifies root, policy and people.
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
        do throws(AllowedSignersError) {
            return try AllowedSigners(bytes)
        } catch {
            let line = error.line.map { " line \($0)" } ?? ""
            throw AuthorityError(.malformed, "'\(path)'\(line): \(error.reason)")
        }
    }

    package var administrators: [String] { root.administrators.map(\.id) }

    /// Whether a key is a person's for one purpose, now.
    func isKey(_ key: SSHPublicKey, of person: String, for namespace: SignatureNamespace) -> Bool {
        policy.persons.contains { $0.id == person }
            && people.signers(with: key).contains {
                $0.signs(as: person, namespace: namespace.rawValue, at: now)
            }
    }
}
