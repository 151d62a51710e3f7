import Crypto
package import RemitFormats
import RemitModel

/// A security key without hardware: it makes the bytes that a device makes, and is touched or not as a test says.
package struct SoftSecurityKey: Sendable {
    private enum Secret: Sendable {
        case ed25519(Curve25519.Signing.PrivateKey)
        case ecdsa(P256.Signing.PrivateKey)
    }

    /// What the device says of the person: touched.
    package static let present: UInt8 = 0x01
    /// Touched, and asked for a PIN or a finger.
    package static let verified: UInt8 = 0x05

    private let secret: Secret
    private let application: [UInt8]
    package let publicKey: SSHPublicKey

    package init(_ type: SSHKeyType, application: String = "ssh:") throws {
        self.application = Array(application.utf8)
        var writer = SSHWriter()
        writer.append(string: type.rawValue.utf8)
        if type == .securityKeyEd25519 {
            let key = Curve25519.Signing.PrivateKey()
            writer.append(string: Array(key.publicKey.rawRepresentation))
            secret = .ed25519(key)
        } else {
            let key = P256.Signing.PrivateKey()
            writer.append(string: "nistp256".utf8)
            writer.append(string: Array(key.publicKey.x963Representation))
            secret = .ecdsa(key)
        }
        writer.append(string: application.utf8)
        publicKey = try SSHPublicKey(blob: writer.bytes)
    }

    /// A signature of the key as the wire has it: the algorithm, the device's own signature, flags and counter.
    ///
    /// The device signs the application, the flags, the counter and the digest of the data (PROTOCOL.u2f).
    package func proof(over data: [UInt8], flags: UInt8 = present, counter: UInt32 = 7) throws -> [UInt8] {
        var assertion = SSHWriter()
        assertion.append(raw: Array(SHA256.hash(data: application)))
        assertion.append(raw: [flags])
        assertion.append(uint32: counter)
        assertion.append(raw: Array(SHA256.hash(data: data)))
        var writer = SSHWriter()
        writer.append(string: publicKey.type.rawValue.utf8)
        switch secret {
        case .ed25519(let key): writer.append(string: Array(try key.signature(for: assertion.bytes)))
        case .ecdsa(let key):
            let raw = Array(try key.signature(for: assertion.bytes).rawRepresentation)
            var halves = SSHWriter()
            for half in [raw.prefix(32), raw.suffix(32)] { halves.append(string: Self.integer(half)) }
            writer.append(string: halves.bytes)
        }
        writer.append(raw: [flags])
        writer.append(uint32: counter)
        return writer.bytes
    }

    /// The armoured SSHSIG, as `ssh-keygen -Y sign` makes it with a device.
    ///
    /// - Parameter certificate: the blob of a certificate to stand in the key's place.
    package func sign(
        _ message: [UInt8], namespace: String, flags: UInt8 = present, certificate: [UInt8]? = nil
    ) throws -> [UInt8] {
        var fields = SSHWriter()
        fields.append(string: namespace.utf8)
        fields.append(string: [])
        fields.append(string: "sha512".utf8)
        var signed = SSHWriter()
        signed.append(raw: SSHSignature.magic)
        signed.append(raw: fields.bytes)
        signed.append(string: Array(SHA512.hash(data: message)))
        var blob = SSHWriter()
        blob.append(raw: SSHSignature.magic)
        blob.append(uint32: 1)
        blob.append(string: certificate ?? publicKey.blob)
        blob.append(raw: fields.bytes)
        blob.append(string: try proof(over: signed.bytes, flags: flags))
        let text = Base64.text(blob.bytes, padding: .required)
        return Array("-----BEGIN SSH SIGNATURE-----\n\(text)\n-----END SSH SIGNATURE-----\n".utf8)
    }

    /// A positive integer in its shortest form.
    private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        let magnitude = Array(bytes.drop { $0 == 0 })
        return (magnitude.first ?? 0) >= 0x80 ? [0] + magnitude : magnitude
    }
}
