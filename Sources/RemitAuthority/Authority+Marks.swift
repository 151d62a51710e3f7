import RemitFormats
import RemitModel
import RemitSignatures

extension Authority {
    /// The organisation's own marks, which the policy names by their digest; `nil`, and nothing read, where it does not.
    static func marks(of policy: Policy, from source: any RecordSource) throws(AuthorityError) -> OwnMarks? {
        guard let digest = policy.marks else { return nil }
        let path = AuthorityLayout.marks
        guard let bytes = try source.bytes(at: path, limit: RecordText.maximumByteCount) else {
            throw AuthorityError(
                .untrusted,
                "'\(path)' is missing from the authority, and '\(AuthorityLayout.policy)' names it (\(digest))")
        }
        guard RecordID(of: bytes) == digest else {
            throw AuthorityError(
                .untrusted, "'\(path)' is not the file that '\(AuthorityLayout.policy)' names (\(digest))")
        }
        let marks: OwnMarks
        do throws(RecordError) {
            marks = try OwnMarks(record: bytes, file: path)
        } catch {
            throw AuthorityError(.malformed, error.statement)
        }
        guard marks.organisation == policy.organisation else {
            throw AuthorityError(
                .untrusted,
                "'\(path)' is of organisation '\(marks.organisation)', the policy of '\(policy.organisation)'")
        }
        return marks
    }
}
