import RemitModel
import RemitPipelines
import RemitReport
import RemitTestSupport
import Testing

/// The controls against the mapping that they were made from.
@Suite struct ControlDataTests {
    private static func mapping() throws -> [YAMLNode] {
        let path = try #require(sharedData("controls.yaml"))
        let document = try YAMLReader.document(try readFile(path), file: "controls.yaml")
        return try #require(document["frameworks"]?.items)
    }

    @Test(.enabled(if: sharedData("controls.yaml") != nil))
    func `every control of every framework is there, as the mapping has it`() throws {
        let frameworks = try Self.mapping()
        #expect(Framework.all.map(\.key) == frameworks.map { $0["key"]?.text })
        for (mine, theirs) in zip(Framework.all, frameworks) {
            #expect(mine.name.text == theirs["name"]?.text)
            #expect(mine.version.text == theirs["version"]?.text)
            #expect(mine.verified.rawValue == theirs["verified"]?.text)
            #expect(mine.license?.text == theirs["license"]?.text)
            let controls = try #require(theirs["controls"]?.items)
            #expect(mine.controls.map(\.id.text) == controls.map { $0["id"]?.text })
            for (control, other) in zip(mine.controls, controls) {
                #expect(control.title.text == other["title"]?.text)
                #expect(control.fit.rawValue == other["fit"]?.text)
                #expect(control.kinds.map(\.rawValue) == other["evidence"]?.texts)
                #expect(control.note?.text == other["note"]?.text)
            }
        }
    }

    @Test(.enabled(if: sharedData("controls.yaml") != nil))
    func `every kind of evidence of the mapping is one of ours`() throws {
        let path = try #require(sharedData("controls.yaml"))
        let document = try YAMLReader.document(try readFile(path), file: "controls.yaml")
        let kinds = try #require(document["evidence_types"]?.pairs).map(\.key)
        #expect(Set(kinds) == Set(EvidenceKind.allCases.map(\.rawValue)))
    }

    @Test func `there are the twelve frameworks and 146 controls, each with evidence and an id of its own`() {
        #expect(Framework.all.count == 12)
        #expect(Framework.all.flatMap(\.controls).count == 146)
        for framework in Framework.all {
            #expect(Set(framework.controls.map(\.id)).count == framework.controls.count)
            for control in framework.controls { #expect(!control.kinds.isEmpty, "\(control.id.text)") }
        }
    }

    @Test func `criteria that their owner does not let others ship are paraphrased`() {
        for control in Framework.all.first(where: { $0.key == "soc2" })?.controls ?? [] {
            #expect(control.title.text.hasPrefix("(paraphrase) "))
        }
    }

    /// A kind without a figure that is evidence could support nothing: that one has no record in Remit.
    @Test func `every kind but one can be evidence`() {
        let counted = Set(Figure.allCases.filter(\.isEvidence).map(\.kind))
        #expect(Set(EvidenceKind.allCases).subtracting(counted) == [.sourceVsa])
    }
}
