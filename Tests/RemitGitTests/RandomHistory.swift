import RemitModel
import RemitTestSupport

/// A stream for fast-import: many commits, many merges, dates that lie, names that are awkward.
struct RandomHistory {
    var random: SplitMix64
    private(set) var stream: [UInt8] = []
    private let names: [[UInt8]] =
        [
            "a", "a-b", "a.b", "a0", "b", "quote\"", "tab\t", "line\nfeed", "caf\u{E9}", "cafe\u{301}", "back\\slash",
            " space ", "A", ".x", "...", ".gitx",
        ].map { Array($0.utf8) } + [[0x63, 0xE9], [0xFF, 0xFE]]

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func build(commits: Int, branches: Int) -> [UInt8] {
        var tips: [Int?] = Array(repeating: nil, count: branches)
        for mark in 1...commits {
            let branch = random.below(branches)
            var text = ""
            let parent = random.oneIn(200) ? nil : tips[branch] ?? (mark > 1 ? random.below(mark - 1) + 1 : nil)
            // A reset without a start makes the next commit an orphan.
            text += "reset refs/heads/b\(branch)\n\ncommit refs/heads/b\(branch)\nmark :\(mark)\n"
            let date = HermeticGit.epoch + Int64(mark) + (random.oneIn(3) ? Int64(random.below(20_000)) - 10_000 : 0)
            text += "committer Dana Example <dana@example.org> \(date) +0000\ndata 2\nm\n\n"
            if let parent { text += "from :\(parent)\n" }
            if parent != nil, random.oneIn(4) {
                for _ in 0...random.below(3) { text += "merge :\(random.below(mark - 1) + 1)\n" }
            }
            append(text)
            for _ in 0..<random.below(6) { edit() }
            append("\n")
            tips[branch] = mark
        }
        return stream
    }

    private mutating func edit() {
        let depth = 1 + random.below(3)
        var path: [UInt8] = []
        for level in 0..<depth { path += (level == 0 ? [] : [0x2F]) + names[random.below(names.count)] }
        let quoted = Self.quoted(path)
        switch random.below(12) {
        case 0, 1, 2: append("D \(quoted)\n")
        case 3: append("M 120000 inline \(quoted)\ndata 1\n\(random.below(9))\n")
        case 4: append("M 160000 \(String(repeating: "\(1 + random.below(9))", count: 40)) \(quoted)\n")
        case 5: append("M 100755 inline \(quoted)\ndata 2\n\(random.below(9))\n\n")
        default: append("M 100644 inline \(quoted)\ndata 2\n\(random.below(9))\n\n")
        }
    }

    private mutating func append(_ text: String) { stream += Array(text.utf8) }

    private static func quoted(_ path: [UInt8]) -> String {
        let digits = path.map { byte in
            let octal = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - octal.count) + octal
        }
        return "\"\(digits.joined())\""
    }
}
