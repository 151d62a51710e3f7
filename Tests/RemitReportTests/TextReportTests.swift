import RemitModel
import RemitReport
import Testing

@Suite struct TextReportTests {
    @Test func `tells a pusher what was refused`() {
        let text = TextReport(ledgerEntry: 42).text(of: Samples.decision(findings: [Samples.outsideGrant]))
        #expect(
            text == """
                remit: refused: nothing of this push was accepted
                remit: error: commit 3f2a9c1b7d4e changes 'Deploy/prod.yml' outside its grant
                remit:   rule     scope.path
                remit:   ref      refs/heads/agent/PAY-42/retry
                remit:   granted  Sources/** Tests/** except Sources/Secrets/**
                remit:   by       delegation 1f2e3d4c5b6a
                remit:   ask      dana@example.org
                remit: hint: take the change out with 'git rebase -i', or ask dana@example.org for a wider grant
                remit: decision 42 recorded

                """)
    }

    @Test(arguments: [
        (Outcome.refused, Mode.enforce, "remit: refused: nothing of this push was accepted", "error"),
        (.undecided, .enforce, "remit: undecided: this push could not be checked, nothing of it was accepted", "error"),
        (.refused, .monitor, "remit: monitor: would have refused this push", "warning"),
        (.undecided, .monitor, "remit: monitor: could not check this push and would not have accepted it", "warning"),
    ])
    func `begins with the outcome`(outcome: Outcome, mode: Mode, first: String, severity: String) {
        let decision = Samples.decision(outcome, mode: mode, findings: [Samples.outsideGrant])
        let lines = Samples.lines(TextReport().text(of: decision))
        #expect(lines[0] == first)
        #expect(lines[1].hasPrefix("remit: \(severity): commit 3f2a9c1b7d4e "))
    }

    @Test func `names the occasion`() {
        for (occasion, word) in [
            (Occasion.push, "push"), (.merge, "merge"), (.deployment, "deployment"), (.check, "push"),
        ] {
            let text = TextReport(of: occasion).text(of: Samples.decision(findings: [Samples.outsideGrant]))
            #expect(Samples.lines(text)[0].contains(word))
        }
    }

    @Test func `puts the host's prefix before every line`() {
        let report = TextReport(ledgerEntry: 1, hostPrefix: "GL-HOOK-ERR: ")
        let lines = Samples.lines(report.text(of: Samples.decision(findings: [Samples.outsideGrant])))
        #expect(lines.dropLast().allSatisfy { $0.hasPrefix("GL-HOOK-ERR: remit: ") })
    }

    @Test func `is short when allowed, and silent when no agent was seen`() throws {
        let delegation = try #require(Samples.delegation)
        let use = Decision.Use(
            delegation: delegation, agent: "claude-code", delegator: "dana@example.org", commits: 3)
        let seen = Decision.Sighting(agent: "claude-code", commits: 3, strength: .cryptographic)
        let other = Decision.Sighting(agent: "copilot", commits: 1, strength: .declared)
        let report = TextReport(ledgerEntry: 42)
        #expect(report.text(of: Samples.decision(.allowed)).isEmpty)
        #expect(
            report.text(of: Samples.decision(.allowed, agents: [seen], delegations: [use])) == """
                remit: allowed 3 commits of claude-code under delegation 1f2e3d4c5b6a of dana@example.org
                remit: decision 42 recorded

                """)
        #expect(
            TextReport().text(of: Samples.decision(.allowed, agents: [seen, other], delegations: [use, use])) == """
                remit: allowed 6 commits of claude-code under delegations 1f2e3d4c5b6a 1f2e3d4c5b6a and 1 commit without one

                """)
        #expect(
            TextReport().text(of: Samples.decision(.allowed, agents: [other]))
                == "remit: allowed 1 commit of copilot without a delegation\n")
    }
}

@Suite struct FindingGroupTests {
    private static func finding(_ number: Int, ref: ByteString = Samples.ref) -> Finding {
        Finding(
            .scopePath, ref: ref, commit: Samples.commit(number), path: ByteString("Deploy/\(number % 7).yml"),
            facts: Samples.facts())
    }

