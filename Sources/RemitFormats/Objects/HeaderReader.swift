/// Reads the headers of a commit or tag one by one, by length and never up to a NUL.
///
/// A header is `key SP value LF`, and each line after it that begins with a space continues it (`gpgsig`, `mergetag`).
/// The headers end at the first empty line. Git also accepts an object that ends right after a header's line feed:
/// it has no message, every reader agrees on that, and so do we. A last header without its line feed is refused.
struct HeaderReader {
    struct Header {
        let key: ArraySlice<UInt8>
        /// The value's first line, without the line feed.
        let value: ArraySlice<UInt8>
        /// The whole header in the object: from its key to its last line feed.
        let range: Range<Int>
        let isContinued: Bool

        func isNamed(_ name: StaticString) -> Bool {
            key.count == name.utf8CodeUnitCount && key.elementsEqual(name.description.utf8)
        }

        /// The key for comparing and for reasons; an unknown one can be long, so it is cut.
        var name: String { String(decoding: key.prefix(24), as: UTF8.self) }
    }

    let bytes: [UInt8]
    /// Where the next header starts; after the last one, where the message starts.
    private(set) var position = 0

    init(_ bytes: [UInt8]) throws(MalformedObject) {
        guard bytes.count <= ObjectLimits.bytes else {
            throw MalformedObject(.tooLarge, "more than \(ObjectLimits.bytes) bytes", at: ObjectLimits.bytes)
        }
        // Git and libgit2 cut the message at a NUL, and so hide what follows (fsck: nulInCommit).
        if let nul = bytes.firstIndex(of: 0) { throw MalformedObject(.nul, "a NUL byte", at: nul) }
        self.bytes = bytes
    }

    /// The next header, or `nil` once when the headers have ended; `position` is then the message's start.
    mutating func next() throws(MalformedObject) -> Header? {
        guard position < bytes.count else { return nil }
        let start = position
        if bytes[start] == .lineFeed {
            position = start + 1
            return nil
        }
        var end = try lineEnd(from: start)
        guard let space = bytes[start..<end].firstIndex(of: .space), space > start else {
            throw MalformedObject(.header, "a header line without key and value", at: start)
        }
        let key = bytes[start..<space]
        guard key.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
            throw MalformedObject(.header, "a header key that is not printable ASCII", at: start)
        }
        let value = bytes[space + 1..<end]
        var isContinued = false
        while end + 1 < bytes.count, bytes[end + 1] == .space {
            end = try lineEnd(from: end + 1)
            isContinued = true
        }
        position = end + 1
        return Header(key: key, value: value, range: start..<position, isContinued: isContinued)
    }

    private func lineEnd(from start: Int) throws(MalformedObject) -> Int {
        guard let end = bytes[start...].firstIndex(of: .lineFeed) else {
            throw MalformedObject(.truncated, "a header without a line feed", at: start)
        }
        return end
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")

    /// Git's `isspace`: it knows no form feed and no vertical tab.
    var isGitSpace: Bool { self == 0x20 || (0x09...0x0A).contains(self) || self == 0x0D }

    var isDecimalDigit: Bool { (0x30...0x39).contains(self) }

    var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
