import Foundation
import RemitMeasurement
import RemitModel
import RemitTestSupport
import Testing

/// How well agents are seen on real commits of public repositories, where the collection is at hand.
///
/// What is found is measured, not tuned to: `Stratum` says how the strata were made. `RECORD=1` writes README's table anew.
@Suite(.enabled(if: sharedData("commits.tsv.gz") != nil)) struct RealCommitsTests {
    struct Row: Sendable {
        let repository: String
        let label: String
        let object: [UInt8]
    }

    static func rows() throws -> [String: Row] {
        let path = try #require(sharedData("commits.tsv.gz"))
        let text = try spawn(["gzip", "-dc", path], environment: ["PATH": HermeticGit.path])
        var rows: [String: Row] = [:]
        for line in text.lines.dropFirst() {
            let fields = line.split(separator: "\t").map(String.init)
            let object = try #require(Base64.decode(fields[3].utf8, padding: .required))
            rows[fields[1]] = Row(repository: fields[0], label: fields[2], object: object)
        }
        return rows
    }

    static func measurement() throws -> AttributionMeasurement {
        let rows = try rows()
        let list = try labels()
        var measurement = AttributionMeasurement()
        for commit in list { try measurement.take(commit, try #require(rows[commit.commit]).object) }
        return measurement
    }

    static func labels() throws -> [LabelledCommit] {
        let text = try readFile(repositoryRoot() + "/Tests/Attribution/labels.tsv")
        return try LabelledCommit.list(String(decoding: text, as: UTF8.self))
    }

    @Test func `no person or bot is taken for an agent, no agent for another, and none is missed that left a mark`()
        throws
    {
        let measurement = try Self.measurement()
        #expect(measurement.byKeys.values.reduce(0) { $0 + $1.alarms } == 0)
        #expect(measurement.byMarks.values.reduce(0) { $0 + $1.alarms } == 0)
        for (stratum, tally) in measurement.byKeys {
            // There the commit's own bytes name the harness, and the label the tool that a note speaks of.
            #expect(tally.wrong == (stratum == .otherSource ? tally.commits : 0), "\(stratum)")
            if stratum.holdsEvidence { #expect(tally.missed == 0, "\(stratum)") }
            if stratum == .nothing { #expect(tally.found == 0) }
            if stratum == .bot { #expect(tally.found == tally.commits) }
        }
        #expect(measurement.byMarks[.keyOnly]?.found == 0)
        #expect(measurement.exceptions.filter { $0.commit.stratum != .otherSource }.map(\.reason) == [])
    }

    @Test func `the list that is shipped is the collection's`() throws {
        let rows = try Self.rows()
        let list = try Self.labels()
        #expect(Set(list.map(\.commit)) == Set(rows.keys))
        for commit in list {
            #expect(rows[commit.commit]?.label == commit.label)
            #expect(rows[commit.commit]?.repository == commit.repository)
            #expect(commit.stratum.isAgents == (commit.label != "human" && commit.label != "bot"))
        }
    }

    private static let opening = "<!-- attribution -->\n"
    private static let closing = "<!-- /attribution -->"

    @Test func `README quotes the table that is measured`() throws {
        let table = try Self.measurement().table
        let path = repositoryRoot() + "/README.md"
        let readme = String(decoding: try readFile(path), as: UTF8.self)
        let start = try #require(readme.range(of: Self.opening)).upperBound
        let end = try #require(readme.range(of: Self.closing)).lowerBound
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try writeFile(Array((readme[..<start] + table + readme[end...]).utf8), to: path)
            return
        }
        #expect(readme[start..<end] == table)
    }
}

/// The list of labels is read strictly.
@Suite struct LabelledCommitTests {
    @Test(arguments: [
        ("repository\tcommit\n", 1, "the heading is not 'repository\tcommit\tlabel\tstratum'"),
        ("\(LabelledCommit.heading)\na/b\t12\thuman\n", 2, "not four fields"),
        ("\(LabelledCommit.heading)\na/b\t12\thuman\tpeople\n", 2, "no stratum is called 'people'"),
        (
            "\(LabelledCommit.heading)\na/b\t12\thuman\tperson\na/c\t12\tbot\tbot\n", 3, "the commit is listed twice"
        ),
    ])
    func `a list that is not well formed is refused`(text: String, line: Int, reason: String) {
        #expect(throws: LabelledCommit.Fault(line: line, reason: reason)) { try LabelledCommit.list(text) }
    }

    @Test func `a measurement tells false alarms, wrong agents and what is missed`() throws {
        func object(_ line: String) -> [UInt8] {
            let identity = "Dana <dana@example.org> 1795165200 +0000"
            return Array(
                """
                tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
                author \(identity)
                committer \(identity)

                subject

                \(line)

                """.utf8)
        }
        let claude = object("Co-authored-by: Claude <noreply@anthropic.com>")
        var measurement = AttributionMeasurement()
        let cases: [(String, Stratum, [UInt8])] = [
            ("human", .person, claude), ("human", .person, object("x")), ("claude-code", .trailer, claude),
            ("cursor", .trailer, claude), ("cursor", .trailer, object("x")), ("bot", .bot, object("x")),
            ("claude-code", .nothing, claude),
        ]
        for (number, (label, stratum, object)) in cases.enumerated() {
            let line = "\(LabelledCommit.heading)\na/b\t\(number)\t\(label)\t\(stratum.rawValue)\n"
            for commit in try LabelledCommit.list(line) { try measurement.take(commit, object) }
        }
        #expect(measurement.byMarks[.person] == AttributionMeasurement.Tally(commits: 2, alarms: 1))
        #expect(
            measurement.byMarks[.trailer] == AttributionMeasurement.Tally(commits: 3, found: 1, missed: 1, wrong: 1))
        #expect(measurement.byKeys[.bot] == AttributionMeasurement.Tally(commits: 1, missed: 1))
        #expect(
            measurement.exceptions.map(\.reason) == [
                "false alarm: claude-code", "wrong agent: claude-code", "missed",
                "found where nothing was thought to be",
            ])
        #expect(measurement.table.contains("| **all agents' commits** | 4 | 2 | 1 | 1 | – | 2 | 1 |\n"))
    }
}
