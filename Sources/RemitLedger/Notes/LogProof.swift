import RemitModel

/// That an entry is in a log, in one file (C2SP tlog-proof): its index, the way up to the root, and a checkpoint.
package struct LogProof: Hashable, Sendable {
    package static let maximumByteCount = 131_072
    private static let header = "c2sp.org/tlog-proof@v1"

    /// Counted from 0.
    package let index: Int64
    package let hashes: [TreeHash]
    package let checkpoint: SignedNote

    package init(index: Int64, hashes: [TreeHash], checkpoint: SignedNote) {
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    package init(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw NoteError("the proof is longer than \(Self.maximumByteCount) bytes")
        }
        guard let blank = bytes.indices.dropLast().first(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }),
            let head = String(validating: bytes[..<blank], as: UTF8.self)
        else { throw NoteError("the proof has no checkpoint after a blank line") }
        var lines = head.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }[...]
        guard lines.popFirst() == Self.header else { throw NoteError("the proof does not begin with '\(Self.header)'") }
        // Nothing signs this line, so that nothing is read from it.
        if let extra = lines.first, extra.hasPrefix("extra ") {
            guard Base64.decode(extra.utf8.dropFirst(6), padding: .required) != nil else {
                throw NoteError("the proof's extra line is not base64")
            }
            lines.removeFirst()
        }
        guard let second = lines.popFirst(), second.hasPrefix("index "),
            let index = Checkpoint.number(String(second.dropFirst(6)))
        else { throw NoteError("the proof has no index") }
        self.index = index
        guard lines.count <= 63 else { throw NoteError("the proof has more than 63 hashes") }
        var hashes: [TreeHash] = []
        for line in lines {
            guard let bytes = Base64.decode(line.utf8, padding: .required), let hash = TreeHash(bytes: bytes) else {
                throw NoteError("a line of the proof is no hash")
            }
            hashes.append(hash)
        }
        self.hashes = hashes
        checkpoint = try SignedNote(Array(bytes[(blank + 2)...]))
    }

    package var bytes: [UInt8] {
        let lines = [Self.header, "index \(index)"] + hashes.map { Base64.text($0.bytes, padding: .required) } + [""]
        return Array(lines.map { $0 + "\n" }.joined().utf8) + checkpoint.bytes
    }

    /// Whether the entry is in the log that this key signs.
    package func proves(_ entry: [UInt8], inLogOf key: NoteKey) throws(NoteError) -> Bool {
        guard try checkpoint.signers(among: [key]).contains(key) else { return false }
        let head = try Checkpoint(text: checkpoint.text)
        return head.origin == key.name
            && TreeProof.includes(.leaf(entry), at: index, size: head.size, root: head.root, proof: hashes)
    }
}
