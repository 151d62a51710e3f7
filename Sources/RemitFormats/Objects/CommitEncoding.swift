/// Says whether text in a commit's `encoding` can be read byte by byte where it is ASCII.
///
/// Git recodes the message and the names to UTF-8 before it shows them; everyone else reads the bytes. In UTF-7 or
/// UTF-16 the two see different trailers, so only encodings that leave ASCII as it is are accepted.
enum CommitEncoding {
    private static let families = [
        "utf-8", "utf8", "ascii", "us-ascii", "ansi", "iso-8859-", "iso8859-", "iso_8859-", "iso8859_", "latin", "l1",
        "windows-", "cp125", "cp1251", "cp437", "cp85", "cp86", "cp87", "cp93", "cp94", "cp95", "koi8", "euc", "gb2312",
        "gbk", "gb18030", "big5", "shift_jis", "shift-jis", "sjis", "ms932", "iso-2022-", "iso2022", "tis-620", "mac",
        "x-mac",
    ]

    /// The longest name that is looked at.
    static let maximumLength = 40

    static func keepsASCII(_ name: ArraySlice<UInt8>) -> Bool {
        guard (1...maximumLength).contains(name.count) else { return false }
        let folded = name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return families.contains { folded.starts(with: $0.utf8) }
    }
}
