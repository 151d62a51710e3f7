import RemitFormats
import RemitModel
import RemitSignatures

/// Roots and policies that gather signatures: nothing is believed from there, but not everybody may write there.
extension GuardedCommit {
    /// A proposed root is signed by administrators of now, and by those whom it names.
    func judge(proposedRoot version: Int, _ change: RecordChange) {
        guard let signed = proposal(change, in: .root),
            let root = read(
                change.path,
                { () throws(RecordError) in
                    try Root(record: signed.record.bytes, file: change.path)
                }),
            isOurs(root.organisation, change.path)
        else { return }
        guard root.version == version else {
            return sheet.refuse(.authorityVersion, change.path, "it says version \(root.version)")
        }
        requireAdministrators([new.root, root], signed, change.path)
    }

    /// A proposed policy is signed by administrators of now, and by those of a root that is proposed with it.
    func judgeProposedPolicy(_ change: RecordChange) {
        guard let signed = proposal(change, in: .authority),
            let policy = read(
                change.path,
                { () throws(RecordError) in
                    try Policy(record: signed.record.bytes, file: change.path)
                }),
            isOurs(policy.organisation, change.path)
        else { return }
        let next = AuthorityPlace.proposedRoot(new.root.version + 1).path
        var roots = [new.root]
        if let bytes = attempt(
            next,
            { () throws(AuthorityError) in
                try new.source.bytes(at: next, limit: RecordText.maximumByteCount)
            }) ?? nil, let root = read(next, { () throws(RecordError) in try Root(record: bytes, file: next) })
        {
            roots.append(root)
        }
        requireAdministrators(roots, signed, change.path)
    }

    /// Proposed people come with the proposed policy that names their digest.
    func judgeProposedPeople(_ change: RecordChange) {
        guard !change.isRemoval, let bytes = bytes(change, limit: AllowedSigners.maximumByteCount),
            let policy = proposedPolicy(naming: change)
        else { return }
        guard policy.people == RecordID(of: bytes) else {
            return sheet.refuse(
                .authorityRecord, change.path,
                "'\(AuthorityPlace.proposedPolicy.path)' names other people, \(policy.people)")
        }
    }

    /// The proposed policy, which a file that is proposed with it needs; told where there is none.
    func proposedPolicy(naming change: RecordChange) -> Policy? {
        let path = AuthorityPlace.proposedPolicy.path
        let proposed = attempt(path) { () throws(AuthorityError) in
            try new.source.bytes(at: path, limit: RecordText.maximumByteCount)
        }
        if let record = proposed ?? nil,
            let policy = read(path, { () throws(RecordError) in try Policy(record: record, file: path) })
        {
            return policy
        }
        sheet.refuse(.authorityRecord, change.path, "no proposed policy names it")
        return nil
    }

    /// The proposal as the commit leaves it; whatever is only taken away may go.
    private func proposal(
        _ change: RecordChange, in namespace: SignatureNamespace
    ) -> (record: SignedRecord, keys: [SSHPublicKey])? {
        change.onlyRemoves && bytes(change, limit: RecordText.maximumByteCount) == nil
            ? nil : signed(change, in: namespace)
    }

    /// Refuses a proposal that no administrator of the first root has signed, or that somebody of none has.
    private func requireAdministrators(
        _ roots: [Root], _ signed: (record: SignedRecord, keys: [SSHPublicKey]), _ path: String
    ) {
        let present = Set(new.root.administrators.flatMap(\.keys))
        let known = Set(roots.flatMap(\.administrators).flatMap(\.keys))
        if let stranger = signed.keys.first(where: { !known.contains($0.line) }) {
            return sheet.refuse(
                .authoritySignature, path, "\(KeyFingerprint(of: stranger)) is no administrator's key")
        }
        guard signed.keys.contains(where: { present.contains($0.line) }) else {
            return sheet.refuse(.authoritySignature, path, "no administrator of now signed it")
        }
    }
}
