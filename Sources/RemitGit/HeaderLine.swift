import RemitModel

/// A line `<key> SP <40 digits> LF` at the head of a commit or tag.
///
/// Every commit of a push has two or three, so nothing but the digits is copied.
enum HeaderLine {
    static func length(of key: StaticString) -> Int { key.utf8CodeUnitCount + ObjectID.hexCount + 1 }

    /// The id on the line at a position; `nil` when the bytes there are no such line.
    ///
    /// The key holds its space.
    static func id(in bytes: RawSpan, at position: Int, key: StaticString) -> ObjectID? {
        guard position + length(of: key) <= bytes.byteCount else { return nil }
        var next = position
        for byte in key.description.utf8 {
            guard TreeBytes.byte(bytes, next) == byte else { return nil }
            next += 1
        }
        let digits = next..<next + ObjectID.hexCount
        guard TreeBytes.byte(bytes, digits.upperBound) == UInt8(ascii: "\n") else { return nil }
        return ObjectID(hex: digits.map { TreeBytes.byte(bytes, $0) }[...])
    }
}
