import Crypto
import RemitModel

/// The ledger's own key: `PRIVATE+KEY+<name>+<id>+<base64>`, one line (the form of golang.org/x/mod/sumdb/note).
package struct NoteSigner: Sendable {
    private static let prefix = "PRIVATE+KEY+"

    private let key: Curve25519.Signing.PrivateKey
    package let publicKey: NoteKey

    /// Makes a new key for a log of this name.
    package init(name: String) throws(NoteError) {
        try self.init(name: name, key: Curve25519.Signing.PrivateKey())
    }

    private init(name: String, key: Curve25519.Signing.PrivateKey) throws(NoteError) {
        self.key = key
        publicKey = try NoteKey(name: name, kind: .ed25519, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// Reads the one line of a key's file.
    package init(file bytes: [UInt8]) throws(NoteError) {
        guard let text = String(validating: bytes, as: UTF8.self), text.hasPrefix(Self.prefix), text.hasSuffix("\n")
        else { throw NoteError("is not one line that begins with '\(Self.prefix)'") }
        let (name, id, seed) = try NoteKey.parts(text.dropFirst(Self.prefix.count).dropLast(), of: "the key")
        guard seed.first == NoteKey.Kind.ed25519.rawValue, seed.count == 33 else {
            throw NoteError("is no Ed25519 key for notes")
        }
        let key: Curve25519.Signing.PrivateKey
        do {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed.dropFirst())
        } catch {
            throw NoteError("is no Ed25519 key for notes")
        }
        try self.init(name: name, key: key)
        guard publicKey.id == id else { throw NoteError("has an id that is not that of its name and key") }
    }

    /// What the key's file holds.
    package var file: [UInt8] {
        let seed = Base64.text([NoteKey.Kind.ed25519.rawValue] + Array(key.rawRepresentation), padding: .required)
        return Array("\(Self.prefix)\(publicKey.name)+\(Hex.text(publicKey.id))+\(seed)\n".utf8)
    }

    /// The private key's 32 bytes (RFC 8032), for what else the log signs.
    ///
    /// No such text can be taken for a checkpoint: that begins with the log's name, a DSSE envelope's with 'DSSEv1'.
    package var seed: [UInt8] { Array(key.rawRepresentation) }

    /// The text as a note with this key's signature.
    package func sign(_ text: [UInt8]) throws(NoteError) -> SignedNote {
        let signature: [UInt8]
        do {
            signature = Array(try key.signature(for: text))
        } catch {
            throw NoteError("the key does not sign")
        }
        return try SignedNote(
            text: text, signatures: [.init(name: publicKey.name, id: publicKey.id, bytes: signature)])
    }
}
