import RemitFormats
import RemitModel
import RemitSignatures

/// The chain of roots, from the pinned first to the one in force (TUF's way).
enum RootChain {
    /// A chain longer than this is refused rather than walked: one root a day for a hundred years is shorter.
    static let maximumLength = 36_525

    /// Walks `roots/1.toml`, `roots/2.toml`, … Each is signed by its own threshold and by its predecessor's.
    static func verify(_ source: any RecordSource, pinned: RecordID) throws(AuthorityError) -> Root {
        guard let first = try SignedRecord(at: AuthorityLayout.root(1), from: source) else {
            throw AuthorityError(.untrusted, "'\(AuthorityLayout.root(1))' is missing from the authority")
        }
        guard first.id == pinned else {
            throw AuthorityError(
                .untrusted,
                "'\(first.path)' has the digest \(first.id), but remit.root pins \(pinned)")
        }
        var current = try root(first, version: 1)
        try current.requireThreshold(of: first, in: .root)
        for version in 2...maximumLength {
            guard let next = try SignedRecord(at: AuthorityLayout.root(version), from: source) else { break }
            let successor = try root(next, version: version)
            guard successor.organisation == current.organisation else {
                throw AuthorityError(.untrusted, "'\(next.path)' changes the organisation")
            }
            try current.requireThreshold(of: next, in: .root)
            try successor.requireThreshold(of: next, in: .root)
            current = successor
        }
        return current
    }

    private static func root(_ record: SignedRecord, version: Int) throws(AuthorityError) -> Root {
        let root: Root
        do throws(RecordError) {
            root = try Root(record: record.bytes, file: record.path)
        } catch {
            throw AuthorityError(.malformed, error.statement)
        }
        guard root.version == version else {
            throw AuthorityError(.untrusted, "'\(record.path)' says version \(root.version)")
        }
        return root
    }
}

extension Root {
    /// The administrators, each once, who signed a record.
    func signers(of record: SignedRecord, in namespace: SignatureNamespace) -> Set<String> {
        let lines = Set(record.signers(in: namespace).keys.map(\.line))
        return Set(administrators.filter { !lines.isDisjoint(with: $0.keys) }.map(\.id))
    }

    /// Refuses a record that too few distinct administrators signed.
    ///
    /// Persons count, not keys.
    func requireThreshold(
        of record: SignedRecord, in namespace: SignatureNamespace
    ) throws(AuthorityError) {
        let signed = signers(of: record, in: namespace)
        guard signed.count >= threshold else {
            let faults = record.signers(in: namespace).faults
            throw AuthorityError(
                .untrusted,
                "'\(record.path)' is signed by \(signed.count) of the \(threshold) administrators needed"
                    + (faults.first.map { " (a signature is refused: \($0))" } ?? ""))
        }
    }
}
