import RemitFormats

/// The name and address of a `Co-authored-by` value, read leniently: agents write these lines themselves.
///
/// Seen in real histories: no brackets at all (`OpenHands openhands@all-hands.dev`), and a bracket left open.
struct CoAuthor {
    let name: ArraySlice<UInt8>
    let email: ArraySlice<UInt8>
    /// What stands after the address.
    let rest: ArraySlice<UInt8>
    /// Whether the address stands in no brackets, or in one that is left open.
    let isOpen: Bool

    init(_ value: ArraySlice<UInt8>) {
        if let open = Self.opening(in: value) {
            let close = value[open...].firstIndex(of: UInt8(ascii: ">"))
            name = value[..<open]
            email = value[(open + 1)..<(close ?? value.endIndex)].trimmingBlanks()
            rest = close.map { value[($0 + 1)...] } ?? []
            isOpen = close == nil
        } else {
            let words = value.split(separator: UInt8(ascii: " "))
            let address = words.last.flatMap { $0.contains(UInt8(ascii: "@")) ? $0 : nil }
            name = address.map { value[..<$0.startIndex] } ?? value
            email = address ?? []
            rest = []
            isOpen = address != nil
        }
    }

    /// The first bracket that opens an address, since a name can have some too; the first of all where none does.
    private static func opening(in value: ArraySlice<UInt8>) -> Int? {
        var (first, position) = (Int?.none, value.startIndex)
        while let open = value[position...].firstIndex(of: UInt8(ascii: "<")) {
            first = first ?? open
            let end = value[open...].firstIndex(of: UInt8(ascii: ">")) ?? value.endIndex
            if value[open..<end].contains(UInt8(ascii: "@")) { return open }
            guard end < value.endIndex else { break }
            position = end + 1
        }
        return first
    }
}
