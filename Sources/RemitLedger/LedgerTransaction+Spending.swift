package import RemitModel

extension LedgerTransaction {
    /// All that allowed decisions have taken out of a delegation, in every repository of this server.
    package func spent(_ delegation: RecordID) throws(LedgerError) -> Spent {
        try statements.spent.first([.bytes(delegation.bytes)]) { row in
            Spent(
                commits: Int(row.integer(0)), files: Int(row.integer(1)), lines: Int(row.integer(2)),
                bytes: Int(row.integer(3)), pushes: Int(row.integer(4)))
        } ?? .nothing
    }

    /// Whether a path is among the files that were taken out of a delegation.
    package func hasSpent(
        _ path: ByteString, of delegation: RecordID, in repository: ByteString
    ) throws(LedgerError) -> Bool {
        try statements.spentFile.first(Self.key(path, delegation, repository)) { _ in true } ?? false
    }

    /// Takes what the decision `entry` allowed out of a delegation: once for each entry.
    ///
    /// `files` are the paths that were not counted before, as many as `used` says.
    package func debit(
        _ delegation: RecordID, _ used: Spent, files: Set<ByteString>, in repository: ByteString, entry: Int64
    ) throws(LedgerError) {
        guard files.count == used.files else {
            throw LedgerError(.constraint, "\(used.files) files counted and \(files.count) named")
        }
        let total = try spent(delegation) + used
        try statements.setSpent.run(
            [.bytes(delegation.bytes)]
                + [total.commits, total.files, total.lines, total.bytes, total.pushes].map { .integer(Int64($0)) }
                + [.integer(entry)])
        for path in files {
            try statements.addSpentFile.run(Self.key(path, delegation, repository) + [.integer(entry)])
        }
    }

    /// A path is kept as its digest: of one size, and nothing to be read about the work.
    private static func key(_ path: ByteString, _ delegation: RecordID, _ repository: ByteString) -> [SQLValue] {
        [.bytes(delegation.bytes), .bytes(repository.bytes), .bytes(EvidenceDigest(of: path.bytes).bytes)]
    }
}
