package import RemitModel

extension SafeText {
    /// A value as one word of a command that we ask a person to run, or a placeholder for it.
    ///
    /// People paste such commands into a shell. A ref called `$(…)` or `--upload-pack=…` must not become part of one,
    /// so only bytes that no shell and no option parser treats as special are let through.
    package static func command(word value: ByteString?, or placeholder: SafeText) -> SafeText {
        guard let value, !value.isEmpty, value.count <= valueAtMost, value.bytes.first != UInt8(ascii: "-"),
            value.bytes.allSatisfy(isInert)
        else { return placeholder }
        return "\(word: value)"
    }

    private static func isInert(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "@"), UInt8(ascii: "+"):
            true
        default:
            false
        }
    }
}
