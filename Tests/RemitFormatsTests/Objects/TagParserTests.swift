import RemitFormats
import RemitModel
import Testing

@Suite struct TagParserTests {
    static let head = "object \(CommitText.tree)\ntype commit\ntag v1\n"
    static let tagger = "tagger Dana <d@x> 1 +0000\n"

    @Test(
        arguments: [
            ("type commit\n", .missing, "no object header"),
            ("object 12\ntype commit\ntag v\n", .objectID, "object: not 40 lower-case digits"),
            ("object \(CommitText.tree)\ntype note\ntag v\n", .header, "a type that git does not have"),
            (head + tagger + tagger, .duplicate, "two tagger headers"),
            (head + tagger + "tag v2\n\n", .duplicate, "two tag headers"),
            (head + "colour red\n\n", .header, "a header that tags do not have"),
            (head + "gpgsig-sha256 x\n\n", .signature, "a signature header in a tag"),
            (head + "tagger Dana <d@x>\n\n", .date, "tagger: no space before the date"),
            (head + "\n-----BEGIN SSH SIGNATURE-----\n-----BEGIN PGP SIGNATURE-----\n", .duplicate, "two signatures"),
            (head + "\na\0b", .nul, "a NUL byte"),
        ] as [(String, MalformedObject.Code, String)])
    func `refuses a tag that readers disagree on`(text: String, code: MalformedObject.Code, reason: String) {
        let error = #expect(throws: MalformedObject.self) { try TagParser.parse(Array(text.utf8)) }
        #expect(error?.code == code)
        #expect(error?.reason == reason)
    }

    @Test func `reads an old tag without tagger`() throws {
        let tag = try TagParser.parse(Array((Self.head + "\nhello\n").utf8))
        #expect(tag.tagger == nil && tag.signature == nil && tag.signedBytes.isEmpty)
        #expect(tag.message == Array("hello\n".utf8))
    }
}
