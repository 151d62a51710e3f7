import RemitModel

/// The head of a log: whose it is, how many entries it has, and the root of the tree over them (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
    package let origin: String
    package let size: Int64
    package let root: TreeHash
    /// Lines that say more, which this program never writes.
    package let extensions: [String]

    package init(origin: String, size: Int64, root: TreeHash) {
        self.origin = origin
        self.size = size
        self.root = root
        extensions = []
    }

    /// Reads the text of a note.
    package init(text: [UInt8]) throws(NoteError) {
        guard let text = String(validating: text, as: UTF8.self), text.utf8.last == 0x0A else {
            throw NoteError("the checkpoint is no text")
        }
        let lines = text.unicodeScalars.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0) }
        guard lines.count >= 3, !lines.contains("") else { throw NoteError("the checkpoint has not three lines") }
        guard let size = Self.number(lines[1]) else { throw NoteError("the checkpoint's size is no number") }
        guard let bytes = Base64.decode(lines[2].utf8, padding: .required), let root = TreeHash(bytes: bytes) else {
            throw NoteError("the checkpoint's root is no hash")
        }
        origin = lines[0]
        self.size = size
        self.root = root
        extensions = Array(lines[3...])
    }

    /// Reads a note's text; its signatures are another question.
    package init(note: [UInt8]) throws(NoteError) {
        try self.init(text: SignedNote(note).text)
    }

    package var text: [UInt8] {
        let lines = [origin, String(size), Base64.text(root.bytes, padding: .required)] + extensions
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    /// A whole number in its one spelling: digits without a leading zero.
    static func number(_ text: String) -> Int64? {
        guard let number = Int64(text), String(number) == text, number >= 0 else { return nil }
        return number
    }
}
