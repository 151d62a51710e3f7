import Crypto
import RemitModel

/// A key that signs notes, as its verifier knows it: `<name>+<id>+<base64>` (C2SP signed-note).
package struct NoteKey: Hashable, Sendable {
    /// What a signature says beside the note's text.
    package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// Nothing: Ed25519 over the text.
        case ed25519 = 1
        /// A witness's moment: Ed25519 over it and the text (C2SP tlog-cosignature).
        case cosignature = 4
    }

    /// The longest text of a key that is read.
    package static let maximumByteCount = 512

    package let name: String
    package let kind: Kind
    /// The public key, 32 bytes.
    package let publicKey: [UInt8]
    package let id: [UInt8]

    package init(name: String, kind: Kind, publicKey: [UInt8]) throws(NoteError) {
        guard Self.isName(name) else { throw NoteError("'\(name)' is no name of a key") }
        guard publicKey.count == 32 else { throw NoteError("a public key has 32 bytes, not \(publicKey.count)") }
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
        id = Array(EvidenceDigest(of: Array(name.utf8) + [0x0A, kind.rawValue] + publicKey).bytes.prefix(4))
    }

    package init(_ text: String) throws(NoteError) {
        let (name, id, key) = try Self.parts(text[...], of: "a verifier key")
        guard let first = key.first, let kind = Kind(rawValue: first) else {
            throw NoteError("the verifier key is of a kind that is not known")
        }
        try self.init(name: name, kind: kind, publicKey: Array(key.dropFirst()))
        guard self.id == id else { throw NoteError("the verifier key's id is not that of its name and key") }
    }

    /// The verifier key, to be given to whoever checks signatures.
    package var text: String {
        "\(name)+\(Hex.text(id))+\(Base64.text([kind.rawValue] + publicKey, padding: .required))"
    }

    /// Not empty, without spaces, plus signs and control characters, since it stands between them.
    package static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 255
            && name.unicodeScalars.allSatisfy { scalar in
                scalar != "+" && !scalar.properties.isWhitespace && scalar.value >= 0x20 && scalar.value != 0x7F
            }
    }

    /// Name, id and the bytes after it.
    static func parts(_ text: Substring, of what: String) throws(NoteError) -> (String, id: [UInt8], key: [UInt8]) {
        guard text.utf8.count <= maximumByteCount else {
            throw NoteError("\(what) is longer than \(maximumByteCount) bytes")
        }
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, isName(String(parts[0])), let id = Hex.decode(parts[1].utf8), id.count == 4,
            let key = Base64.decode(parts[2].utf8, padding: .required)
        else { throw NoteError("\(what) is not of the form <name>+<id>+<base64>") }
        return (String(parts[0]), id, key)
    }

    /// Whether a signature of this key is good for a note's text.
    package func isGood(_ signature: [UInt8], for text: [UInt8]) -> Bool {
        switch kind {
        case .ed25519: isGood(ed25519: signature, for: text)
        case .cosignature:
            signature.count == 72
                && isGood(ed25519: Array(signature.dropFirst(8)), for: Self.cosigned(text, at: signature.prefix(8)))
        }
    }

    private func isGood(ed25519 signature: [UInt8], for bytes: [UInt8]) -> Bool {
        do {
            return try signature.count == 64
                && Curve25519.Signing.PublicKey(rawRepresentation: publicKey).isValidSignature(signature, for: bytes)
        } catch {
            return false
        }
    }

    /// What a witness signs: a moment, most significant byte first, and the text.
    static func cosigned(_ text: [UInt8], at moment: ArraySlice<UInt8>) -> [UInt8] {
        let seconds = moment.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Array("cosignature/v1\ntime \(seconds)\n".utf8) + text
    }
}
