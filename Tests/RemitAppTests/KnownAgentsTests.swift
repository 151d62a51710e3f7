import RemitApp
import RemitAttribution
import RemitFormats
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// `remit agents known`, and the form in which marks are written.
@Suite struct KnownAgentsTests {
    private static let builtIn = MarkCatalogue.builtIn.tools

    /// Runs the built `remit` where no authority is named.
    private static func remit(_ arguments: [String]) throws -> Output {
        try Workplace.run(arguments, in: try TemporaryDirectory())
    }

    /// One entry a mark, as the file has them.
    private static func split(_ tools: [MarkedTool]) -> [String: [MarkEntry]] {
        Dictionary(uniqueKeysWithValues: tools.map { ($0.id, $0.marks.flatMap(\.entries)) })
    }

    @Test func `the built-in marks are written as an organisation writes its own, and read back the same`() throws {
        let bytes = try RecordWriter.marks(of: Self.builtIn, organisation: "example.org", version: 7)
        let read = try OwnMarks(record: bytes, file: "marks.toml")
        #expect(read.version == 7 && read.organisation == "example.org" && read.without.isEmpty)
        #expect(read.tools.map(\.id) == Self.builtIn.map(\.id))
        #expect(read.tools.map(\.vendor) == Self.builtIn.map(\.vendor))
        #expect(read.tools.map(\.kind) == Self.builtIn.map(\.kind))
        #expect(Self.split(read.tools) == Self.split(Self.builtIn))
        // And the other way round: what was read is written as the same bytes.
        #expect(try RecordWriter.marks(of: read.tools, organisation: "example.org", version: 7) == bytes)
    }

    /// Whoever changes the tables changes the version, which every decision names, and then this digest.
    @Test func `a version of the catalogue has always the same marks`() throws {
        let bytes = try RecordWriter.marks(of: Self.builtIn, organisation: "example.org", version: 1)
        #expect(MarkCatalogue.version == "2026-11-21.2")
        let digest = "sha256:2ce5084c81f60868cb6d4d852ca5c6d9b8c383e02e73880fa6b41e3b77a5bf45"
        #expect(RecordID(of: bytes).description == digest)
    }

    @Test func `the catalogue is listed without an authority`() throws {
        let output = try Self.remit(["agents", "known"])
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.errorText == "remit: catalogue \(MarkCatalogue.version)\n")
        #expect(output.lines.first?.split(separator: " ") == ["AGENT", "KIND", "MARKS", "OFF", "FROM", "VENDOR"])
        #expect(output.lines.count == Self.builtIn.count + 1)
        let sweep = output.lines.first { $0.hasPrefix("sweep ") }
        #expect(sweep?.split(separator: " ") == ["sweep", "agent", "5", "built-in", "Sweep", "AI"])
    }

    @Test func `a tool is told mark by mark, in words`() throws {
        let output = try Self.remit(["agents", "known", "--agent", "crush"])
        #expect(
            output.text + "\n" == """
                crush, agent of Charm, from built-in
                  definite  the value of 'assisted-by:' begins with 'crush:'; only the tool writes that
                  strong    the value of 'assisted-by:' begins with the word 'crush'; \
                the tool writes that, and now and then somebody else
                  definite  a co-author's address is 'crush@charm.land'; only the tool writes that
                  strong    the address in 'assisted-by:' is 'crush@charm.land'; \
                the tool writes that, and now and then somebody else
                  strong    the address in 'assisted-by:' is 'noreply@crush.charm.land'; \
                the tool writes that, and now and then somebody else
                  definite  a line says 'Generated with crush' without a link behind an emoji; only the tool writes that
                  definite  a line says 'Generated with crush' with the link \
                'https://github.com/charmbracelet/crush' behind an emoji; only the tool writes that
                  strong    a line says 'Generated with crush' without a link; \
                the tool writes that, and now and then somebody else

                """)
        let nobody = try Self.remit(["agents", "known", "--agent", "nobody"])
        #expect(nobody.status == 64)
        #expect(
            nobody.errorText == """
                remit: error: no tool 'nobody' is known
                remit: hint: 'remit agents known' lists them all

                """)
    }

    @Test func `as TOML and as JSON the same marks are told`() throws {
        let toml = try Self.remit(["agents", "known", "--format", "toml", "--agent", "sweep"])
        let read = try OwnMarks(record: toml.stdout, file: "f")
        #expect(read.tools == Self.builtIn.filter { $0.id == "sweep" })
        #expect(String(read.version) == MarkCatalogue.version.filter(\.isNumber))
        let json = try Self.remit(["agents", "known", "--format", "json", "--agent", "abacus"])
        #expect(
            json.text == """
                {"schema":"known/v1","catalogue":"\(MarkCatalogue.version)","own":null,"tools":[{"id":"abacus",\
                "vendor":"Abacus.AI","kind":"agent","from":"built-in","marks":[{"where":"co-author-email","match":"exact",\
                "value":"agent@abacus.ai","confidence":"strong","state":"in-force"}]}],"idle":[]}
                """)
    }
}
