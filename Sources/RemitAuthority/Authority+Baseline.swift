package import RemitModel
import RemitFormats
import RemitSignatures

extension Authority {
    /// The commits up to which a repository's history is not judged; empty where no baseline is signed.
    ///
    /// It is an exception from the gate, so an administrator signs it, and what cannot be believed stops everything.
    package func baseline(of repository: String) throws(AuthorityError) -> [ObjectID] {
        let path = AuthorityLayout.baseline(of: repository)
        guard RecordTable.isIdentifier(repository), let record = try SignedRecord(at: path, from: source) else {
            return []
        }
        let baseline: Baseline
        do throws(RecordError) {
            baseline = try Baseline(record: record.bytes, file: path)
        } catch {
            throw AuthorityError(.malformed, error.statement)
        }
        guard baseline.organisation == policy.organisation, baseline.repository == repository,
            try administrators(whoSigned: record, in: .exception, issuedAt: baseline.issuedAt).contains(baseline.issuer)
        else {
            throw AuthorityError(.untrusted, "'\(path)' is not signed by the administrator whom it names")
        }
        return baseline.commits
    }
}
