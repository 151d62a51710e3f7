/// The inputs that an entry names by digest: its manifest, and what that names in turn.
enum LogInputs {
    /// An input that is not there was erased, which the law may ask for; one that differs is a fault.
    static func check(
        _ entry: [UInt8], entry sequence: Int64, _ seen: inout [EvidenceDigest: Bool], _ found: inout LogExamination,
        _ ledger: borrowing Ledger
    ) throws(LedgerError) {
        for manifest in EvidenceReferences.manifests(of: entry) {
            guard let bytes = try input(manifest, sequence, &seen, &found, ledger) else {
                if seen[manifest] == false { found.bare.append(entry: sequence) }
                continue
            }
            for digest in EvidenceReferences.inputs(of: bytes) {
                let isNew = seen[digest] == nil
                if try input(digest, sequence, &seen, &found, ledger) == nil, isNew, seen[digest] == false {
                    found.lacking.append(entry: sequence)
                }
            }
        }
    }

    private static func input(
        _ digest: EvidenceDigest, _ sequence: Int64, _ seen: inout [EvidenceDigest: Bool],
        _ found: inout LogExamination, _ ledger: borrowing Ledger
    ) throws(LedgerError) -> [UInt8]? {
        guard seen[digest] == nil else { return nil }
        do throws(LedgerError) {
            let bytes = try ledger.input(digest)
            seen[digest] = bytes != nil
            if bytes == nil { found.erased += 1 } else { found.inputs += 1 }
            return bytes
        } catch {
            guard error.code == .corrupt else { throw error }
            seen[digest] = true
            found.faults.add("input \(digest) of entry \(sequence) differs from its digest", entry: sequence)
            return nil
        }
    }
}
