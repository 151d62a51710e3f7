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

    /// What the security key says about the person at the time of signing.
    package struct Touch: Sendable, Hashable {
        package let flags: UInt8
        package let counter: UInt32

        /// Somebody touched the key.
        package var userPresent: Bool { flags & 0x01 != 0 }
        /// The key asked for a PIN or a finger.
        package var userVerified: Bool { flags & 0x04 != 0 }
    }

    package static let magic = Array("SSHSIG".utf8)

    package let publicKey: SSHPublicKey
    package let namespace: String
    package let hashAlgorithm: HashAlgorithm
    package let algorithm: SSHSignatureAlgorithm
    /// Ed25519: 64 bytes.
    ///
    /// ECDSA: r and s, each as wide as the curve. RSA: at most as wide as the modulus.
    package let bytes: ArraySlice<UInt8>
    /// Present exactly when the key is a security key's.
    package let touch: Touch?

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
        publicKey = try SSHPublicKey(blob: Array(reader.string()))
        namespace = try Self.namespace(reader.string())
        // Not covered by the signature: anything here would be another file with the same authority.
        guard try reader.string().isEmpty else { throw .reserved }
        guard let hash = HashAlgorithm(rawValue: String(decoding: try reader.string(), as: UTF8.self)) else {
            throw .hashAlgorithm
        }
        hashAlgorithm = hash
        var inner = SSHReader(try reader.string())
        try reader.finish()

        algorithm = try SSHSignatureAlgorithm(name: inner.string())
        guard algorithm.keyType == publicKey.type else { throw .signatureAlgorithm }
        bytes = try Self.signature(inner.string(), by: algorithm, key: publicKey)
        touch = publicKey.type.isSecurityKey ? Touch(flags: try inner.byte(), counter: try inner.uint32()) : nil
        try inner.finish()
    }

    private static func namespace(_ bytes: ArraySlice<UInt8>) throws(SSHFormatError) -> String {
        guard (1...namespaceMaximumByteCount).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .namespace }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func signature(
        _ bytes: ArraySlice<UInt8>, by algorithm: SSHSignatureAlgorithm, key: SSHPublicKey
    ) throws(SSHFormatError) -> ArraySlice<UInt8> {
        if let curve = algorithm.curve { return try ecdsa(bytes, on: curve) }
        if case .rsa(let modulus, _) = key.material {
            // Some signers drop leading zeros, so a shorter one is read, as OpenSSH does.
            guard (1...modulus.count).contains(bytes.count) else { throw .signature }
        } else {
            guard bytes.count == 64 else { throw .signature }
        }
        return bytes
    }

    /// Two positive integers, put side by side in the width of the curve.
    private static func ecdsa(
        _ bytes: ArraySlice<UInt8>, on curve: SSHCurve
    ) throws(SSHFormatError) -> ArraySlice<UInt8> {
        var reader = SSHReader(bytes)
        var halves: [UInt8] = []
        halves.reserveCapacity(2 * curve.byteCount)
        for _ in 0..<2 {
            let half = try reader.positiveInteger()
            guard half.count <= curve.byteCount else { throw .signature }
            halves.append(contentsOf: repeatElement(0, count: curve.byteCount - half.count))
            halves.append(contentsOf: half)
        }
        try reader.finish()
        return halves[...]
    }
}
