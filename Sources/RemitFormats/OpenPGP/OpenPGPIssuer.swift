import RemitModel

/// The key by which an OpenPGP signature says that it was made.
///
/// Claimed, and verified by nobody: whoever writes a signature writes this too. It tells a commit that says to be the
/// host's from one that does not even say so.
package struct OpenPGPIssuer: Hashable, Sendable {
    /// The 8 octets that name a key (RFC 9580 section 5.5.4).
    package let keyID: UInt64

    package init(keyID: UInt64) {
        self.keyID = keyID
    }

    /// As OpenPGP tools print it: 16 upper-case hexadecimal digits.
    package var text: String {
        let digits = String(keyID, radix: 16, uppercase: true)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The longest armoured text that is read, in bytes: an RSA-4096 signature takes under 1,000.
    package static let maximumLength = 65_536
    /// The packets that are looked through for a signature; git's have one.
    static let maximumPackets = 8

    /// Reads the first signature packet of an armoured signature.
    ///
    /// Versions 3, 4, 5 and 6; of all but the first the subpackets 16 (issuer key id) and 33 (issuer fingerprint), hashed
    /// or not, which must agree.
    package init(armoured text: [UInt8]) throws(OpenPGPFault) {
        var packets = OpenPGPPackets(try Self.decode(text))
        for _ in 0..<Self.maximumPackets {
            guard let packet = try packets.next() else { break }
            guard packet.tag == OpenPGPPackets.signatureTag else { continue }
            keyID = try Self.issuer(in: packet.body)
            return
        }
        throw .noSignature
    }

    // MARK: Armour, RFC 9580 section 6

    private static func decode(_ text: [UInt8]) throws(OpenPGPFault) -> [UInt8] {
        guard text.count <= maximumLength else { throw .tooLong }
        guard SignatureKind(of: text) == .openPGP else { throw .armour }
        var lines = text.split(separator: .lineFeed, omittingEmptySubsequences: false).dropFirst()
        // Header lines such as `Version: …` end with an empty one.
        guard let blank = lines.firstIndex(where: { $0.trimmingBlanks().isEmpty }) else { throw .armour }
        lines = lines[(blank + 1)...]
        guard let end = lines.firstIndex(where: { $0.starts(with: "-----END PGP ".utf8) }) else { throw .armour }
        var digits: [UInt8] = []
        for line in lines[..<end] {
            let line = line.trimmingBlanks()
            // The checksum, which newer writers leave out and readers must not insist on (section 6.1).
            if line.first == UInt8(ascii: "=") { break }
            digits.append(contentsOf: line)
        }
        guard let bytes = Base64.decode(digits, padding: .required) else { throw .armour }
        return bytes
    }

    // MARK: Signature packets, RFC 9580 section 5.2

    private static func issuer(in body: ArraySlice<UInt8>) throws(OpenPGPFault) -> UInt64 {
        var reader = SSHReader(body)
        return try OpenPGPFault.reading { () throws(SSHFormatError) in
            let version = try reader.byte()
            switch version {
            case 3:
                // The length of what is hashed, the type, four octets of time; then the key.
                _ = try reader.bytes(6)
                return .success(try reader.uint64())
            case 4, 5, 6:
                // The type, and the algorithms for key and hash.
                _ = try reader.bytes(3)
                var found: Set<UInt64> = []
                for _ in 0..<2 {
                    let length = version == 6 ? Int(try reader.uint32()) : Int(try reader.uint16())
                    var area = SSHReader(try reader.bytes(length))
                    while !area.rest.isEmpty { if let key = try subpacket(&area) { found.insert(key) } }
                }
                guard let key = found.first else { return .failure(.noIssuer) }
                return found.count == 1 ? .success(key) : .failure(.severalIssuers)
            default: return .failure(.version)
            }
        }
    }

    private static func subpacket(_ area: inout SSHReader) throws(SSHFormatError) -> UInt64? {
        let first = Int(try area.byte())
        let length =
            switch first {
            case 0..<192: first
            case 192..<255: (first - 192) << 8 + Int(try area.byte()) + 192
            default: Int(try area.uint32())
            }
        var value = SSHReader(try area.bytes(length))
        // The highest bit says that a reader who does not know the type must not accept the signature.
        switch try value.byte() & 0x7F {
        case 16: return try value.uint64()
        case 33:
            let version = try value.byte()
            // A key of version 4 is named by the end of its fingerprint, a later one by the beginning.
            if version == 4 { value = SSHReader(value.rest.suffix(8)) }
            return try value.uint64()
        default: return nil
        }
    }
}
