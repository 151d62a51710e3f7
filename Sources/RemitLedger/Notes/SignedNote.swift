package import RemitModel

/// A text and signatures under it (C2SP signed-note).
package struct SignedNote: Hashable, Sendable {
    package static let maximumByteCount = 65_536
    package static let maximumSignatureCount = 100

    package struct Signature: Hashable, Sendable {
        package let name: String
        package let id: [UInt8]
        package let bytes: [UInt8]

        /// When a witness cosigned (C2SP tlog-cosignature); `nil` where that is no moment after 1970.
        package var cosignedAt: Instant? {
            guard bytes.count == 72, let seconds = BigEndian.integer(Array(bytes.prefix(8))), seconds > 0 else {
                return nil
            }
            return Instant(seconds: seconds)
        }

        /// With its line feed.
        var line: String { "\(SignedNote.mark)\(name) \(Base64.text(id + bytes, padding: .required))\n" }
    }

    /// What a line of a signature begins with: U+2014 and a space.
    private static let mark = "\u{2014} "

    /// With its last line feed: the bytes that are signed.
    package let text: [UInt8]
    package let signatures: [Signature]

    init(text: [UInt8], signatures: [Signature]) throws(NoteError) {
        guard text.last == 0x0A else { throw NoteError("the text does not end with a line feed") }
        guard text.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }), String(validating: text, as: UTF8.self) != nil else {
            throw NoteError("the text holds what is not printable")
        }
        self.text = text
        self.signatures = signatures
    }

    package init(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw NoteError("the note is longer than \(Self.maximumByteCount) bytes")
        }
        // The last blank line: a text may hold others.
        guard let blank = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }),
            bytes.last == 0x0A, blank + 2 < bytes.count
        else { throw NoteError("the note has no signatures after a blank line") }
        guard let block = String(validating: bytes[(blank + 2)...], as: UTF8.self) else {
            throw NoteError("a signature is not printable")
        }
        var signatures: [Signature] = []
        // Split as scalars: as a character, a line feed after a carriage return is another one.
        for line in block.unicodeScalars.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            signatures.append(try Self.signature(Substring(line)))
            guard signatures.count <= Self.maximumSignatureCount else {
                throw NoteError("the note has more than \(Self.maximumSignatureCount) signatures")
            }
        }
        try self.init(text: Array(bytes[...blank]), signatures: signatures)
    }

    private static func signature(_ line: Substring) throws(NoteError) -> Signature {
        let parts = line.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual("\u{2014}".utf8),
            let bytes = Base64.decode(parts[2], padding: .required), bytes.count >= 5,
            let name = String(parts[1]), NoteKey.isName(name)
        else { throw NoteError("a signature is not of the form '\(mark)<name> <base64>'") }
        return Signature(name: name, id: Array(bytes.prefix(4)), bytes: Array(bytes.dropFirst(4)))
    }

    package var bytes: [UInt8] { text + [0x0A] + signatures.flatMap { Array($0.line.utf8) } }

    /// The keys among these that signed; a bad signature of one of them refuses the whole note.
    ///
    /// A signature of any other key is passed over: it says nothing to whoever does not know the key.
    package func signers(among keys: [NoteKey]) throws(NoteError) -> [NoteKey] {
        var signers: [NoteKey] = []
        for signature in signatures {
            for key in keys where key.name == signature.name && key.id == signature.id {
                guard key.isGood(signature.bytes, for: text) else {
                    throw NoteError("the signature of '\(key.name)' is not good for the text")
                }
                if !signers.contains(key) { signers.append(key) }
            }
        }
        return signers
    }

    /// The same note with more signatures under it, such as witnesses give.
    package func adding(_ lines: [UInt8]) throws(NoteError) -> SignedNote {
        let note = try SignedNote(bytes + lines)
        // Behind a blank line of theirs, everything before it would be another text.
        guard note.text == text else { throw NoteError("a signature is not of the form '\(Self.mark)<name> <base64>'") }
        return note
    }

    /// The same note with these signatures under it too, each in the place of an older one of its key.
    package func adding(_ more: [Signature]) throws(NoteError) -> SignedNote {
        let kept = signatures.filter { old in !more.contains { $0.name == old.name && $0.id == old.id } }
        guard kept.count + more.count <= Self.maximumSignatureCount else {
            throw NoteError("the note has more than \(Self.maximumSignatureCount) signatures")
        }
        return try SignedNote(text: text, signatures: kept + more)
    }

    /// The good signatures of a key; a bad one refuses the whole note.
    package func signatures(of key: NoteKey) throws(NoteError) -> [Signature] {
        guard try signers(among: [key]) == [key] else { return [] }
        return signatures.filter { $0.name == key.name && $0.id == key.id }
    }
}
