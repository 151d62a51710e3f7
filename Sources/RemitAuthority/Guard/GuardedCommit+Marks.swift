import RemitFormats
import RemitModel
import RemitSignatures

/// The organisation's own marks: they stand and fall with the policy that names them.
extension GuardedCommit {
    /// Marks change only with the policy that names their digest, which the new state has proved.
    func judgeMarks(_ change: RecordChange) {
        // Where the policy still named what is gone, the new state would not be believed.
        guard !change.isRemoval else { return }
        guard let marks = new.marks else {
            return sheet.refuse(
                .authorityRecord, change.path,
                "'\(AuthorityLayout.policy)' does not name it; it comes with one that does")
        }
        guard let standing = old?.marks, marks.version <= standing.version else { return }
        sheet.refuse(
            .authorityVersion, change.path,
            "it says version \(marks.version), and version \(standing.version) is in force")
    }

    /// Proposed marks come with the proposed policy that names their digest.
    func judgeProposedMarks(_ change: RecordChange) {
        guard !change.isRemoval, let bytes = bytes(change, limit: RecordText.maximumByteCount),
            let policy = proposedPolicy(naming: change)
        else { return }
        guard policy.marks == RecordID(of: bytes) else {
            let named = policy.marks.map { "other marks, \($0)" } ?? "no marks"
            return sheet.refuse(
                .authorityRecord, change.path, "'\(AuthorityPlace.proposedPolicy.path)' names \(named)")
        }
        _ = read(change.path) { () throws(RecordError) in try OwnMarks(record: bytes, file: change.path) }
    }
}
