import RemitAttribution
import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

/// How the marks do on real commits of public repositories, where the collection is at hand.
@Suite(.enabled(if: sharedData("commits.tsv.gz") != nil)) struct RealCommitsTests {
    struct Row: Sendable {
        let sha: String
        let label: String
        let commit: RawCommit
    }

    static func rows() throws -> [Row] {
        let path = try #require(sharedData("commits.tsv.gz"))
        let text = try spawn(["gzip", "-dc", path], environment: ["PATH": HermeticGit.path])
        return try text.lines.dropFirst().map { line in
            let fields = line.split(separator: "\t").map(String.init)
            let bytes = try #require(Base64.decode(fields[3].utf8, padding: .required))
            return Row(sha: fields[1], label: fields[2], commit: try CommitParser.parse(bytes))
        }
    }

    /// Rows whose marks name another agent than the label, which is the tool of a git-ai note.
    ///
    /// Both carry the `Generated with [Firebender]` line that Firebender alone writes: the harness and the tool that
    /// edited beneath it differ, and the commit's own bytes name the harness.
    static let knownDisagreements: Set = [
        "9382cf8beb5552b6dfeb158c764f444a299e5588", "b3ad0210fb0745a68317adcb1ded6a330a862edf",
    ]

    /// What the marks found when the tables were last changed; fewer means that a mark was lost.
    static let floor = 614

    @Test func `no person or bot is taken for an agent, and no agent for another`() throws {
        var counts: [String: (found: Int, missed: Int)] = [:]
        var alarms: [String] = []
        var wrong: [String] = []
        for row in try Self.rows() {
            let evidence = MarkCatalogue.builtIn.evidence(for: row.commit)
            let agents = Attribution(evidence: evidence).agents
            if row.label == "human" || row.label == "bot" {
                if !agents.isEmpty { alarms.append("\(row.sha) \(row.label): \(evidence)") }
            } else if !agents.isEmpty, !agents.contains(row.label), !Self.knownDisagreements.contains(row.sha) {
                wrong.append("\(row.sha) \(row.label): \(evidence)")
            }
            counts[row.label, default: (0, 0)].found += agents.contains(row.label) ? 1 : 0
            counts[row.label, default: (0, 0)].missed += agents.contains(row.label) ? 0 : 1
        }
        for (label, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("\(label)\tfound \(count.found)\tmissed \(count.missed)")
        }
        #expect(alarms.isEmpty)
        #expect(wrong.isEmpty)
        let agents = counts.filter { $0.key != "human" && $0.key != "bot" }.values
        let found = agents.map(\.found).reduce(0, +)
        print("all agents\tfound \(found)\tof \(agents.map { $0.found + $0.missed }.reduce(0, +))")
        #expect(found >= Self.floor)
    }
}
