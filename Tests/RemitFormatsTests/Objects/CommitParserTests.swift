import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

@Suite struct CommitParserTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let code: MalformedObject.Code
        let reason: String

        init(_ name: String, _ bytes: [UInt8], _ code: MalformedObject.Code, _ reason: String) {
            self.name = name
            self.bytes = bytes
            self.code = code
            self.reason = reason
        }

        var testDescription: String { name }
    }

    /// Where git, libgit2 or their versions disagree.
    static let differentials: [Case] = [
        Case(
            "two addresses", CommitText.with(author: "Evil <evil@x> <good@x> 1 +0000"), .identity,
            "author: two addresses"),
        Case(
            "NUL before a trailer", CommitText.plain + Array("a\0\n\nCo-Authored-By: C <c@x>\n".utf8), .nul,
            "a NUL byte"),
        Case(
            "two authors",
            CommitText.of("tree \(CommitText.tree)", CommitText.author, CommitText.author, CommitText.committer),
            .duplicate, "two author headers"),
        Case(
            "two committers", CommitText.with(extra: CommitText.committer), .duplicate, "two committer headers"),
        Case(
            "two trees",
            CommitText.of(
                "tree \(CommitText.tree)", "tree \(CommitText.tree)", CommitText.author, CommitText.committer),
            .duplicate, "two tree headers"),
        Case("no brackets", CommitText.with(author: "Dana 1 +0000"), .identity, "author: no address in angle brackets"),
        Case(
            "huge date", CommitText.with(author: "D <d@x> 99999999999999999999 +0000"), .date,
            "author: a date out of range"),
        Case(
            "eleven digits", CommitText.with(author: "D <d@x> 10000000000 +0000"), .date, "author: a date out of range"),
        Case(
            "two signatures", CommitText.with(extra: CommitText.signature + "\n" + CommitText.signature), .duplicate,
            "two gpgsig headers"),
        Case(
            "SHA-256 signature only", CommitText.with(extra: "gpgsig-sha256 a\n b"), .signature,
            "a signature header other than gpgsig"),
        Case(
            "smuggled beside a signature", CommitText.with(extra: CommitText.signature + "\ngpgsig-sha256 a"),
            .signature,
            "a signature header other than gpgsig"),
        Case(
            "unknown signature header", CommitText.with(extra: "gpgsigx a"), .signature,
            "a signature header other than gpgsig"),
        Case(
            "header without line feed", CommitText.plain.dropLast(10) + [], .truncated, "a header without a line feed"),
        Case("UTF-7", CommitText.with(extra: "encoding UTF-7"), .encoding, "an encoding that does not keep ASCII"),
        Case("UTF-16", CommitText.with(extra: "encoding UTF-16LE"), .encoding, "an encoding that does not keep ASCII"),
        Case(
            "two encodings", CommitText.with(extra: "encoding UTF-8\nencoding latin1"), .duplicate,
            "two encoding headers"),
    ]

    static let shapes: [Case] = [
        Case("empty", [], .missing, "no tree header"),
        Case("only a message", Array("\nsubject\n".utf8), .missing, "no tree header"),
        Case(
            "no author", CommitText.of("tree \(CommitText.tree)", CommitText.committer), .order,
            "committer header out of place"),
        Case(
            "no committer", CommitText.of("tree \(CommitText.tree)", CommitText.author), .missing, "no committer header"
        ),
        Case(
            "late parent", CommitText.with(extra: "parent \(CommitText.tree)"), .order, "parent header out of place"),
        Case("late tree", CommitText.with(extra: "tree \(CommitText.tree)"), .duplicate, "two tree headers"),
        Case(
            "early encoding",
            CommitText.of("tree \(CommitText.tree)", "encoding UTF-8", CommitText.author, CommitText.committer), .order,
            "encoding header out of place"),
        Case(
            "short tree", CommitText.of("tree 4b825d", CommitText.author, CommitText.committer), .objectID,
            "tree: not 40 lower-case digits"),
        Case(
            "SHA-256 tree",
            CommitText.of("tree \(CommitText.tree)aaaaaaaaaaaaaaaaaaaaaaaa", CommitText.author, CommitText.committer),
            .objectID, "tree: not 40 lower-case digits"),
        Case(
            "continued author",
            CommitText.of("tree \(CommitText.tree)", CommitText.author, " more", CommitText.committer),
            .header, "a continued author header"),
        Case("key without value", CommitText.with(extra: "orphan"), .header, "a header line without key and value"),
        Case(
            "key not ASCII", CommitText.with(extra: "k\u{e9}y v"), .header, "a header key that is not printable ASCII"),
        Case(
            "first line continues", CommitText.of(" tree", CommitText.author), .header,
            "a header line without key and value"),
        Case(
            "no name, no space", CommitText.with(author: "<d@x> 1 +0000"), .identity,
            "author: no space before the address"),
        Case(
            "glued address", CommitText.with(author: "Dana<d@x> 1 +0000"), .identity,
            "author: no space before the address"),
        Case(
            "bracket in name", CommitText.with(author: "Da>na <d@x> 1 +0000"), .identity,
            "author: an angle bracket in the name"),
        Case(
            "bracket in address", CommitText.with(author: "Dana <d<d@x> 1 +0000"), .identity,
            "author: an angle bracket in the address"),
        Case(
            "open address", CommitText.with(author: "Dana <d@x 1 +0000"), .identity,
            "author: an address without its closing bracket"),
        Case(
            "padded address", CommitText.with(author: "Dana < d@x> 1 +0000"), .identity,
            "author: blanks at an end of the address"),
        Case("no date", CommitText.with(author: "Dana <d@x>"), .date, "author: no space before the date"),
        Case(
            "negative date", CommitText.with(author: "Dana <d@x> -1 +0000"), .date,
            "author: a date that is not a number"),
        Case("padded date", CommitText.with(author: "Dana <d@x> 01 +0000"), .date, "author: a date with leading zeros"),
        Case(
            "short zone", CommitText.with(author: "Dana <d@x> 1 +000"), .date,
            "author: a zone that is not a sign and four digits"),
        Case(
            "carriage return", CommitText.with(author: "Dana <d@x> 1 +0000\r"), .date,
            "author: a zone that is not a sign and four digits"),
    ]

    @Test(arguments: differentials + shapes)
    func `refuses what readers disagree on, with the reason`(row: Case) {
        let error = #expect(throws: MalformedObject.self) { try CommitParser.parse(row.bytes) }
        #expect(error?.code == row.code)
        #expect(error?.reason == row.reason)
        #expect(error.map { (0...row.bytes.count).contains($0.offset) } == true)
    }

    @Test(arguments: [
        CommitText.with(extra: "mergetag object \(CommitText.tree)\n type commit\n gpgsig quoted"),
        CommitText.with(extra: "HG:extra a:b\nHG:extra c:d"),
        CommitText.with(extra: "change-id zzzz"),
        CommitText.with(extra: "encoding ISO-8859-1"),
        CommitText.with(extra: CommitText.signature),
        CommitText.with(author: " <> 0 -0000"),
        CommitText.with(author: "\"O'Neil, J.\" <j at x dot org> 1 +1400"),
    ])
    func `accepts what git writes`(bytes: [UInt8]) throws {
        #expect(try CommitParser.parse(bytes).message == Array("subject\n".utf8))
    }

    @Test func `accepts an object that ends after its headers`() throws {
        let text = CommitText.of("tree \(CommitText.tree)", CommitText.author, CommitText.committer, message: "")
        #expect(try CommitParser.parse(text).message.isEmpty)
    }

    @Test func `takes a signature and its spaces out of the signed bytes`() throws {
        let commit = try CommitParser.parse(CommitText.with(extra: CommitText.signature + "\nHG:extra a"))
        #expect(
            commit.signature
                == Array("-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n".utf8))
        #expect(commit.signedBytes == CommitText.with(extra: "HG:extra a"))
        #expect(try CommitParser.parse(CommitText.plain).signedBytes.isEmpty)
    }

    @Test func `bounds the parents`() throws {
        let parent = "parent \(CommitText.tree)\n"
        func commit(_ count: Int) -> [UInt8] {
            Array(
                ("tree \(CommitText.tree)\n" + String(repeating: parent, count: count) + CommitText.author + "\n"
                    + CommitText.committer + "\n\n").utf8)
        }
        #expect(try CommitParser.parse(commit(4096)).parents.count == 4096)
        #expect(throws: MalformedObject.self) { try CommitParser.parse(commit(4097)) }
    }

    @Test func `survives every mutation`() {
        let seed: UInt64 = 20_261_120
        var random = SplitMix64(seed: seed)
        let pieces = [
            "\n", " ", "\0", "<", ">", "gpgsig ", "author ", "tree ", "\n\n", "-----BEGIN SSH SIGNATURE-----",
        ]
        var accepted = 0
        for _ in 0..<20_000 {
            var bytes = CommitText.with(extra: CommitText.signature)
            for _ in 0...random.below(3) {
                let place = random.below(bytes.count)
                switch random.below(4) {
                case 0: bytes[place] = random.bytes(1)[0]
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: pieces[random.below(pieces.count)].utf8, at: place)
                default: bytes.removeLast(random.below(bytes.count))
                }
                if bytes.isEmpty { bytes = [0x0A] }
            }
            if let commit = try? CommitParser.parse(bytes) {
                accepted += 1
                #expect(!commit.message.contains(0), "seed \(seed)")
            }
            _ = try? TagParser.parse(bytes)
        }
        #expect((1..<20_000).contains(accepted), "seed \(seed)")
    }
}
