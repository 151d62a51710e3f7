package import RemitModel

/// An OpenSSH certificate (PROTOCOL.certkeys, version 01), read but not yet verified.
///
/// Read more strictly than OpenSSH does: one spelling, printable text, a time that is not empty, and an authority
/// that is a plain key.
package struct SSHCertificate: Sendable, Hashable {
    /// The longest blob accepted: three fields of RSA with 16,384 bits take 6 KiB, and texts the rest.
    package static let maximumByteCount = 8192
    /// The longest nonce; OpenSSH writes 32 bytes.
    package static let nonceMaximumByteCount = 256
    /// As many as OpenSSH reads.
    package static let maximumPrincipalCount = 256
    /// The most options of either sort.
    package static let maximumOptionCount = 64
    /// The longest key id, principal or name of an option, in bytes.
    package static let textMaximumByteCount = 1024

    private static let suffix = "-cert-v01@openssh.com"

    package enum Role: UInt32, Sendable, Hashable {
        case user = 1
        case host = 2
    }

    package struct Option: Sendable, Hashable {
        package let name: String
        package let data: [UInt8]
    }

    /// The key that it is for, as a plain key.
    package let key: SSHPublicKey
    package let serial: UInt64
    package let role: Role
    package let keyID: String
    package let principals: [String]
    package let validFrom: Instant
    /// The first moment at which it is good no more; `nil` when it never ends.
    package let validUntil: Instant?
    /// What a verifier must understand and heed, or refuse the certificate.
    ///
    /// The extensions beside them give rights in a login and may be left aside; they are checked for their shape.
    package let criticalOptions: [Option]
    package let authority: SSHPublicKey
    /// What the authority signed: everything before its signature.
    package let signedBytes: [UInt8]
    package let proof: SSHProof

    /// Whether a key's blob says that it is a certificate of this version.
    static func isNamed(in blob: [UInt8]) -> Bool {
        var reader = SSHReader(blob)
        do throws(SSHFormatError) {
            return try reader.string().suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        } catch {
            return false
        }
    }

    package init(blob: [UInt8]) throws(SSHFormatError) {
        guard blob.count <= Self.maximumByteCount else { throw .certificateTooLong }
        var reader = SSHReader(blob)
        let type = try Self.keyType(named: reader.string())
        // It keeps the authority from signing bytes that its client chose, and means nothing to the reader.
        guard try reader.string().count <= Self.nonceMaximumByteCount else { throw .certificateTooLong }
        key = try SSHPublicKey(ofType: type, from: &reader)
        serial = try reader.uint64()
        guard let role = Role(rawValue: try reader.uint32()) else { throw .certificateRole }
        self.role = role
        keyID = try Self.text(reader.string())
        principals = try Self.principals(reader.string())
        (validFrom, validUntil) = try Self.time(reader.uint64(), reader.uint64())
        criticalOptions = try Self.options(reader.string())
        _ = try Self.options(reader.string())
        guard try reader.string().isEmpty else { throw .certificateReserved }
        let issuer = Array(try reader.string())
        guard !Self.isNamed(in: issuer) else { throw .certificateAuthority }
        authority = try SSHPublicKey(blob: issuer)
        signedBytes = Array(blob.dropLast(reader.rest.count))
        let signature = try reader.string()
        try reader.finish()
        proof = try SSHProof(signature, by: authority)
    }

    /// The type of the key that a certificate of this type is for.
    private static func keyType(named name: ArraySlice<UInt8>) throws(SSHFormatError) -> SSHKeyType {
        let plain = String(decoding: name.dropLast(suffix.utf8.count), as: UTF8.self)
        let type = SSHKeyType(rawValue: plain) ?? SSHKeyType(rawValue: plain + "@openssh.com")
        guard let type, name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else { throw .keyType }
        return type
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(SSHFormatError) -> String {
        guard bytes.count <= textMaximumByteCount, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw .certificateText }
        return text
    }

    private static func principals(_ bytes: ArraySlice<UInt8>) throws(SSHFormatError) -> [String] {
        var reader = SSHReader(bytes)
        var principals: [String] = []
        while !reader.rest.isEmpty {
            guard principals.count < maximumPrincipalCount else { throw .certificatePrincipals }
            principals.append(try text(reader.string()))
        }
        return principals
    }

    /// Good from one moment until before another, in seconds; the greatest number means for ever.
    private static func time(
        _ after: UInt64, _ before: UInt64
    ) throws(SSHFormatError) -> (from: Instant, until: Instant?) {
        guard after < before, let from = Int64(exactly: after) else { throw .certificateTime }
        guard before != .max else { return (Instant(seconds: from), nil) }
        guard let until = Int64(exactly: before) else { throw .certificateTime }
        return (Instant(seconds: from), Instant(seconds: until))
    }

    /// Names and data, sorted by name and each name once, as PROTOCOL.certkeys has it.
    private static func options(_ bytes: ArraySlice<UInt8>) throws(SSHFormatError) -> [Option] {
        var reader = SSHReader(bytes)
        var options: [Option] = []
        while !reader.rest.isEmpty {
            let option = Option(name: try text(reader.string()), data: Array(try reader.string()))
            if let last = options.last, !last.name.utf8.lexicographicallyPrecedes(option.name.utf8) {
                throw .certificateOptions
            }
            guard options.count < maximumOptionCount else { throw .certificateOptions }
            options.append(option)
        }
        return options
    }
}
