import RemitModel

/// Which inputs evidence names by digest.
///
/// Entries and manifests are written by our own encoder, without spaces; what others write there names no input.
package enum EvidenceReferences {
    private static let evidence = Array(#""evidence":"sha256:"#.utf8)
    private static let any = Array(#":"sha256:"#.utf8)

    /// The manifest of an entry.
    package static func manifests(of entry: [UInt8]) -> [EvidenceDigest] { digests(in: entry, after: evidence) }

    /// The document and the inputs that a manifest names.
    package static func inputs(of manifest: [UInt8]) -> [EvidenceDigest] { digests(in: manifest, after: any) }

    /// The digests that follow these words.
    private static func digests(in bytes: [UInt8], after words: [UInt8]) -> [EvidenceDigest] {
        var digests: [EvidenceDigest] = []
        var rest = bytes[...]
        while let start = rest.firstRange(of: words) {
            rest = rest[start.upperBound...]
            if let digest = Hex.decode(rest.prefix(64)).flatMap(EvidenceDigest.init(bytes:)) { digests.append(digest) }
        }
        return digests
    }
}

extension EntryKind {
    /// Whether an entry can be of the kind that the column beside its bytes says, which is covered by no digest.
    package static func isName(_ kind: String, of entry: [UInt8]) -> Bool {
        guard EntryKind(rawValue: kind) != nil else { return false }
        let start = Array(#"{"schema":"entry/v1","kind":""#.utf8)
        guard entry.starts(with: start) else { return true }
        return entry.dropFirst(start.count).prefix { $0 != UInt8(ascii: "\"") }.elementsEqual(kind.utf8)
    }
}
