import RemitModel
import RemitTestGit

/// The bytes of a commit: headers that git takes, odd names and messages among them.
struct CommitText {
    let tree: ObjectID
    let parents: [ObjectID]
    /// When it was made, unless it lies.
    let seconds: Int64
    let liesAboutDates: Bool
    let sign: RandomHistory.Signer?

    private static let names: [[UInt8]] =
        ["Dana Example", "Zo\u{EB}", "", "  Dana", "Dana\t", "dependabot[bot]", "\u{1F600}", "\"D, E\"", "o'; rm"]
        .map { Array($0.utf8) } + [[0x5A, 0x6F, 0xEB]]
    private static let addresses = ["dana@example.org", "", "a at b dot org", "caf\u{E9}@example.org", "@", "x@y@z"]
    private static let zones = ["+0000", "-0000", "+0545", "-1130", "+1400", "-0001"]
    private static let messages: [[UInt8]] =
        [
            "", "\n", "m", "change\n", "\n\nlate start\n", "subject\n\nbody\n\nSigned-off-by: A <a@example.org>\n",
            "subject\r\n\r\nbody\r\n", "a\n\n\n\n", "\u{1B}[31mred\n", "tree 1\nparent 2\n", "caf\u{E9}\n",
            "x\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n",
        ].map { Array($0.utf8) } + [[0x63, 0x61, 0x66, 0xE9], Array(repeating: UInt8(ascii: "m"), count: 5_000)]
    private static let extras = [
        "encoding ISO-8859-1\n", "encoding UTF-8\n", "HG:rename-source hg\n", "HG:extra a\n b\n \n",
        "gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n",
        "mergetag object 1\n type commit\n \n message\n",
    ]

    /// The number keeps two commits from being one.
    func bytes(_ number: Int, _ random: inout SplitMix64) throws -> [UInt8] {
        var headers = Array("tree \(tree)\n".utf8)
        for parent in parents { headers += "parent \(parent)\n".utf8 }
        for role in ["author", "committer"] {
            let address = random.oneIn(3) ? Self.addresses[random.below(Self.addresses.count)] : Self.addresses[0]
            let zone = random.oneIn(4) ? Self.zones[random.below(Self.zones.count)] : Self.zones[0]
            headers += "\(role) ".utf8
            headers += random.oneIn(3) ? Self.names[random.below(Self.names.count)] : Self.names[0]
            headers += " <\(address)> \(date(role, &random)) \(zone)\n".utf8
        }
        headers += "x-number \(number)\n".utf8
        let message = [UInt8.lineFeed] + Self.messages[random.below(Self.messages.count)]
        if let sign, random.oneIn(3) {
            let lines = try sign(headers + message).split(separator: .lineFeed)
            headers += "gpgsig ".utf8
            headers += lines.joined(separator: [.lineFeed, UInt8(ascii: " ")]) + [.lineFeed]
        } else if random.oneIn(8) {
            headers += Self.extras[random.below(Self.extras.count)].utf8
        }
        return headers + message
    }

    private func date(_ role: String, _ random: inout SplitMix64) -> Int64 {
        guard liesAboutDates || role == "author" else { return seconds }
        switch random.below(24) {
        case 0: return 0
        case 1: return 9_999_999_999
        case 2: return 1
        case 3...8: return seconds + Int64(random.below(2_000_000)) - 1_000_000
        default: return seconds
        }
    }
}

extension UInt8 {
    fileprivate static let lineFeed = UInt8(ascii: "\n")
}
