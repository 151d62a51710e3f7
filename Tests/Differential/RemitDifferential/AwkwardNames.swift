import RemitTestGit

/// Names, modes and texts as nobody sane would choose and git takes all the same.
enum AwkwardNames {
    /// Names that sort around `/`, that text reads as one, that shells and quoting stumble over.
    private static let names: [[UInt8]] =
        [
            "a", "a-b", "a.b", "a0", "a!", "a\u{7F}", "a\u{1}", "b", "quote\"", "tab\t", "line\nfeed", "caf\u{E9}",
            "cafe\u{301}", "back\\slash", " space ", "A", ".x", "...", ".gitx", ".gi", ".gitattributes", ".gitmodules",
            ".\u{E}", "*", "?", ":", ":100644", "-", "--", "~", "git~1", "HEAD", "\u{202E}", "\r", "con", "\u{1F600}",
        ].map { Array($0.utf8) } + [
            [0x63, 0xE9], [0xFF, 0xFE], [0x61, 0x80], [0x61, 0xFF], [0x01], [0x80],
            Array(repeating: UInt8(ascii: "n"), count: 300),
        ]

    static func name(_ random: inout SplitMix64) -> [UInt8] {
        if !random.oneIn(4) { return names[random.below(names.count)] }
        let name = random.bytes(1 + random.below(random.oneIn(8) ? 60 : 4)).map { byte in
            byte == 0 || byte == UInt8(ascii: "/") ? byte + 1 : byte
        }
        return isForbidden(name) ? Array("x".utf8) + name : name
    }

    /// What git's own `fsck` refuses, and Remit with it.
    private static func isForbidden(_ name: [UInt8]) -> Bool {
        [".", "..", ".git"].contains(String(decoding: name, as: UTF8.self).lowercased())
    }

    enum Kind: CaseIterable {
        case regular, executable, symlink, gitlink, directory
    }

    /// The usual spelling first; old programs wrote the others, and git reads them as it.
    static func spellings(_ kind: Kind) -> [String] {
        switch kind {
        case .regular: ["100644", "100664", "100600", "100666", "0100644", "100444"]
        case .executable: ["100755", "100775", "100777", "100700", "104755", "00100755"]
        case .symlink: ["120000", "120777", "0120000"]
        case .gitlink: ["160000", "0160000", "160644", "140000", "60000", "10000"]
        case .directory: ["40000", "040000", "40755", "0040000"]
        }
    }

    static func mode(_ kind: Kind, _ random: inout SplitMix64) -> String {
        let spellings = spellings(kind)
        return random.oneIn(6) ? spellings[random.below(spellings.count)] : spellings[0]
    }

    /// The content of a file: lines that repeat, with and without an end, and now and then no text at all.
    static func content(_ random: inout SplitMix64) -> [UInt8] {
        switch random.below(24) {
        case 0: return []
        case 1: return random.bytes(1 + random.below(300))
        case 2: return Array("binary\0\(random.below(9))".utf8)
        case 3: return Array("one\r\ntwo \(random.below(9))\r\n".utf8)
        default:
            let lines = random.below(random.oneIn(40) ? 300 : 9)
            let text = (0..<lines).map { _ in "line \(random.below(30))" }.joined(separator: "\n")
            return Array((text + (random.oneIn(4) ? "" : "\n")).utf8)
        }
    }
}
