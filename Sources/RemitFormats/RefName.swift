package import RemitModel

/// Which full ref names git accepts, by the rules of `git check-ref-format`.
package enum RefName {
    /// The first rule that a full name breaks, in a few words; `nil` when git accepts it.
    package static func fault(in name: ByteString) -> String? {
        guard name.starts(with: "refs/") else { return "does not begin with refs/" }
        if let fault = faultyByte(in: name.bytes) { return fault }
        for component in name.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if component.isEmpty { return "an empty component" }
            if component.first == UInt8(ascii: ".") { return "a component begins with a dot" }
            // git takes `<ref>.lock` beside each loose ref.
            if component.suffix(5).elementsEqual(".lock".utf8) { return "a component ends in .lock" }
        }
        return name.bytes.last == UInt8(ascii: ".") ? "ends in a dot" : nil
    }

    private static let forbidden = Set(" ~^:?*[\\".utf8)

    private static func faultyByte(in bytes: [UInt8]) -> String? {
        var previous: UInt8 = 0
        for byte in bytes {
            if byte < 0x20 || byte == 0x7F { return "a control byte" }
            if forbidden.contains(byte) { return "the character '\(Character(UnicodeScalar(byte)))'" }
            if previous == UInt8(ascii: "."), byte == previous { return "two dots in a row" }
            if previous == UInt8(ascii: "@"), byte == UInt8(ascii: "{") { return "the sequence '@{'" }
            previous = byte
        }
        return nil
    }
}
