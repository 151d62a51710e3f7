/// A value bound to a statement's parameter, in PostgreSQL's binary form.
///
/// The forms are those of each type's `send` function; an array is its number of dimensions, whether it holds nulls, the
/// type of its elements, their number, the first index, and each element after its length (`array_send`).
enum PostgresValue {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
    case null
    case integers([Int64])
    case byteStrings([[UInt8]])
    case texts([String])

    /// The type's number in `pg_type`, which never changes.
    var type: UInt32 {
        switch self {
        case .integer: 20
        case .bytes, .null: 17
        case .text: 25
        case .integers: 1016
        case .byteStrings: 1001
        case .texts: 1009
        }
    }

    /// `nil` for a null.
    var encoded: [UInt8]? {
        switch self {
        case .integer(let number): Self.bigEndian(number)
        case .bytes(let bytes): bytes
        case .text(let text): Array(text.utf8)
        case .null: nil
        case .integers(let numbers): Self.array(of: 20, numbers.map(Self.bigEndian))
        case .byteStrings(let strings): Self.array(of: 17, strings)
        case .texts(let texts): Self.array(of: 25, texts.map { Array($0.utf8) })
        }
    }

    private static func array(of type: Int32, _ elements: [[UInt8]]) -> [UInt8] {
        var bytes = bigEndian(Int32(elements.isEmpty ? 0 : 1)) + bigEndian(Int32(0)) + bigEndian(type)
        guard !elements.isEmpty else { return bytes }
        bytes.reserveCapacity(20 + elements.reduce(0) { $0 + 4 + $1.count })
        bytes += bigEndian(Int32(elements.count)) + bigEndian(Int32(1))
        for element in elements { bytes += bigEndian(Int32(element.count)) + element }
        return bytes
    }

    static func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        stride(from: number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }
}
