/// The id of a git object: SHA-1, 20 bytes.
///
/// Repositories of other formats are refused before one is made.
package struct ObjectID: Hashable, Sendable {
    /// The id's 20 bytes as three integers, big-endian, so that a value needs no allocation.
    package let head: UInt64
    package let middle: UInt64
    package let tail: UInt32

    package static let byteCount = 20
    package static let hexCount = 40

    /// What git writes for "no object": the old side of a creation, the new side of a deletion.
    package static let zero = ObjectID(head: 0, middle: 0, tail: 0)

    /// From three integers: a walk over trees makes too many ids to go through a collection of bytes.
    package init(head: UInt64, middle: UInt64, tail: UInt32) {
        self.head = head
        self.middle = middle
        self.tail = tail
    }

    /// Exactly 20 bytes, or `nil`.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var head: UInt64 = 0
        var middle: UInt64 = 0
        var tail: UInt32 = 0
        for (offset, byte) in bytes.enumerated() {
            switch offset {
            case 0..<8: head = head << 8 | UInt64(byte)
            case 8..<16: middle = middle << 8 | UInt64(byte)
            default: tail = tail << 8 | UInt32(byte)
            }
        }
        self.init(head: head, middle: middle, tail: tail)
    }

    /// Exactly 40 lower-case hexadecimal digits, or `nil`: libgit2 would cut a longer one (a SHA-256 id) silently.
    ///
    /// Every commit has some, so they are decoded in place, and not through a generic collection.
    package init?(hex: ArraySlice<UInt8>) {
        guard hex.count == Self.hexCount else { return nil }
        var words: (head: UInt64, middle: UInt64, tail: UInt32) = (0, 0, 0)
        var position = 0
        for digit in hex {
            guard let value = Hex.value(digit) else { return nil }
            switch position {
            case 0..<16: words.head = words.head << 4 | UInt64(value)
            case 16..<32: words.middle = words.middle << 4 | UInt64(value)
            default: words.tail = words.tail << 4 | UInt32(value)
            }
            position += 1
        }
        self.init(head: words.head, middle: words.middle, tail: words.tail)
    }

    package init?(hex: some Collection<UInt8>) {
        self.init(hex: Array(hex)[...])
    }

    package init?(hex: String) {
        self.init(hex: hex.utf8)
    }

    package var isZero: Bool { self == .zero }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: head >> shift)) }
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: middle >> shift)) }
        for shift in stride(from: 24, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: tail >> shift)) }
        return bytes
    }

    package var hex: String {
        var text: [UInt8] = []
        text.reserveCapacity(Self.hexCount)
        appendHex(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the 40 digits: a transcript holds some ids of every commit, so they are written where they belong.
    package func appendHex(to text: inout [UInt8]) {
        for shift in stride(from: 60, through: 0, by: -4) { text.append(Hex.digit(head >> shift)) }
        for shift in stride(from: 60, through: 0, by: -4) { text.append(Hex.digit(middle >> shift)) }
        for shift in stride(from: 28, through: 0, by: -4) { text.append(Hex.digit(UInt64(tail) >> shift)) }
    }

    /// The first 12 digits, as Remit shows ids to people.
    package var abbreviated: String { String(hex.prefix(12)) }
}

extension ObjectID: CustomStringConvertible {
    package var description: String { hex }
}

extension ObjectID: Comparable {
    package static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.head, left.middle, left.tail) < (right.head, right.middle, right.tail)
    }
}
