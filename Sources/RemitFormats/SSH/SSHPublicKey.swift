/// An SSH public key that Remit can verify with, known by its exact blob.
///
/// The blob is read so strictly that a key has one spelling: equal keys have equal blobs, and so equal fingerprints.
package struct SSHPublicKey: Sendable {
    /// The longest blob accepted: an RSA key of ``rsaModulusBits`` takes little more than 2 KiB.
    package static let maximumByteCount = 4096
    /// The sizes of RSA moduli accepted; OpenSSH and BoringSSL end at the same upper bound.
    package static let rsaModulusBits = 2048...16_384
    /// The widest public exponent that BoringSSL takes: a wider one only makes verifying slow.
    package static let rsaExponentMaximumBits = 33
    /// The longest application of a security key; OpenSSH's are `ssh:` and a short name.
    package static let applicationMaximumByteCount = 255

    /// What a key of each kind consists of.
    ///
    /// The slices are of ``SSHPublicKey/blob``.
    package enum Material: Sendable {
        case ed25519(ArraySlice<UInt8>)
        /// An uncompressed point: 4, X, Y. That it lies on the curve is checked where it is used.
        case ecdsa(SSHCurve, point: ArraySlice<UInt8>)
        /// Both without leading zeros.
        case rsa(modulus: ArraySlice<UInt8>, exponent: ArraySlice<UInt8>)
        case securityKeyEd25519(ArraySlice<UInt8>, application: ArraySlice<UInt8>)
        /// Always on P-256.
        case securityKeyECDSA(point: ArraySlice<UInt8>, application: ArraySlice<UInt8>)
    }

    /// The key as it goes over the wire, beginning with its type.
    package let blob: [UInt8]
    package let type: SSHKeyType
    package let material: Material

    package init(blob: [UInt8]) throws(SSHFormatError) {
        guard blob.count <= Self.maximumByteCount else { throw .keyTooLong }
        var reader = SSHReader(blob)
        let type = try SSHKeyType(name: reader.string())
        self.material = try Self.material(of: type, from: &reader)
        try reader.finish()
        self.blob = blob
        self.type = type
    }

    /// Reads the key that a certificate is for: the same fields, but for the type before them.
    init(ofType type: SSHKeyType, from reader: inout SSHReader) throws(SSHFormatError) {
        let rest = reader.rest
        _ = try Self.material(of: type, from: &reader)
        var writer = SSHWriter(capacity: rest.count)
        writer.append(string: type.rawValue.utf8)
        writer.append(raw: rest.dropLast(reader.rest.count))
        try self.init(blob: writer.bytes)
    }

    private static func material(
        of type: SSHKeyType, from reader: inout SSHReader
    ) throws(SSHFormatError) -> Material {
        switch type {
        case .ed25519: return .ed25519(try edwardsPoint(from: &reader))
        case .ecdsaP256: return .ecdsa(.p256, point: try point(on: .p256, from: &reader))
        case .ecdsaP384: return .ecdsa(.p384, point: try point(on: .p384, from: &reader))
        case .ecdsaP521: return .ecdsa(.p521, point: try point(on: .p521, from: &reader))
        case .rsa: return try rsa(from: &reader)
        case .securityKeyEd25519:
            let point = try edwardsPoint(from: &reader)
            return .securityKeyEd25519(point, application: try application(from: &reader))
        case .securityKeyECDSA:
            let point = try point(on: .p256, from: &reader)
            return .securityKeyECDSA(point: point, application: try application(from: &reader))
        }
    }

    private static func edwardsPoint(from reader: inout SSHReader) throws(SSHFormatError) -> ArraySlice<UInt8> {
        let point = try reader.string()
        guard point.count == 32 else { throw .key }
        guard !Ed25519SmallOrder.contains(point) else { throw .weakKey }
        return point
    }

    private static func point(
        on curve: SSHCurve, from reader: inout SSHReader
    ) throws(SSHFormatError) -> ArraySlice<UInt8> {
        guard try reader.string().elementsEqual(curve.rawValue.utf8) else { throw .key }
        let point = try reader.string()
        // RFC 5656 would allow compressed points; OpenSSH writes none and reads none.
        guard point.count == 1 + 2 * curve.byteCount, point.first == 4 else { throw .key }
        return point
    }

    private static func rsa(from reader: inout SSHReader) throws(SSHFormatError) -> Material {
        let exponent = try reader.positiveInteger()
        let modulus = try reader.positiveInteger()
        guard rsaModulusBits.contains(bitCount(modulus)), bitCount(exponent) <= rsaExponentMaximumBits else {
            throw .weakKey
        }
        // Both are odd in every RSA key, and an exponent of 1 would make every message its own signature.
        guard let last = modulus.last, !last.isMultiple(of: 2), let lowest = exponent.last, !lowest.isMultiple(of: 2),
            bitCount(exponent) > 1
        else { throw .weakKey }
        return .rsa(modulus: modulus, exponent: exponent)
    }

    private static func bitCount(_ magnitude: ArraySlice<UInt8>) -> Int {
        guard let first = magnitude.first else { return 0 }
        return magnitude.count * 8 - first.leadingZeroBitCount
    }

    private static func application(from reader: inout SSHReader) throws(SSHFormatError) -> ArraySlice<UInt8> {
        let application = try reader.string()
        guard (1...applicationMaximumByteCount).contains(application.count) else { throw .key }
        return application
    }
}

extension SSHPublicKey: Hashable {
    package static func == (left: SSHPublicKey, right: SSHPublicKey) -> Bool { left.blob == right.blob }

    package func hash(into hasher: inout Hasher) { hasher.combine(blob) }
}
