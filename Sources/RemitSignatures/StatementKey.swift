import Crypto
import CryptoExtras
package import RemitFormats
import RemitModel

/// A private key with which a gate signs its statements: a job's own, never a person's and never an agent's.
///
/// PKCS #8 in PEM without a passphrase (RFC 5958), since that is what a job can be given and what others' tools make.
package struct StatementKey: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case ed25519
        /// ECDSA over P-256, for what cannot do Ed25519.
        case p256
    }

    /// The longest file that is read.
    package static let maximumByteCount = 4096

    private enum Material: Sendable {
        case ed25519(Curve25519.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
    }

    private let material: Material
    package let publicKey: SSHPublicKey

    /// Makes a new key.
    package init(new kind: Kind) throws(StatementKeyError) {
        switch kind {
        case .ed25519: try self.init(.ed25519(Curve25519.Signing.PrivateKey()))
        case .p256: try self.init(.p256(P256.Signing.PrivateKey(compactRepresentable: false)))
        }
    }

    /// A key that is kept in another form: the 32 bytes of an Ed25519 key.
    package init(ed25519 seed: [UInt8]) throws(StatementKeyError) {
        let key: Curve25519.Signing.PrivateKey
        do { key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed) } catch { throw .kind }
        try self.init(.ed25519(key))
    }

    package init(pem bytes: [UInt8]) throws(StatementKeyError) {
        guard bytes.count <= Self.maximumByteCount, let text = String(validating: bytes, as: UTF8.self) else {
            throw .notPEM
        }
        if text.contains("BEGIN ENCRYPTED PRIVATE KEY") { throw .encrypted }
        guard text.hasPrefix("-----BEGIN PRIVATE KEY-----") else { throw .notPEM }
        if let key = Self.ed25519(text) {
            try self.init(.ed25519(key))
        } else if let key = Self.p256(text) {
            try self.init(.p256(key))
        } else {
            throw .kind
        }
    }

    private init(_ material: Material) throws(StatementKeyError) {
        self.material = material
        var writer = SSHWriter(capacity: 128)
        switch material {
        case .ed25519(let key):
            writer.append(string: SSHKeyType.ed25519.rawValue.utf8)
            writer.append(string: Array(key.publicKey.rawRepresentation))
        case .p256(let key):
            writer.append(string: SSHKeyType.ecdsaP256.rawValue.utf8)
            writer.append(string: SSHCurve.p256.rawValue.utf8)
            writer.append(string: Array(key.publicKey.x963Representation))
        }
        do throws(SSHFormatError) {
            publicKey = try SSHPublicKey(blob: writer.bytes)
        } catch {
            throw .kind
        }
    }

    /// The text must be the key's one spelling: the cryptography reads an X25519 key as if it could sign.
    private static func ed25519(_ text: String) -> Curve25519.Signing.PrivateKey? {
        do {
            let key = try Curve25519.Signing.PrivateKey(pemRepresentation: text)
            let (given, own) = (text.utf8, key.pemRepresentation.utf8)
            return given.filter { $0 > 0x20 } == own.filter { $0 > 0x20 } ? key : nil
        } catch {
            return nil
        }
    }

    private static func p256(_ text: String) -> P256.Signing.PrivateKey? {
        do { return try P256.Signing.PrivateKey(pemRepresentation: text) } catch { return nil }
    }

    /// The private key, as its file holds it.
    package var pem: String {
        switch material {
        case .ed25519(let key): key.pemRepresentation + "\n"
        case .p256(let key): key.pemRepresentation + "\n"
        }
    }

    /// The public key as SubjectPublicKeyInfo in PEM (RFC 5480, RFC 8410), which admission controllers take.
    package var publicPEM: String {
        switch material {
        case .ed25519(let key): key.publicKey.pemRepresentation + "\n"
        case .p256(let key): key.publicKey.pemRepresentation + "\n"
        }
    }

    /// The statement in an envelope that this key signed.
    package func sign(statement payload: [UInt8]) throws(StatementKeyError) -> DSSEEnvelope {
        let bytes = DSSEEnvelope.signedBytes(type: DSSEEnvelope.statementType, payload: payload)
        let signature = DSSEEnvelope.Signature(hint: KeyFingerprint(of: publicKey), bytes: try sign(bytes))
        return DSSEEnvelope(statement: payload, signatures: [signature])
    }

    /// Ed25519: 64 bytes (RFC 8032).
    ///
    /// ECDSA: in DER over SHA-256, as sigstore's tools have it.
    private func sign(_ bytes: [UInt8]) throws(StatementKeyError) -> [UInt8] {
        do {
            switch material {
            case .ed25519(let key): return Array(try key.signature(for: bytes))
            case .p256(let key): return Array(try key.signature(for: bytes).derRepresentation)
            }
        } catch {
            throw .signing
        }
    }
}

/// Why a key does not sign statements; the raw value stands after the name of the file.
package enum StatementKeyError: String, Error, Hashable {
    case notPEM = "is not a private key in PEM (PKCS #8, 'BEGIN PRIVATE KEY')"
    case encrypted = "is encrypted, and a job has nobody to ask for the passphrase"
    case kind = "is neither an Ed25519 nor a P-256 key"
    case signing = "could not sign"

    package var reason: String { rawValue }
}
