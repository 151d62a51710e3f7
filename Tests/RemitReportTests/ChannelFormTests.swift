import Foundation
import RemitModel
import Testing

@testable import RemitReport

/// The exact form of each channel, and its bounds.
@Suite struct ChannelFormTests {
    private static let refused = Samples.decision(findings: [Samples.outsideGrant])
    private static let unchecked = Samples.decision(
        .undecided, findings: [Finding(.undecidedAuthority, facts: Finding.Facts(reason: "it is 3 days old"))])
    private static let monitored = Samples.decision(mode: .monitor, findings: [Samples.outsideGrant])
    private static let allowed = Samples.decision(.allowed)

    private static func findings(_ count: Int) -> [Finding] {
        (1...count).map { number in
            Finding(
                .scopePath, ref: ByteString("refs/heads/\(number)"), commit: Samples.commit(number),
                path: ByteString("Deploy/\(number).yml"), facts: Samples.facts())
        }
    }

    private static func object(_ channel: Channel, _ decision: Decision) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(channel.text(decision).utf8))
    }

    @Test func `text and JSON are what they are elsewhere`() {
        #expect(
            Channel.text.text(Self.refused)
                == TextReport(of: .merge, ledgerEntry: 42).text(of: Self.refused))
        #expect(
            Channel.json.text(Self.refused) == String(decoding: JSONReport.bytes(of: Self.refused), as: UTF8.self)
                + "\n")
        #expect(Channel.text.text(Self.allowed) == "remit: allowed, without a mark of an agent; commits judged: 3\n")
    }

    @Test func `GitHub gets an annotation at the file, and how it ended`() {
        #expect(
            Channel.github.text(Self.refused) == """
                ::error file=Deploy/prod.yml,title=remit%3A scope.path::commit 3f2a9c1b7d4e changes 'Deploy/prod.yml' \
                outside its grant%0A  rule     scope.path%0A  ref      refs/heads/agent/PAY-42/retry%0A  granted  \
                Sources/** Tests/** except Sources/Secrets/**%0A  by       delegation 1f2e3d4c5b6a%0A  ask      \
                dana@example.org%0Ahint: take the change out with 'git rebase -i', or ask dana@example.org for a wider grant
                ::error title=remit::refused: this merge must not happen%0Adecision 42 recorded

                """)
        #expect(
            Channel.github.text(Self.allowed)
                == "::notice title=remit::allowed, without a mark of an agent; commits judged: 3%0Adecision 42 recorded\n"
        )
        #expect(Channel.github.text(Self.monitored).hasPrefix("::warning file=Deploy/prod.yml,"))
    }

    @Test func `GitHub gets no more annotations than it shows`() {
        let lines = Channel.github.text(Samples.decision(findings: Self.findings(50))).split(separator: "\n")
        #expect(lines.count == 10)
        #expect(
            lines.last
                == "::error title=remit::refused: this merge must not happen%0Aand 41 more findings%0Adecision 42 recorded"
        )
    }

    @Test func `a path with a percent sign, a colon and a comma stays one property`() {
        let finding = Finding(.scopePath, path: "a%3A,title=x:y")
        #expect(
            Channel.github.text(Samples.decision(findings: [finding]))
                .hasPrefix("::error file=a%253A%2Ctitle=x%3Ay,title=remit%3A scope.path::"))
        #expect(
            Channel.azure.text(Samples.decision(findings: [Finding(.scopePath, path: "a;b]%3B")]))
                .contains("sourcepath=a%3Bb%5D%AZP253B;linenumber=1;]"))
    }

    @Test func `Azure is told to fail, or in monitor mode that there are issues`() {
        let lines = Channel.azure.text(Self.refused).split(separator: "\n")
        #expect(lines.count == 4)
        #expect(
            lines.first?.hasPrefix(
                "##vso[task.logissue type=error;code=scope.path;sourcepath=Deploy/prod.yml;linenumber=1;]commit 3f2a")
                == true)
        #expect(lines.last == "##vso[task.complete result=Failed;]refused: this merge must not happen")
        #expect(
            Channel.azure.text(Self.monitored).hasSuffix(
                "##vso[task.complete result=SucceededWithIssues;]monitor: would have refused this merge\n"))
        #expect(
            Channel.azure.text(Self.allowed, entry: nil)
                == "remit: allowed, without a mark of an agent; commits judged: 3\n")
    }

    @Test func `TeamCity gets a build problem for each fault`() {
        let lines = Channel.teamcity.text(Self.refused).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(
            lines.first?.hasPrefix(
                "##teamcity[buildProblem description='commit 3f2a9c1b7d4e changes |'Deploy/prod.yml|' outside its grant|n  rule"
            )
                == true)
        #expect(lines.first?.wholeMatch(of: /.* identity='remit_[0-9a-f]{32}'\]/) != nil)
        #expect(
            lines.last
                == "##teamcity[buildProblem description='refused: this merge must not happen|ndecision 42 recorded' identity='remit']"
        )
        #expect(
            Channel.teamcity.text(Self.allowed, entry: nil)
                == "##teamcity[message text='allowed, without a mark of an agent; commits judged: 3' status='NORMAL']\n"
        )
        #expect(TeamCityMessages.value(["é|[x]'"]) == "|0x00e9|||[x|]|'")
        #expect(TeamCityMessages.value(Array(repeating: "0123456789", count: 1000)).utf8.count < 5000)
    }

    @Test func `Markdown has the rule as heading and the words preformatted`() {
        #expect(
            Channel.summary.text(Samples.decision(findings: [Finding(.scopePath, path: "<b>`|@all")])) == """
                ## Remit: merge

                <pre>
                refused: this merge must not happen
                </pre>

                ### `scope.path`

                <pre>
                this submission changes &#39;&lt;b&gt;&#96;&#124;@all&#39; outside its grant
                  rule     scope.path
                hint: take the change out with &#39;git rebase -i&#39;, or ask the delegator for a wider grant
                </pre>

                <pre>
                decision 42 recorded
                </pre>

                """)
        #expect(
            Channel.buildkite.text(Self.allowed, entry: nil) == """
                <strong>Remit: merge</strong>

                <pre>
                allowed, without a mark of an agent; commits judged: 3
                </pre>

                """)
    }

    @Test func `Markdown stays below what the hosts take`() {
        let long = ByteString(Array(repeating: UInt8(ascii: "<"), count: 4096))
        let findings = (1...300).map { number in
            Finding(
                .scopePath, ref: ByteString("refs/heads/\(number)"), path: long,
                facts: Samples.facts { facts in
                    facts.granted = Array(repeating: String(repeating: "&", count: 500), count: 12)
                    facts.reason = String(repeating: "'", count: 500)
                })
        }
        let decision = Samples.decision(findings: findings)
        #expect(Channel.summary.text(decision).utf8.count <= 1_048_576)
        #expect(Channel.buildkite.text(decision).utf8.count <= 1_048_576)
        #expect(Channel.summary.text(decision).contains(" more findings\n"))
    }

    @Test func `JUnit has a case for each fault, and one that passes when all is well`() {
        let text = Channel.junit.text(Self.refused)
        #expect(
            text.hasPrefix(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites>
                  <testsuite name="remit merge" tests="1" failures="1" errors="0" skipped="0" \
                timestamp="2026-11-20T09:00:00Z" time="0">
                    <testcase classname="remit merge" name="scope.path on refs/heads/agent/PAY-42/retry" time="0">\
                <failure type="scope.path" message="commit 3f2a9c1b7d4e changes &#39;Deploy/prod.yml&#39; outside its grant">
                """))
        #expect(Channel.junit.text(Self.unchecked).contains(#"failures="0" errors="1""#))
        #expect(Channel.junit.text(Self.unchecked).contains(#"<error type="undecided.authority""#))
        #expect(Channel.junit.text(Self.monitored).contains(#"failures="0" errors="0" skipped="1""#))
        #expect(Channel.junit.text(Self.allowed).contains(#"tests="1" failures="0" errors="0" skipped="0""#))
        #expect(Channel.junit.text(Self.allowed).contains(#"name="remit merge" time="0"></testcase>"#))
    }

    @Test func `JUnit does not let a refusal without a finding pass`() {
        let text = Channel.junit.text(Samples.decision(.undecided))
        #expect(text.contains(#"errors="1""#) && text.contains("<error type=\"remit\">"))
    }

    @Test func `JUnit's cases have names of their own`() {
        var other = Samples.outsideGrant.facts
        other.ask = ["erin@example.org"]
        let text = Channel.junit.text(
            Samples.decision(findings: [Samples.outsideGrant, Finding(.scopePath, ref: Samples.ref, facts: other)]))
        #expect(text.contains(#"name="scope.path on refs/heads/agent/PAY-42/retry" "#))
        #expect(text.contains(#"name="scope.path on refs/heads/agent/PAY-42/retry (2)" "#))
    }

    @Test func `GitLab's report has what its format demands, once for each path`() throws {
        let findings = [Samples.outsideGrant, Finding(.jobIdentity), Finding(.scopePath, path: "Deploy/é.yml")]
        let entries = try #require(
            Self.object(.codequality, Samples.decision(findings: findings)) as? [[String: Any]])
        #expect(
            entries.map { $0["check_name"] as? String } == [
                "remit/scope.path", "remit/job.identity", "remit/scope.path",
            ])
        #expect(Set(entries.compactMap { $0["fingerprint"] as? String }).count == 3)
        #expect(entries.allSatisfy { $0["severity"] as? String == "blocker" })
        let places = entries.compactMap { $0["location"] as? [String: Any] }
        #expect(places.compactMap { $0["path"] as? String } == ["Deploy/prod.yml", ".", "Deploy/é.yml"])
        #expect(places.allSatisfy { ($0["lines"] as? [String: Int]) == ["begin": 1] })
        #expect(
            entries.first?["description"] as? String
                == "commit 3f2a9c1b7d4e changes 'Deploy/prod.yml' outside its grant")
        #expect(Channel.codequality.text(Self.allowed) == "[]\n")
    }

    @Test func `SARIF names each rule once and points into the list`() throws {
        let findings = [
            Samples.outsideGrant, Finding(.jobIdentity), Finding(.scopePath, path: "a b/é%.yml"),
            Finding(.scopePath, path: "../x"),
        ]
        let log = try #require(Self.object(.sarif, Samples.decision(findings: findings)) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: [String: Any]])?["driver"])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        #expect(rules.map { $0["id"] as? String } == ["scope.path", "job.identity"])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.map { $0["ruleIndex"] as? Int } == [0, 1, 0, 0])
        #expect(results.map { $0["ruleId"] as? String } == ["scope.path", "job.identity", "scope.path", "scope.path"])
        let places = results.compactMap {
            ($0["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
        }
        let uris = places.compactMap { ($0["artifactLocation"] as? [String: String])?["uri"] }
        #expect(uris == ["Deploy/prod.yml", ".", "a%20b/%C3%A9%25.yml", "."])
        let names = results.compactMap { ($0["partialFingerprints"] as? [String: String])?["remitFinding/v1"] }
        #expect(Set(names).count == 4 && names.allSatisfy { $0.utf8.count == 64 })
        let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
        #expect(invocation["executionSuccessful"] as? Bool == true)
        #expect(invocation["exitCode"] as? Int == 1)
    }

    @Test func `SARIF tells of a run that could not check, and has no result where all is well`() {
        #expect(Channel.sarif.text(Self.unchecked).contains(#""executionSuccessful":false,"exitCode":2"#))
        #expect(Channel.sarif.text(Self.monitored).contains(#""level":"warning""#))
        #expect(Channel.sarif.text(Self.allowed).contains(#""executionSuccessful":true,"exitCode":0"#))
        #expect(Channel.sarif.text(Self.allowed).contains(#""results":[]"#))
    }

    @Test func `SARIF's messages hold no link and no placeholder`() {
        let finding = Finding(.scopePath, facts: Finding.Facts(reason: "[x](http://e.test) {0}"))
        let text = Channel.sarif.text(
            Samples.decision(.undecided, findings: [finding, Finding(.undecidedInternal, facts: finding.facts)]))
        #expect(!text.contains("]("))
        #expect(text.contains("[x] (http://e.test) {{0}}"))
    }

    @Test func `a finding keeps its fingerprint when the branch is rebased`() throws {
        func fingerprint(_ finding: Finding) throws -> String? {
            let entries = try Self.object(.codequality, Samples.decision(findings: [finding])) as? [[String: Any]]
            return entries?.first?["fingerprint"] as? String
        }
        let moved = Finding(
            .scopePath, ref: Samples.ref, commit: Samples.commit(9), path: "Deploy/prod.yml",
            facts: Samples.outsideGrant.facts)
        let other = Finding(
            .scopePath, ref: Samples.ref, commit: Samples.commit(9), path: "Deploy/test.yml",
            facts: Samples.outsideGrant.facts)
        #expect(try fingerprint(moved) == fingerprint(Samples.outsideGrant))
        #expect(try fingerprint(moved) != fingerprint(other))
    }

    @Test func `one report never gives two findings one fingerprint`() throws {
        var other = Samples.outsideGrant.facts
        other.ask = ["erin@example.org"]
        let twin = Finding(
            .scopePath, ref: Samples.ref, commit: Samples.commit(), path: "Deploy/prod.yml", facts: other)
        let entries = try #require(
            Self.object(.codequality, Samples.decision(findings: [Samples.outsideGrant, twin])) as? [[String: Any]])
        #expect(Set(entries.compactMap { $0["fingerprint"] as? String }).count == 2)
    }

    @Test func `thousands of findings stay within each channel's bound`() throws {
        let decision = Samples.decision(findings: Self.findings(10_000))
        #expect((try Self.object(.codequality, decision) as? [Any])?.count == 1000)
        #expect(Channel.junit.text(decision).contains(#"tests="1000""#))
        #expect(Channel.junit.text(decision).contains("and 9000 more findings"))
        #expect(Channel.azure.text(decision).contains("remit: and 9980 more findings\n"))
        let log = try #require(Self.object(.sarif, decision) as? [String: Any])
        #expect(((log["runs"] as? [[String: Any]])?.first?["results"] as? [Any])?.count == 5000)
    }
}
