/// The bytes by which a key signs, in a signature file or a certificate: read, and not yet verified.
package struct SSHProof: Sendable, Hashable {
    /// What the security key says about the person at the time of signing.
    package struct Touch: Sendable, Hashable {
        package let flags: UInt8
        package let counter: UInt32

        /// Somebody touched the key.
        package var userPresent: Bool { flags & 0x01 != 0 }
        /// The key asked for a PIN or a finger.
        package var userVerified: Bool { flags & 0x04 != 0 }
    }

    package let algorithm: SSHSignatureAlgorithm
    /// Ed25519: 64 bytes.
    ///
    /// ECDSA: r and s, each as wide as the curve. RSA: at most as wide as the modulus.
    package let bytes: ArraySlice<UInt8>
    /// Present exactly when the key is a security key's.
    package let touch: Touch?

    /// Reads what follows a key's name for its algorithm, which must be one of the key's own.
    init(_ blob: ArraySlice<UInt8>, by key: SSHPublicKey) throws(SSHFormatError) {
        var reader = SSHReader(blob)
        algorithm = try SSHSignatureAlgorithm(name: reader.string())
        guard algorithm.keyType == key.type else { throw .signatureAlgorithm }
        bytes = try Self.signature(reader.string(), by: algorithm, key: key)
        touch = key.type.isSecurityKey ? Touch(flags: try reader.byte(), counter: try reader.uint32()) : nil
        try reader.finish()
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
