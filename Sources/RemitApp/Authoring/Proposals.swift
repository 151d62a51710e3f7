import RemitAuthority
import RemitFormats
import RemitModel
import RemitReport
import RemitSignatures

/// What is proposed to an authority and gathers the administrators' signatures: the next root, or the next policy.
///
/// One at a time: a policy that was agreed on under one root is not to be carried over to another.
struct Proposals {
    let authority: Authority
    private let records: any RecordSource
    /// The policy in force, with its signatures.
    let policyInForce: Pending<Policy>
    let peopleInForce: [UInt8]
    /// `nil` where the policy in force names no marks.
    let marksInForce: [UInt8]?
    var root: Pending<Root>?
    var policy: Pending<Policy>?
    var people: [UInt8]?
    var marks: [UInt8]?

    /// The proposals of one state of the authority.
    ///
    /// One that can no longer follow what is in force is not there; `remit authority withdraw` takes its files away.
    init(_ authority: Authority, _ records: some RecordSource) throws(AppError) {
        self.authority = authority
        self.records = records
        let present = authority.root
        let inForce = try records.read(AuthorityLayout.policy) ?? []
        var policyInForce = Pending(authority.policy, bytes: inForce, in: .authority)
        policyInForce.gather(try records.signatures(of: AuthorityLayout.policy), by: [present])
        self.policyInForce = policyInForce
        peopleInForce = try records.read(AuthorityLayout.people, limit: AllowedSigners.maximumByteCount) ?? []

        marksInForce = authority.policy.marks == nil ? nil : try records.read(AuthorityLayout.marks)

        let rootPath = AuthorityLayout.proposal(of: AuthorityLayout.root(present.version + 1))
        if let bytes = try records.read(rootPath) {
            let next = try Self.readable { () throws(RecordError) in try Root(record: bytes, file: rootPath) }
            guard next.organisation == present.organisation, next.version == present.version + 1 else {
                throw Self.unfit(rootPath)
            }
            var pending = Pending(next, bytes: bytes, in: .root)
            pending.gather(try records.signatures(of: rootPath), by: [present, next])
            root = pending
        }
        let policyPath = AuthorityLayout.proposal(of: AuthorityLayout.policy)
        if let bytes = try records.read(policyPath) {
            let next = try Self.readable { () throws(RecordError) in try Policy(record: bytes, file: policyPath) }
            let isSame = bytes == inForce
            guard next.organisation == present.organisation,
                isSame || root == nil && next.version == authority.policy.version + 1
            else { throw Self.unfit(policyPath) }
            var pending = Pending(next, bytes: bytes, in: .authority)
            pending.gather(
                try records.signatures(of: policyPath), by: [present] + [root?.record].compactMap(\.self))
            policy = pending
            let path = AuthorityLayout.proposal(of: AuthorityLayout.people)
            people = try records.read(path, limit: AllowedSigners.maximumByteCount)
            guard RecordID(of: people ?? peopleInForce) == next.people else { throw Self.unfit(path) }
            let marksPath = AuthorityLayout.proposal(of: AuthorityLayout.marks)
            marks = try records.read(marksPath)
            guard nextMarks.map({ RecordID(of: $0) }) == next.marks else { throw Self.unfit(marksPath) }
        }
    }

    private static func readable<Record>(_ read: () throws(RecordError) -> Record) throws(AppError) -> Record {
        do throws(RecordError) {
            return try read()
        } catch {
            throw AppError(error.statement, hint: "'remit authority withdraw' takes the proposal away")
        }
    }

    private static func unfit(_ path: String) -> AppError {
        AppError(
            "'\(path)' does not follow what is in force", hint: "'remit authority withdraw' takes the proposal away")
    }

    /// The policy as it would be when what is proposed is in force, and the people and marks that it names.
    var nextPolicy: (policy: Policy, people: [UInt8], marks: [UInt8]?) {
        guard let policy, root == nil else { return (authority.policy, peopleInForce, marksInForce) }
        return (policy.record, people ?? peopleInForce, nextMarks)
    }

    /// The marks that the proposed policy names, which may be those in force.
    private var nextMarks: [UInt8]? {
        guard let policy else { return marksInForce }
        return policy.record.marks == nil ? nil : marks ?? marksInForce
    }

    /// Whether the policy must be signed anew before the proposed root can be in force.
    ///
    /// A root that asks for more administrators, or for others, would otherwise leave a policy that nobody believes.
    var needsPolicySignatures: Bool {
        guard let root else { return false }
        return !(policy ?? policyInForce).isEnough(for: root.record)
    }

    /// Whether everything that is proposed has the signatures that it needs.
    var isComplete: Bool {
        if let root {
            return root.isEnough(for: authority.root) && root.isEnough(for: root.record) && !needsPolicySignatures
        }
        return policy?.isEnough(for: authority.root) ?? false
    }

