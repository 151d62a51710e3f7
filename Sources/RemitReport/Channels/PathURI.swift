import RemitModel

/// A path of a tree as a relative reference (RFC 3986, section 4.2).
enum PathURI {
    /// `nil` for what a reader would resolve to another place, such as `../x`, or to none.
    static func text(_ path: ByteString) -> String? {
        let slash = UInt8(ascii: "/")
        let segments = path.bytes.split(separator: slash, omittingEmptySubsequences: false)
        let leading: [[UInt8]] = [[], Array(".".utf8), Array("..".utf8)]
        guard !segments.contains(where: { leading.contains(Array($0)) }) else { return nil }
        return path.bytes.map { $0 == slash ? "/" : escaped($0) }.joined()
    }

    /// Only unreserved characters (section 2.3) stand for themselves.
    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            String(UnicodeScalar(byte))
        default:
            "%" + Hex.text([byte]).uppercased()
        }
    }
}
