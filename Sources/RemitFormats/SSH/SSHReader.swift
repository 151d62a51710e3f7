/// Reads the SSH wire format (RFC 4251 section 5) strictly: every length is checked before it is used.
///
/// OpenPGP writes its numbers in the same way, and is read with it too.
///
/// What it answers are slices of what it was given, so reading copies nothing.
package struct SSHReader {
    /// What was not read yet.
    package private(set) var rest: ArraySlice<UInt8>

    package init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    package init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    package mutating func bytes(_ count: Int) throws(SSHFormatError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .truncated }
        let taken = rest.prefix(count)
        rest = rest.dropFirst(count)
        return taken
    }

    package mutating func byte() throws(SSHFormatError) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .truncated }
        return byte
    }

    package mutating func uint16() throws(SSHFormatError) -> UInt16 {
        let (high, low) = (try byte(), try byte())
        return UInt16(high) << 8 | UInt16(low)
    }

    package mutating func uint32() throws(SSHFormatError) -> UInt32 {
        var value: UInt32 = 0
        for byte in try bytes(4) { value = value << 8 | UInt32(byte) }
        return value
    }

    package mutating func uint64() throws(SSHFormatError) -> UInt64 {
        let (high, low) = (try uint32(), try uint32())
        return UInt64(high) << 32 | UInt64(low)
    }

    /// A `string`: a length of four bytes, and so many bytes.
    package mutating func string() throws(SSHFormatError) -> ArraySlice<UInt8> {
        try bytes(Int(uint32()))
    }

    /// The magnitude of a positive `mpint`, without its sign byte.
    ///
    /// OpenSSH also reads integers with needless zeros before them; refusing those leaves each key one blob, and so
    /// one fingerprint.
    package mutating func positiveInteger() throws(SSHFormatError) -> ArraySlice<UInt8> {
        let integer = try string()
        guard let first = integer.first, first < 0x80 else { throw .integer }
        guard first == 0 else { return integer }
        let magnitude = integer.dropFirst()
        guard let next = magnitude.first, next >= 0x80 else { throw .integer }
        return magnitude
    }

    /// Refuses whatever was not read.
    package func finish() throws(SSHFormatError) {
        guard rest.isEmpty else { throw .trailingBytes }
    }
}
