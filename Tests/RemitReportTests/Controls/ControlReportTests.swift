import Foundation
import RemitModel
import RemitReport
import RemitTestSupport
import Testing

/// What a report says of controls, from figures that are made up.
@Suite struct ControlReportTests {
    static func facts(
        _ figures: [Figure: Int], log: String = "here", examples: [EvidenceKind: [Trace.Entry]] = [:],
        verification: LogState.Verification = .notAsked
    ) throws -> EvidenceFacts {
        EvidenceFacts(
            period: try #require(Period(since: Samples.at, until: Samples.at.adding(seconds: 86_400))),
            authority: Samples.commit(7), readAt: Samples.at.adding(seconds: 90_000),
            logs: [LogState(name: log, entries: 3, total: 9, checkpoint: nil, verification: verification)],
            oldest: Samples.at.adding(seconds: -86_400), figures: figures, examples: examples)
    }

    static func framework(_ key: String) throws -> Framework { try #require(Framework.all.first { $0.key == key }) }

    static let some: [Figure: Int] = [
        .decisions: 12, .decisionsAllowed: 9, .decisionsRefused: 3, .agentsInventoried: 2, .revocationsIssued: 1,
        .entries: 14,
    ]

    @Test func `a control says what supports it, what is missing, and what is not shown`() throws {
        let report = ControlReport(
            try Self.facts(Self.some, examples: [.decisionRecord: [ReviewSamples.entry(7)]]),
            of: [try Self.framework("owasp_nhi")])
        let text = report.text
        #expect(
            text.hasPrefix(
                """
                evidence for controls
                Remit's records support controls; whether one is met, an assessor decides, with evidence from elsewhere
                period: from 2026-11-20T09:00:00Z (included) to 2026-11-21T09:00:00Z (excluded), by the moments that the servers gave
                authority at commit \(Samples.commit(7).abbreviated), read at 2026-11-21T10:00:00Z
                log here: 3 entries in the period, of 9; no signed checkpoint; not verified in this run (--verify)
                the oldest entry is of 2026-11-19T09:00:00Z

                EVIDENCE
                  decision_record: decisions in the ledger: who asked for what, by which rules it was judged, and the outcome
                      decisions 12, decisions-allowed 9, decisions-refused 3
                      does not show: what never came to a gate
                      entries: here#7

                """), "\(text)")
        #expect(
            text.contains(
                """
                  NHI1:2025 Improper Offboarding
                      supports it: revocation_record (revocations-issued 1), identity_registry (agents-inventoried 2)
                      not shown: that an agent was stopped anywhere else; agents that nobody entered and that no gate has seen; the control as a whole, which an assessor judges
                  NHI2:2025 Secret Leakage
                      is background to it: decision_record (decisions 12)
                      not shown: what never came to a gate; the control itself, to which these records are only background
                      note: not a secret scanner; evidence store must itself never keep live tokens

                """), "\(text)")
        #expect(
            text.contains(
                """
                  NHI4:2025 Insecure Authentication
                      no evidence in this period
                      not shown: the control as a whole, which an assessor judges

                """), "\(text)")
        #expect(
            text.contains(
                """
                      supports it: decision_record (decisions 12)
                      no evidence in this period: scope_diff, ci_identity

                """), "\(text)")
        #expect(text.contains("      no evidence in this period\n      does not show: what an agent really") == false)
    }

    @Test func `without anything on record every control says so, in every form`() throws {
        let report = ControlReport(try Self.facts([:]), of: Framework.all)
        let controls = Framework.all.flatMap(\.controls)
        #expect(controls.allSatisfy { !report.finding($0).isSupported })
        let silent = "\n      no evidence in this period\n      not shown: "
        #expect(report.text.ranges(of: silent).count == controls.count)
        #expect(!report.text.contains("supports it: ") && !report.text.contains("supports it in part: "))
        let rows = report.markdown.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
        #expect(rows.count == controls.count + Framework.all.count)
        #expect(rows.filter { $0.contains("| no evidence in this period: ") }.count == controls.count)
    }

    /// A figure that only says more about a kind, such as an inventory's overdue reviews, is no evidence of it.
    @Test func `what is no evidence does not count as such`() throws {
        let facts = try Self.facts([.commitsWithoutEvidence: 9, .commitsJudged: 9, .jobsNamed: 3, .agentsOverdue: 1])
        for kind in EvidenceKind.allCases { #expect(!facts.has(kind), "\(kind)") }
        let report = ControlReport(facts, of: [try Self.framework("owasp_nhi")])
        #expect(report.text.contains("      commits-judged 9, commits-no-evidence 9\n"))
    }

    @Test func `no form says that anything complies`() throws {
        let every = Dictionary(uniqueKeysWithValues: Figure.allCases.map { ($0, 1) })
        for figures in [every, [:]] {
            let report = ControlReport(try Self.facts(figures), of: Framework.all)
            for text in [report.text, report.markdown, report.json.text, report.page.text] {
                let words = text.lowercased()
                for claim in ["complies", "compliant", "comply", "certified", "in compliance"] {
                    #expect(!words.contains(claim), "\(claim)")
                }
                #expect(words.contains("support"))
            }
        }
    }

    @Test(arguments: [
        (LogState.Verification.notAsked, "not verified in this run (--verify)"),
        (.notHere, "not verified here: 'remit log verify' does it on its server"),
        (.verified, "verified: every entry, the tree over them and what was published"),
        (.faulty(1), "NOT as it was written: 1 fault, see 'remit log verify'"),
        (.faulty(7), "NOT as it was written: 7 faults, see 'remit log verify'"),
    ])
    func `whether the log was verified is said`(state: LogState.Verification, words: String) throws {
        let report = ControlReport(try Self.facts([:], verification: state), of: [])
        #expect(report.text.contains("no signed checkpoint; \(words)\n"), "\(report.text)")
    }

    @Test func `the JSON has every figure, also those that are 0`() throws {
        let report = ControlReport(try Self.facts(Self.some), of: [try Self.framework("soc2")])
        let read = try #require(
            JSONSerialization.jsonObject(with: Data(report.json.encoded)) as? [String: Any])
        #expect(read["schema"] as? String == "control-report/v1")
        #expect(read["since"] as? String == "2026-11-20T09:00:00Z")
        let evidence = try #require(read["evidence"] as? [[String: Any]])
        let decisions = try #require(evidence.first { $0["kind"] as? String == "decision_record" })
        let figures = try #require(decisions["figures"] as? [String: Int])
        #expect(figures["decisions"] == 12 && figures["decisions_undecided"] == 0)
        let frameworks = try #require(read["frameworks"] as? [[String: Any]])
        let controls = try #require(frameworks.first?["controls"] as? [[String: Any]])
        #expect(controls[0]["id"] as? String == "CC1.3")
        #expect(controls[0]["supported_by"] as? [String] == ["identity_registry"])
        #expect(controls[0]["no_evidence_in_this_period"] as? [String] == ["delegation_record"])
    }

    @Test func `an entry is linked to where it is told how to look it up`() throws {
        let examples: [EvidenceKind: [Trace.Entry]] = [
            .decisionRecord: [ReviewSamples.entry(7), ReviewSamples.entry(9)], .effectRecord: [ReviewSamples.entry(9)],
        ]
        let page = ControlReport(
            try Self.facts([.decisions: 2, .effects: 1], examples: examples), of: [try Self.framework("soc2")]
        ).page.text
        #expect(page.ranges(of: "href=\"#entry-1\"").count == 2)
        #expect(page.ranges(of: "id=\"entry-1\"").count == 1)
        #expect(page.contains("<span id=\"entry-0\"><code>here#7</code></span>"), "\(page)")
        for link in page.ranges(of: "href=\"#") {
            let id = page[link.upperBound...].prefix { $0 != "\"" }
            #expect(page.ranges(of: "id=\"\(id)\"").count == 1, "\(id)")
        }
    }

    @Test(arguments: Hostile.texts.indices)
    func `a log's name is text in every form`(number: Int) throws {
        let name = String(decoding: Hostile.texts[number], as: UTF8.self)
        let report = ControlReport(
            try Self.facts([.decisions: 1], log: name, examples: [.decisionRecord: [.init(log: name, sequence: 1)]]),
            of: [try Self.framework("soc2")])
        for scalar in report.text.unicodeScalars where scalar != "\n" {
            #expect(scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0x202E)
        }
        for line in report.markdown.split(separator: "\n") {
            guard line != "<pre>", line != "</pre>", !line.hasPrefix("| "), !line.hasPrefix("#") else { continue }
            #expect(!line.contains { "<>`|".contains($0) }, "\(line)")
        }
        #expect(report.json.encoded.allSatisfy { (0x20..<0x7F).contains($0) })
        #expect(!report.page.text.contains("<script") && !report.page.text.contains("\u{202e}"))
    }
}
