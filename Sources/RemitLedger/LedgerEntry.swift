package import RemitModel

/// What an entry is evidence of.
///
/// A name, once written, keeps its meaning.
package enum EntryKind: String, Hashable, Sendable, CaseIterable {
    case decision
    /// Whether an allowed submission took effect.
    case effect
    /// Installed, upgraded, disabled, started.
    case lifecycle
    case anchor
}

/// One line of the evidence, as it was appended.
package struct LedgerEntry: Hashable, Sendable {
    /// Its place, counted from 1 without gaps.
    package let sequence: Int64
    package let kind: EntryKind
    package let recordedAt: Instant
    package let digest: EvidenceDigest
    package let bytes: [UInt8]

    package init(sequence: Int64, kind: EntryKind, recordedAt: Instant, digest: EvidenceDigest, bytes: [UInt8]) {
        self.sequence = sequence
        self.kind = kind
        self.recordedAt = recordedAt
        self.digest = digest
        self.bytes = bytes
    }
}

/// That a commit or a change was part of an allowed decision under a delegation: where and when this was so for the first time.
package struct Seen: Hashable, Sendable {
    package let ref: ByteString
    package let at: Instant
    /// The sequence of the decision.
    package let entry: Int64

    package init(ref: ByteString, at: Instant, entry: Int64) {
        self.ref = ref
        self.at = at
        self.entry = entry
    }
}