    /// Adds the signatures of one administrator wherever they count and are not there yet.
    ///
    /// - Returns: whether there was anything to sign.
    mutating func sign(as signer: Signer) throws(AppError) -> Bool {
        let roots = [authority.root] + [root?.record].compactMap(\.self)
        let ids = roots.map { $0.administrator(holding: signer.key.publicKey) }
        guard ids.contains(where: { $0 != nil }) else {
            let known = roots.flatMap(\.administrators).map(\.id).reduce(into: [String]()) { all, id in
                if !all.contains(id) { all.append(id) }
            }
            throw AppError(
                "\(signer.key.fingerprint) is not an administrator's key",
                hint: "administrators are: \(known.joined(separator: ", "))")
        }
        var hasSigned = false
        func lacks<Record>(_ pending: Pending<Record>, _ root: Root, _ id: String?) -> Bool {
            id.map { !pending.signers(in: root).contains($0) } ?? false
        }
        if let pending = root, zip(roots, ids).contains(where: { lacks(pending, $0, $1) }) {
            try root?.sign(with: signer)
            hasSigned = true
        }
        guard let last = roots.last, let id = ids.last else { return hasSigned }
        if root != nil, needsPolicySignatures, policy == nil { policy = policyInForce }
        if let pending = policy, lacks(pending, last, id) {
            try policy?.sign(with: signer)
            hasSigned = true
        } else if policy?.bytes == policyInForce.bytes, policy?.signatures == policyInForce.signatures {
            // Nothing was added to what is in force.
            policy = nil
        }
        return hasSigned
    }

    /// What is to be written: the proposals, or, once they have what they need, what they propose.
    func change() throws(AppError) -> Changeset {
        guard [root?.signatures, policy?.signatures].allSatisfy({ $0?.count ?? 0 <= Self.signaturesAtMost }) else {
            throw AppError(
                "\(title) would have more than \(Self.signaturesAtMost) signatures",
                hint: "no verifier reads more of one record; propose a lower threshold")
        }
        var change = Changeset()
        let root = root.map { (AuthorityLayout.root($0.record.version), $0) }
        if isComplete {
            if let (path, pending) = root {
                change.add(pending.bytes, at: path)
                for (index, signature) in pending.signatures.enumerated() {
                    change.add(signature, at: AuthorityLayout.signature(of: path, number: index + 1))
                }
            }
            if let policy {
                let signatures = policy.signatures(in: self.root?.record ?? authority.root)
                let standing = try records.signatures(of: AuthorityLayout.policy).count
                change.put(policy.bytes, signatures: signatures, at: AuthorityLayout.policy, over: standing)
                if let people, people != peopleInForce { change.put(people, at: AuthorityLayout.people) }
                if nextMarks != marksInForce {
                    if let nextMarks {
                        change.put(nextMarks, at: AuthorityLayout.marks)
                    } else {
                        change.remove(AuthorityLayout.marks)
                    }
                }
            }
            for path in try Self.withdrawal(from: authority, records).removed { change.remove(path) }
            return change
        }
        if let (path, pending) = root { try propose(pending, at: path, in: &change) }
        if let policy {
            try propose(policy, at: AuthorityLayout.policy, in: &change)
            try propose(people == peopleInForce ? nil : people, at: AuthorityLayout.people, in: &change)
            try propose(nextMarks == marksInForce ? nil : nextMarks, at: AuthorityLayout.marks, in: &change)
        }
        return change
    }

    /// A file that comes with the policy; one that was proposed before and is no more goes.
    private func propose(_ file: [UInt8]?, at path: String, in change: inout Changeset) throws(AppError) {
        let proposal = AuthorityLayout.proposal(of: path)
        if let file {
            change.put(file, at: proposal)
        } else if try records.read(proposal, limit: AllowedSigners.maximumByteCount) != nil {
            change.remove(proposal)
        }
    }

    private func propose<Record>(
        _ pending: Pending<Record>, at path: String, in change: inout Changeset
    ) throws(AppError) {
        let proposal = AuthorityLayout.proposal(of: path)
        change.put(
            pending.bytes, signatures: pending.signatures, at: proposal,
            over: try records.signatures(of: proposal).count)
    }

    /// When every agent was last suspended.
    func latestSuspension() throws(AppError) -> Instant? {
        var latest: Instant?
        for path in AuthorityLayout.revocations(of: .everyAgent) {
            guard let bytes = try records.read(path) else { break }
            latest = try Self.readable { () throws(RecordError) in try Revocation(record: bytes, file: path) }.issuedAt
        }
        return latest
    }

    /// Most signatures that a verifier reads of one record.
    private static let signaturesAtMost = 16

    /// The removal of every proposal, whether or not it can be read.
    static func withdrawal(from authority: Authority, _ records: some RecordSource) throws(AppError) -> Changeset {
        var change = Changeset()
        let paths = [
            AuthorityLayout.root(authority.root.version + 1), AuthorityLayout.policy, AuthorityLayout.people,
            AuthorityLayout.marks,
        ]
        for path in paths.map(AuthorityLayout.proposal) {
            guard try records.read(path, limit: AllowedSigners.maximumByteCount) != nil else { continue }
            change.remove(path, signatures: try records.signatures(of: path).count)
        }
        return change
    }
}
