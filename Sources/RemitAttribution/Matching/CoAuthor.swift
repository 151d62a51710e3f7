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
        if let open = value.firstIndex(of: UInt8(ascii: "<")) {
            let close = value[open...].firstIndex(of: UInt8(ascii: ">"))
            name = value[..<open]
            email = value[(open + 1)..<(close ?? value.endIndex)]
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
}
