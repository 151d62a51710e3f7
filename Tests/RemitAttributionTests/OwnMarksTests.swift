@testable import RemitAttribution
import RemitModel
import Testing

/// The built-in catalogue with what an organisation adds to it and takes from it.
@Suite struct OwnMarksTests {
    private static func own(_ marks: [Mark] = [], id: String = "release-writer", without: [OwnMarks.SwitchedOff] = [])
        -> OwnMarks
    {
        OwnMarks(
            organisation: "example.org", version: 1,
            tools: marks.isEmpty ? [] : [MarkedTool(id, "Example Inc", .agent, marks)], without: without)
    }

    private static func agents(_ own: OwnMarks?, in commit: RawCommit) -> [String] {
        Attribution(evidence: MarkCatalogue.catalogue(with: own).evidence(for: commit)).agents
    }

    static let forms: [(form: Mark.Form, line: String)] = [
        (.value(key: "written-by", .exact("rw")), "Written-by: RW"),
        (.valueEmail(key: "written-by", "rw@example.org"), "Written-by: x <RW@example.org>"),
        (
            .footer(Footer(label: "writer", link: nil, lead: .any)),
            "🤖 Generated with [Writer](https://w.example.org)"
        ),
        // No built-in line begins with such a letter.
        (.line(.prefix("written by rw")), "Written by RW, version 2"),
        (.email("rw@example.org", .coAuthor), "Co-authored-by: RW <rw@example.org>"),
        (.name(.exact("release writer"), .coAuthor), "Co-authored-by: Release Writer <x@example.org>"),
    ]

    @Test(arguments: forms)
    func `a mark of the organisation's own is found in a message, and nowhere without it`(
        form: Mark.Form, line: String
    ) throws {
        let commit = try Sample.line(line)
        #expect(Self.agents(nil, in: commit) == [])
        #expect(Self.agents(Self.own([Mark(form: form, confidence: .strong)]), in: commit) == ["release-writer"])
        // A weak mark is told, and no rule acts on it.
        #expect(Self.agents(Self.own([Mark(form: form, confidence: .weak)]), in: commit) == [])
    }

    @Test func `refs, accounts and keys of its own are found`() throws {
        let key = "SHA256:" + String(repeating: "A", count: 43)
        let catalogue = MarkCatalogue.catalogue(
            with: Self.own([
                Mark(form: .ref(.prefix("rw/")), confidence: .strong),
                Mark(form: .pusher(.exact("rw-bot")), confidence: .strong),
                Mark(form: .key(key), confidence: .definite),
            ]))
        #expect(catalogue.evidence(forRef: "refs/heads/rw/1").map(\.agent) == ["release-writer"])
        #expect(catalogue.evidence(forPusher: "RW-bot").map(\.agent) == ["release-writer"])
        #expect(catalogue.evidence(forKey: try #require(KeyFingerprint(key))).map(\.agent) == ["release-writer"])
    }

    @Test func `an address of its own takes the place of a built-in one, on the lines that it names`() throws {
        let own = Self.own([Mark(form: .email("noreply@anthropic.com", .coAuthor), confidence: .definite)])
        let line = try Sample.line("Co-authored-by: Claude <noreply@anthropic.com>")
        #expect(Self.agents(own, in: line) == ["release-writer"])
        #expect(Self.agents(own, in: try Sample.commit(author: "Claude <noreply@anthropic.com>")) == ["claude-code"])
        let states = MarkCatalogue.known(with: own).tools.first { $0.id == "claude-code" }?.marks.map(\.state) ?? []
        #expect(states.contains(.replaced(by: "release-writer")))
    }

    @Test func `an account of its own takes the place of a built-in one, under any login`() throws {
        let own = Self.own([Mark(form: .gitHub(209_825_114, login: "ours[bot]", .all), confidence: .definite)])
        let commit = try Sample.commit(author: "x <209825114+claude[bot]@users.noreply.github.com>")
        #expect(Self.agents(own, in: commit) == ["release-writer"])
    }

    @Test func `marks of its own extend a tool that the catalogue knows`() throws {
        let own = Self.own([Mark(form: .value(key: "run", .prefix("claude-")), confidence: .strong)], id: "claude-code")
        #expect(Self.agents(own, in: try Sample.line("Run: claude-17")) == ["claude-code"])
        #expect(
            Self.agents(own, in: try Sample.line("Co-authored-by: Claude <noreply@anthropic.com>")) == ["claude-code"])
        let origins = MarkCatalogue.known(with: own).tools.filter { $0.id == "claude-code" }.map(\.origin)
        #expect(origins == [.builtIn, .own])
    }

    @Test func `what is switched off is not found, and told with its reason`() throws {
        let off = OwnMarks.SwitchedOff(tool: "claude-code", mark: .ref(.prefix("claude/")), reason: "a colleague")
        let own = Self.own(without: [off])
        let catalogue = MarkCatalogue.catalogue(with: own)
        #expect(catalogue.evidence(forRef: "refs/heads/claude/x").isEmpty)
        #expect(
            Self.agents(own, in: try Sample.line("Co-authored-by: Claude <noreply@anthropic.com>")) == ["claude-code"])
        let known = MarkCatalogue.known(with: own)
        let marks = known.tools.first { $0.id == "claude-code" }?.marks ?? []
        #expect(marks.filter { $0.state != .inForce }.map(\.mark.form) == [.ref(.prefix("claude/"))])
        #expect(marks.filter { $0.state != .inForce }.map(\.state) == [.off(reason: "a colleague")])
        #expect(known.idle.isEmpty)
    }

    @Test func `one line of an address is switched off, or a whole tool`() throws {
        let author = OwnMarks.SwitchedOff(
            tool: "claude-code", mark: .email("noreply@anthropic.com", .author), reason: "x")
        let all = OwnMarks.SwitchedOff(tool: "claude-code", mark: nil, reason: "x")
        let (byAuthor, byLine) = (
            try Sample.commit(author: "Claude <noreply@anthropic.com>"),
            try Sample.line("Co-authored-by: Claude <noreply@anthropic.com>")
        )
        #expect(Self.agents(Self.own(without: [author]), in: byAuthor) == [])
        #expect(Self.agents(Self.own(without: [author]), in: byLine) == ["claude-code"])
        #expect(Self.agents(Self.own(without: [all]), in: byLine) == [])
        #expect(
            MarkCatalogue.known(with: Self.own(without: [all])).tools.first { $0.id == "claude-code" }?
                .inForce.marks.isEmpty == true)
    }

    @Test func `what the catalogue does not have is switched off to no effect, which is told`() {
        let off = OwnMarks.SwitchedOff(tool: "claude-code", mark: .ref(.prefix("claud/")), reason: "x")
        let gone = OwnMarks.SwitchedOff(tool: "nobody", mark: nil, reason: "y")
        #expect(MarkCatalogue.known(with: Self.own(without: [off, gone])).idle == [off, gone])
    }
}
