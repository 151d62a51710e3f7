import RemitFormats
import Testing

@Suite struct CQuotingTests {
    @Test(arguments: [
        (#""plain""#, "plain"), (#""a:b""#, "a:b"), (#""say \"x\"""#, #"say "x""#), (#""back\\slash""#, #"back\slash"#),
        (#""\a\b\t\n\v\f\r""#, "\u{7}\u{8}\t\n\u{B}\u{C}\r"), (#""caf\303\251""#, "café"), (#""\000""#, "\0"),
        (#""""#, ""),
    ])
    func `undoes every escape`(quoted: String, plain: String) throws {
        let result = try #require(CQuoting.unquote(Array(quoted.utf8)))
        #expect(result.bytes == Array(plain.utf8))
        #expect(result.end == quoted.utf8.count)
    }

    @Test(arguments: [
        #"plain"#, #""open"#, #""\"#, #""\"x"#, #""\q""#, #""\4""#, #""\400""#, #""\08""#, #""\1 ""#, "",
    ])
    func `gives nothing for broken quoting`(text: String) {
        #expect(CQuoting.unquote(Array(text.utf8)) == nil)
    }
}

@Suite struct AlternatesListTests {
    @Test(
        arguments: [
            ("/a:/b", ["/a", "/b"]), (":/a::/b:", ["/a", "/b"]), ("", []),
            (#""/we\"ird:r":/b"#, [#"/we"ird:r"#, "/b"]),
            ("#comment:/b", ["/b"]), (#""/broken:/b"#, [#""/broken"#, "/b"]), (#"/a"x:/b"#, [#"/a"x"#, "/b"]),
            ("../x", ["../x"]),
        ] as [(String, [String])])
    func `reads the environment's list as git does`(text: String, paths: [String]) {
        #expect(AlternatesList.environment(Array(text.utf8)) == paths.map { Array($0.utf8) })
    }

    @Test func `tells quoted lines of the file from plain ones`() {
        let lines = AlternatesList.file(Array("/a:b\n# no\n\n\"/q\\nr\"\n/end".utf8))
        #expect(lines.map(\.path) == ["/a:b", "/q\nr", "/end"].map { Array($0.utf8) })
        #expect(lines.map(\.isQuoted) == [false, true, false])
    }
}
