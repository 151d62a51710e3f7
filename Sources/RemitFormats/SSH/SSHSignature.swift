/// A detached SSH signature (OpenSSH's PROTOCOL.sshsig), read but not yet verified.
package struct SSHSignature: Sendable, Hashable {
    /// The longest armoured signature accepted: one with RSA of 16,384 bits takes 6 KiB.
    package static let maximumByteCount = 16_384
    /// The longest namespace accepted.
    package static let namespaceMaximumByteCount = 255

    /// The digest of the message that was signed.
    package enum HashAlgorithm: String, Sendable, Hashable {
        case sha256
        case sha512
    }

    package static let magic = Array("SSHSIG".utf8)

    /// The key that signed; of a certificate, the key that it is for.
    package let publicKey: SSHPublicKey
    /// The certificate that stands in the key's place, not yet verified.
    package let certificate: SSHCertificate?
    package let namespace: String
    package let hashAlgorithm: HashAlgorithm
    package let proof: SSHProof

    /// Reads an armoured signature: a `.sig` file or the value of a `gpgsig` header.
    package init(armoured text: [UInt8]) throws(SSHFormatError) {
        guard text.count <= Self.maximumByteCount else { throw .signatureTooLong }
        try self.init(blob: SSHArmour.decode(text[...]))
    }

    /// Reads the blob that the armour carries.
    package init(blob: [UInt8]) throws(SSHFormatError) {
        guard blob.count <= Self.maximumByteCount else { throw .signatureTooLong }
        var reader = SSHReader(blob)
        guard try reader.bytes(Self.magic.count).elementsEqual(Self.magic) else { throw .magic }
        guard try reader.uint32() == 1 else { throw .version }
        let key = Array(try reader.string())
        if SSHCertificate.isNamed(in: key) {
            let certificate = try SSHCertificate(blob: key)
            self.certificate = certificate
            publicKey = certificate.key
        } else {
            certificate = nil
            publicKey = try SSHPublicKey(blob: key)
        }
        namespace = try Self.namespace(reader.string())
        // Not covered by the signature: anything here would be another file with the same authority.
        guard try reader.string().isEmpty else { throw .reserved }
        guard let hash = HashAlgorithm(rawValue: String(decoding: try reader.string(), as: UTF8.self)) else {
            throw .hashAlgorithm
        }
        hashAlgorithm = hash
        let signature = try reader.string()
        try reader.finish()
        proof = try SSHProof(signature, by: publicKey)
    }

    private static func namespace(_ bytes: ArraySlice<UInt8>) throws(SSHFormatError) -> String {
        guard (1...namespaceMaximumByteCount).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .namespace }
        return String(decoding: bytes, as: UTF8.self)
    }
}
