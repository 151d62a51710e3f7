import RemitFormats
import RemitModel
import Testing

@Suite struct MarksRecordTests {
    static let head = """
        type = "marks/v1"
        organisation = "example.org"
        version = 3

        """
    static let tool = """

        [[tool]]
        id = "release-writer"
        vendor = "Example Inc"
        kind = "agent"

        """

    private static func mark(_ lines: String...) -> String {
        "\n[[mark]]\ntool = \"release-writer\"\n" + lines.joined(separator: "\n") + "\nconfidence = \"definite\"\n"
    }

    private static func read(_ text: String) throws(RecordError) -> OwnMarks {
        try OwnMarks(record: Array(text.utf8), file: "marks.toml")
    }

    private static func fault(_ text: String) -> String {
        do throws(RecordError) {
            _ = try read(text)
            return "none"
        } catch {
            return error.statement
        }
    }

    static let forms: [(lines: [String], form: Mark.Form)] = [
        ([#"where = "author-email""#, #"value = "Agent@Example.org""#], .email("agent@example.org", .author)),
        ([#"where = "committer-email""#, #"value = "a@b""#], .email("a@b", .committer)),
        ([#"where = "co-author-email""#, #"value = "a@b""#], .email("a@b", .coAuthor)),
        ([#"where = "email""#, #"value = "a@b""#], .email("a@b", .all)),
        (
            [#"where = "author-name""#, #"match = "suffix""#, #"value = " (Bot)""#],
            .name(.suffix(" (bot)"), .author)
        ),
        ([#"where = "committer-name""#, #"value = "ab""#], .name(.exact("ab"), .committer)),
        (
            [#"where = "co-author-name""#, #"match = "word""#, #"value = "ab""#],
            .name(.word("ab"), .coAuthor)
        ),
        ([#"where = "github-account""#, #"value = "12+x[bot]""#], .gitHub(12, login: "x[bot]", .all)),
        (
            [#"where = "trailer""#, #"key = "Written-By""#, #"match = "leading-word""#, #"value = "rw""#],
            .value(key: "written-by", .leadingWord("rw"))
        ),
        ([#"where = "trailer""#, #"key = "written-by""#, #"match = "any""#], .value(key: "written-by", .anything)),
        (
            [#"where = "trailer-email""#, #"key = "by""#, #"value = "a@b""#],
            .valueEmail(key: "by", "a@b")
        ),
        (
            [#"where = "footer""#, #"value = "Writer""#],
            .footer(Footer(label: "writer", link: nil, lead: .any))
        ),
        (
            [#"where = "footer""#, #"value = "writer""#, #"link = "none""#, "ornament = true"],
            .footer(Footer(label: "writer", link: "", lead: .ornament))
        ),
        ([#"where = "line""#, #"match = "prefix""#, #"value = "written by""#], .line(.prefix("written by"))),
        (
            [#"where = "branch""#, #"match = "shape""#, #"value = "rw/{digit:2}""#],
            .ref(.shape([.text("rw/"), .run(.digit, 2...2)], .nothing))
        ),
        ([#"where = "ref""#, #"match = "prefix""#, #"value = "refs/rw/""#], .ref(.prefix("refs/rw/"))),
        ([#"where = "push-identity""#, #"match = "contains""#, #"value = "-rw-""#], .pusher(.contains("-rw-"))),
        (
            [#"where = "signing-key""#, #"value = "SHA256:32dP45eSMmVSt/G/CGvcxl/P+MO3Nwj9xeTh/GSA2wc""#],
            .key("SHA256:32dP45eSMmVSt/G/CGvcxl/P+MO3Nwj9xeTh/GSA2wc")
        ),
    ]

    @Test(arguments: forms)
    func `a mark of every place is read, its letters in lower case`(lines: [String], form: Mark.Form) throws {
        let marks = try Self.read(Self.head + Self.tool + Self.mark(lines.joined(separator: "\n")))
        #expect(marks.organisation == "example.org" && marks.version == 3)
        #expect(
            marks.tools == [
                MarkedTool("release-writer", "Example Inc", .agent, [Mark(form: form, confidence: .definite)])
            ])
    }

    @Test func `a built-in tool or one mark of it is switched off, with a reason`() throws {
        let text =
            Self.head + """

                [[without]]
                tool = "claude-code"
                where = "branch"
                match = "prefix"
                value = "claude/"
                reason = "Claude is a colleague"

                [[without]]
                tool = "jules"
                reason = "Jules too"

                """
        #expect(
            try Self.read(text).without == [
                .init(tool: "claude-code", mark: .ref(.prefix("claude/")), reason: "Claude is a colleague"),
                .init(tool: "jules", mark: nil, reason: "Jules too"),
            ])
    }

    @Test func `an unknown place is refused with the places that there are`() {
        #expect(
            Self.fault(Self.head + Self.tool + Self.mark(#"where = "moon""#)) == """
                'marks.toml' line 12: key 'mark.where': 'moon' is not one of: author-email, committer-email, \
                co-author-email, email, author-name, committer-name, co-author-name, github-account, trailer, \
                trailer-email, footer, line, branch, ref, push-identity, signing-key
                """)
    }

    /// The lines of one mark from line 12 on, and what is said of them after the file's name.
    static let refusals: [(lines: [String], said: String)] = [
        (
            [#"where = "email""#, #"value = "nobody""#],
            " line 13: key 'mark.value': 'nobody' is not an address such as agent@example.org"
        ),
        (
            [#"where = "email""#, #"value = "a b@c""#],
            " line 13: key 'mark.value': 'a b@c' is not an address such as agent@example.org"
        ),
        (
            [#"where = "email""#, #"match = "suffix""#, #"value = "@example.org""#],
            " line 13: key 'mark.match': must be 'exact' where 'where' is 'email'"
        ),
        (
            [#"where = "author-name""#, #"match = "contains""#, #"value = "ai""#],
            " line 14: key 'mark.value': is too wide: 'contains' needs 3 bytes or more"
        ),
        (
            [#"where = "author-name""#, #"match = "any""#],
            " line 13: key 'mark.match': 'any' would find everything; only a trailer takes it"
        ),
        (
            [#"where = "author-name""#, #"value = "x""#],
            " line 13: key 'mark.value': is too wide: 'exact' needs 2 bytes or more"
        ),
        ([#"where = "author-name""#, #"value = """#], " line 13: key 'mark.value': is empty"),
        ([#"where = "author-name""#], ": key 'mark.value': is missing"),
        (
            [#"where = "author-name""#, #"match = "shape""#, #"value = "{rest}""#],
            " line 14: key 'mark.value': is too wide: 'shape' needs 3 bytes or more"
        ),
        (
            [#"where = "author-name""#, #"match = "shape""#, #"value = "abc{""#],
            " line 14: key 'mark.value': has a brace that is not closed, or closed and not opened"
        ),
        (
            [#"where = "github-account""#, #"value = "x[bot]""#],
            " line 13: key 'mark.value': 'x[bot]' is not the number and the login of an account, such as 12345+name[bot]"
        ),
        (
            [#"where = "github-account""#, #"value = "012+x""#],
            " line 13: key 'mark.value': '012+x' is not the number and the login of an account, such as 12345+name[bot]"
        ),
        ([#"where = "trailer""#, #"value = "abc""#], ": key 'mark.key': is missing"),
        (
            [#"where = "trailer""#, #"key = "written by""#, #"value = "abc""#],
            " line 13: key 'mark.key': 'written by' may hold only letters, digits and -, from 2 to 64 of them"
        ),
        (
            [#"where = "trailer""#, #"key = "Signed-off-by""#, #"match = "any""#],
            " line 14: key 'mark.match': 'any' would find every 'signed-off-by' line, and persons write those"
        ),
        ([#"where = "branch""#, #"key = "x""#, #"value = "abc""#], " line 13: key 'mark.key': is not known"),
        (
            [#"where = "branch""#, #"match = "prefix""#, #"value = "refs/heads/rw""#],
            """
             line 14: key 'mark.value': is a branch's name without 'refs/heads/'; for other refs say where = "ref"
            """
        ),
        (
            [#"where = "ref""#, #"match = "prefix""#, #"value = "rw/""#],
            """
             line 14: key 'mark.value': is the full name of a ref that is no branch, or its beginning; for branches say \
            where = "branch"
            """
        ),
        (
            [#"where = "line""#, #"match = "contains""#, #"value = "abc""#],
            " line 13: key 'mark.match': a line is known by how it begins: exact, prefix, leading-word or shape"
        ),
        (
            [#"where = "signing-key""#, #"value = "SHA256:abc""#],
            """
             line 13: key 'mark.value': 'SHA256:abc' is not a key's fingerprint such as ssh-keygen -l prints (SHA256:...)
            """
        ),
        (
            [#"where = "branch""#, #"value = "\#(String(repeating: "x", count: 251))""#],
            " line 13: key 'mark.value': is longer than 250 bytes"
        ),
        ([#"where = "branch""#, #"value = "abc""#, #"colour = "red""#], " line 14: key 'mark.colour': is not known"),
    ]

    @Test(arguments: refusals)
    func `a mark that anybody's commit could bear, or that nobody can read, is refused`(
        lines: [String], said: String
    ) {
        #expect(Self.fault(Self.head + Self.tool + Self.mark(lines.joined(separator: "\n"))) == "'marks.toml'" + said)
    }

    private static let fine = mark(#"where = "branch""#, #"match = "prefix""#, #"value = "rw/""#)

    static let files: [(text: String, said: String)] = [
        (head, ": says nothing: it has neither a [[tool]] nor a [[without]]"),
        ("\(head)\(tool)", ": key 'tool': 'release-writer' has no [[mark]]"),
        ("\(head)\(fine)", " line 6: key 'mark.tool': 'release-writer' is not among the [[tool]] entries"),
        ("\(head)\(tool)\(tool)\(fine)", " line 11: key 'tool.id': 'release-writer' is there twice"),
        ("\(head)\(tool)\(fine)\(fine)", " line 18: key 'mark.tool': 'release-writer' has this mark twice"),
        (
            "\(head)\(tool)\(fine.replacing("definite", with: "sure"))",
            " line 15: key 'mark.confidence': 'sure' is not one of: weak, strong, definite"
        ),
        (
            "\(head)\(tool.replacing("\"agent\"", with: "\"robot\""))\(fine)",
            " line 8: key 'tool.kind': 'robot' is not one of: agent, assistant, bot"
        ),
        ("\(head)\n[[without]]\ntool = \"jules\"\n", ": key 'without.reason': is missing"),
        (
            "\(head)\n[[without]]\ntool = \"jules\"\nvalue = \"jules/\"\nreason = \"no\"\n",
            " line 7: key 'without.value': is not known"
        ),
        (
            "\(head.replacing("version = 3", with: "version = 0"))\(tool)\(fine)",
            " line 3: key 'version': must be a whole number from 1 to 2147483647"
        ),
        ("\(head)colour = 1\n\(tool)\(fine)", " line 4: key 'colour': is not known"),
    ]

    @Test(arguments: files)
    func `a file that says nothing, or two things, is refused`(text: String, said: String) {
        #expect(Self.fault(text) == "'marks.toml'" + said)
    }

    @Test func `an address has one holder`() {
        let other = Self.tool.replacing("release-writer", with: "other")
        let address = Self.mark(#"where = "email""#, #"value = "a@b""#)
        let again = Self.mark(#"where = "author-email""#, #"value = "A@b""#).replacing("release-writer", with: "other")
        #expect(
            Self.fault(Self.head + Self.tool + other + address + again)
                == "'marks.toml' line 24: key 'mark.value': is a mark of 'release-writer' already; it can have one holder"
        )
    }

    @Test func `there is an end to the tools`() {
        let tools = (0...256).map { "\n[[tool]]\nid = \"t\($0)\"\nvendor = \"v\"\nkind = \"bot\"\n" }.joined()
        #expect(Self.fault(Self.head + tools) == "'marks.toml': key 'tool': names more than 256 tools")
    }
}