    @Test func `tells ten thousand like findings once`() {
        let decision = Samples.decision(findings: (1...10_000).map { Self.finding($0) }, findingCount: 12_000)
        let text = TextReport().text(of: decision)
        #expect(
            text == """
                remit: refused: nothing of this push was accepted
                remit: error: 10000 commits change 7 paths outside their grant
                remit:   rule     scope.path
                remit:   ref      refs/heads/agent/PAY-42/retry
                remit:   commits  000000000000 000000000000 000000000000 and 9997 more
                remit:   paths    Deploy/1.yml Deploy/2.yml Deploy/3.yml and 4 more
                remit:   by       delegation 1f2e3d4c5b6a
                remit:   ask      dana@example.org
                remit: hint: take the change out with 'git rebase -i', or ask dana@example.org for a wider grant
                remit: and 2000 more findings

                """)
    }

    @Test func `stops after twenty groups and counts the rest`() {
        let findings = (1...50).map { Self.finding($0, ref: ByteString("refs/heads/\($0)")) }
        let lines = Samples.lines(TextReport().text(of: Samples.decision(findings: findings)))
        #expect(lines.filter { $0.contains(" error: ") }.count == 20)
        #expect(lines.filter { $0.contains(" hint: ") }.count == 1)
        #expect(lines.dropLast().last == "remit: and 30 more findings")
    }

    @Test func `keeps apart what differs in more than the place`() {
        var other = Samples.outsideGrant.facts
        other.ask = ["erin@example.org"]
        let groups = FindingGroup.groups(
            of: [
                Samples.outsideGrant, Finding(.scopePath, ref: Samples.ref, facts: other),
                Finding(.scopeProtected, ref: Samples.ref, facts: Samples.outsideGrant.facts), Samples.outsideGrant,
            ], as: .push)
        #expect(groups.map(\.findings) == [2, 1, 1])
        #expect(groups.first?.commits.count == 1)
    }
}

@Suite struct HostileTextTests {
    private static let hostile: [[UInt8]] = [
        Array("\u{1b}[2J\u{1b}]0;owned\u{7}".utf8), Array("a\n::error::owned\nGL-HOOK-ERR: owned".utf8),
        Array("\r##vso[task.setvariable]x ##teamcity[y ##[error]".utf8), Array("\u{202e}gpj.exe\u{200b}".utf8),
        [0xFF, 0xFE, 0x80, 0x0A, 0xC3], Array(repeating: UInt8(ascii: "p"), count: 10_240),
        Array(String(repeating: "\u{1b}日\u{2028}", count: 2000).utf8), Array("'; rm -rf ~; '".utf8),
    ]

    private static func finding(_ rule: RuleCode, _ bytes: [UInt8], _ number: Int) -> Finding {
        let text = String(decoding: bytes, as: UTF8.self)
        return Finding(
            rule, ref: ByteString(bytes), commit: Samples.commit(number), path: ByteString(bytes + [0x30]),
            facts: Finding.Facts(
                delegation: Samples.delegation, named: ByteString(bytes), agent: text,
                ask: Array(repeating: text, count: 5), operation: .fileModify,
                granted: Array(repeating: "except " + text, count: 13) + [text], found: ByteString(bytes),
                at: Samples.at, limit: 1, used: 2, reason: text))
    }

    private static func isTame(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: scalar == "\n"
        default: true
        }
    }

    /// By number: an argument of ten thousand bytes would fill the log.
    @Test(arguments: hostile.indices)
    func `never reaches the output raw, in any sentence`(number: Int) {
        let bytes = Self.hostile[number]
        let findings = RuleCode.allCases.flatMap { rule in (1...5).map { Self.finding(rule, bytes, $0) } }
        for report in [TextReport(), TextReport(of: .merge, ledgerEntry: 1, hostPrefix: "GL-HOOK-ERR: ")] {
            for start in stride(from: 0, to: findings.count, by: 50) {
                let text = report.text(of: Samples.decision(findings: Array(findings[start...])))
                #expect(text.unicodeScalars.allSatisfy(Self.isTame))
                #expect(text.utf8.count <= 60 * 1024)
                #expect(!text.contains("##"))
                for line in Samples.lines(text).dropLast() {
                    #expect(line.hasPrefix("remit: ") || line.hasPrefix("GL-HOOK-ERR: remit: "))
                    #expect(line.utf8.count + 1 <= 500)
                }
            }
        }
    }

    @Test(arguments: hostile)
    func `is tame in an allowed line and in JSON too`(bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        let use = Decision.Use(
            delegation: try #require(Samples.delegation), agent: text, delegator: text, commits: 1)
        let decision = Samples.decision(
            .allowed, repository: text, pusher: Pusher(login: ByteString(bytes), vouchedBy: text),
            findings: [Self.finding(.scopePath, bytes, 1)],
            agents: [Decision.Sighting(agent: text + "2", commits: 1, strength: .declared)], delegations: [use])
        let lines = Samples.lines(TextReport(ledgerEntry: 1).text(of: decision))
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.utf8.count < 500 && $0.unicodeScalars.allSatisfy(Self.isTame) })
        #expect(JSONReport.bytes(of: decision).allSatisfy { (0x20..<0x7F).contains($0) })
    }
}
