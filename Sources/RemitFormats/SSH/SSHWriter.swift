/// Writes the SSH wire format.
package struct SSHWriter {
    package private(set) var bytes: [UInt8] = []

    package init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    package mutating func append(uint32 value: UInt32) {
        for shift in stride(from: 24, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    package mutating func append(raw value: some Collection<UInt8>) {
        bytes.append(contentsOf: value)
    }

    /// Appends a `string`.
    ///
    /// Nothing that Remit writes comes near the four bytes of its length.
    package mutating func append(string value: some Collection<UInt8>) {
        append(uint32: UInt32(value.count))
        bytes.append(contentsOf: value)
    }
}
