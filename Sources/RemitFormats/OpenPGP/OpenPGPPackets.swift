/// The packets of an OpenPGP message, one after the other (RFC 9580 section 4.2).
struct OpenPGPPackets {
    static let signatureTag: UInt8 = 2

    private var reader: SSHReader

    init(_ bytes: [UInt8]) {
        reader = SSHReader(bytes)
    }

    /// The next packet; `nil` at the end.
    ///
    /// Lengths in parts, and lengths left open, are refused: a signature has neither.
    mutating func next() throws(OpenPGPFault) -> (tag: UInt8, body: ArraySlice<UInt8>)? {
        guard !reader.rest.isEmpty else { return nil }
        var reader = reader
        let packet = try OpenPGPFault.reading { () throws(SSHFormatError) in
            let header = try reader.byte()
            guard header & 0x80 != 0 else { return Result<(UInt8, ArraySlice<UInt8>), OpenPGPFault>.failure(.packet) }
            let isNew = header & 0x40 != 0
            let length: Int
            if isNew {
                let first = Int(try reader.byte())
                switch first {
                case 0..<192: length = first
                case 192..<224: length = (first - 192) << 8 + Int(try reader.byte()) + 192
                case 255: length = Int(try reader.uint32())
                default: return .failure(.packet)
                }
            } else {
                switch header & 0x03 {
                case 0: length = Int(try reader.byte())
                case 1: length = Int(try reader.uint16())
                case 2: length = Int(try reader.uint32())
                default: return .failure(.packet)
                }
            }
            let body = try reader.bytes(length)
            return .success((isNew ? header & 0x3F : header >> 2 & 0x0F, body))
        }
        self.reader = reader
        return (tag: packet.0, body: packet.1)
    }
}

/// Why an OpenPGP signature does not say whose it is.
///
/// The raw value is a short reason in lower case.
package enum OpenPGPFault: String, Error, Hashable {
    case tooLong = "is too long"
    case armour = "is not armoured as openpgp"
    case packet = "is not made of openpgp packets"
    case truncated = "ends too early"
    case noSignature = "holds no signature packet"
    case version = "is of an unknown version"
    case noIssuer = "names no key"
    case severalIssuers = "names several keys"

    package var reason: String { rawValue }

    /// Runs a part of the reading, whose one fault of form is an end that comes too early.
    static func reading<Value>(
        _ body: () throws(SSHFormatError) -> Result<Value, OpenPGPFault>
    ) throws(OpenPGPFault) -> Value {
        let result: Result<Value, OpenPGPFault>
        do throws(SSHFormatError) {
            result = try body()
        } catch {
            throw .truncated
        }
        return try result.get()
    }
}
