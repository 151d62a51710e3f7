import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct JudgeTests {
    static func decide(
        _ circumstances: Circumstances = circumstances(), _ feed: (inout Judge) -> Void
    ) -> Decision {
        var judge = Judge(circumstances)
        feed(&judge)
        return judge.decide(authority: object(0xAA), policyVersion: 3)
    }

    @Test func `an agent within its remit is allowed, and the decision says under what`() {
        let used = delegated()
        let decision = Self.decide {
            $0.consider(work(1, under: used, changes: [change("Sources/a")]), on: update())
            $0.consider(plain(2, changes: [change("README.md")]), on: update())
            $0.conclude(update())
        }
        #expect(
            decision
                == Decision(
                    outcome: .allowed, mode: .enforce, repository: "payments", pusher: nil, decidedAt: noon,
                    updates: [update().update], commits: 2, findings: [], findingCount: 0,
                    agents: [.init(agent: "claude-code", commits: 1, strength: .declared)],
                    delegations: [
                        .init(
                            delegation: used.id, agent: "claude-code", delegator: "dana@example.org", commits: 1,
                            expense: Expense(limits: .none, before: .nothing, used: spent(commits: 1, pushes: 1)))
                    ],
                    authority: object(0xAA), policyVersion: 3,
                    authorship: [
                        Authorship(
                            commit: object(1), ref: update().update.ref, agents: ["claude-code"],
                            signer: .delegation(used.id), key: taskKey, delegation: used.id, standing: .acting),
                        Authorship(commit: object(2), ref: update().update.ref),
                    ],
                    rules: RuleBook.rules.map(\.code)))
        #expect(decision.authorship.map(\.attribution) == ["cryptographic", "no-evidence"])
        #expect(decision.letsThrough)
    }

    @Test func `every rule is asked and none hides another`() {
        let hopeless = delegated(
            to: inventoried(tools: [], status: .suspended, reviewBy: nine), until: nine,
            context: .init(model: nil, tools: ["web"], instructions: nil), revocation: revocation(.compromised))
        let decision = Self.decide(circumstances(.agent(inventoried("cursor")), attribution: .signed)) {
            $0.consider(
                work(
                    1, under: hopeless, by: [inventoried("cursor"), .unregistered("devin")], signature: .unsigned,
                    changes: [change("README.md"), change("Sources/a", to: nil)]),
                on: update(agentBranch, .rewind, nameFault: "bad"))
            $0.conclude(update(agentBranch, .rewind, nameFault: "bad"))
        }
        #expect(
            decision.findings.map(\.rule) == [
                .attributionUnregistered, .attributionMismatch, .attributionUnattributed, .delegationAgent,
                .delegationAgent, .delegationPossession, .delegationRevoked, .delegationSuspended,
                .delegationReviewOverdue, .delegationExpired, .contextChanged, .scopePath, .scopeOperation,
                .refName, .refOperation,
            ])
        #expect(decision.findingCount == decision.findings.count)
        #expect(decision.outcome == .refused)
        #expect(!decision.letsThrough)
    }

    @Test func `a rule that finds nothing ends nothing`() {
        struct Silent: Rule {
            let code = RuleCode.refName
        }
        struct Loud: Rule {
            let code: RuleCode
            func judge(_ commit: CommitCase, on update: UpdateCase, _: Circumstances) -> [Finding] {
                [Finding(code, commit: commit.id)]
            }
        }
        var judge = Judge(
            circumstances(), rules: [Silent(), Loud(code: .scopePath), Silent(), Loud(code: .refScope)])
        judge.consider(plain(), on: update())
        judge.conclude(update())
        #expect(judge.decide(authority: nil, policyVersion: nil).findings.map(\.rule) == [.scopePath, .refScope])
    }

    @Test func `findings are kept up to a bound and counted beyond it`() {
        let many = (0..<Judge.findingsKept + 7).map { change(ByteString("file\($0)")) }
        let decision = Self.decide {
            $0.consider(work(1, changes: many), on: update())
            $0.conclude(update())
        }
        #expect(decision.findings.count == Judge.findingsKept)
        #expect(decision.findingCount == Judge.findingsKept + 7)
        #expect(decision.findings.last?.path == ByteString("file\(Judge.findingsKept - 1)"))
    }

    /// A rule that would have everything monitored.
    private struct Lenient: Rule {
        let code: RuleCode
        func reaction(to finding: Finding, _ circumstances: Circumstances) -> Reaction { .monitor }
        func judge(_ commit: CommitCase, on update: UpdateCase, _: Circumstances) -> [Finding] {
            [Finding(code, commit: commit.id)]
        }
        func judge(_ update: UpdateCase, with summary: UpdateSummary, _: Circumstances) -> [Finding] {
            [Finding(code, ref: update.update.ref)]
        }
    }

    @Test(arguments: RuleCode.allCases)
    func `only the rules of a closed list are ever monitored`(code: RuleCode) {
        var judge = Judge(circumstances(), rules: [Lenient(code: code)])
        judge.consider(plain(), on: update())
        judge.conclude(update())
        let decision = judge.decide(authority: nil, policyVersion: nil)
        let isMonitored = [.attributionUnregistered, .attributionInconsistent].contains(code)
        #expect(code.canBeMonitored == isMonitored)
        #expect(decision.observationCount == (isMonitored ? 2 : 0))
        #expect(decision.findingCount == (isMonitored ? 0 : 2))
        #expect((decision.outcome == .allowed) == isMonitored)
    }

    @Test func `observations are kept up to a bound, counted beyond it, and change nothing of the outcome`() {
        var judge = Judge(
            circumstances(), rules: [Lenient(code: .attributionUnregistered), LimitRule.commits])
        for _ in 0..<Judge.findingsKept + 7 { judge.consider(plain(), on: update()) }
        let allowed = judge.decide(authority: nil, policyVersion: nil)
        #expect(allowed.observations.count == Judge.findingsKept)
        #expect(allowed.observationCount == Judge.findingsKept + 7)
        #expect(allowed.outcome == .allowed)
        judge.note(Finding(.undecidedDeadline))
        let undecided = judge.decide(authority: nil, policyVersion: nil)
        #expect(undecided.findings == [Finding(.undecidedDeadline)])
        #expect(undecided.observationCount == Judge.findingsKept + 7)
        #expect(undecided.outcome == .undecided)
    }

    @Test(arguments: [true, false])
    func `what could not be checked outweighs a refusal`(first: Bool) {
        let note = Finding(.undecidedRepository, facts: .init(reason: "an object is missing"))
        let decision = Self.decide {
            if first { $0.note(note) }
            $0.consider(work(1, changes: [change("README.md")]), on: update())
            $0.conclude(update())
            if !first { $0.note(note) }
        }
        #expect(decision.outcome == .undecided)
        #expect(decision.findingCount == 2)
        #expect(!decision.letsThrough)
    }

    @Test func `it outweighs a refusal even where it is no longer kept`() {
        let many = (0..<Judge.findingsKept).map { change(ByteString("file\($0)")) }
        let decision = Self.decide {
            $0.consider(work(1, changes: many), on: update())
            $0.note(Finding(.undecidedDeadline))
        }
        #expect(decision.outcome == .undecided)
        #expect(decision.findingCount == Judge.findingsKept + 1)
    }

    @Test func `a monitor finds the same and lets everything through`() {
        func decision(_ mode: Mode) -> Decision {
            Self.decide(circumstances(mode: mode)) {
                $0.consider(work(1, changes: [change("README.md")]), on: update())
                $0.conclude(update())
            }
        }
        let monitored = decision(.monitor)
        #expect(monitored.outcome == .refused)
        #expect(monitored.findings == decision(.enforce).findings)
        #expect(monitored.mode == .monitor)
        #expect(monitored.letsThrough)
    }

    @Test func `what was done is recorded only where the agent acts`() {
        var judge = Judge(circumstances(.person("dana@example.org")))
        for (byte, ref) in [(1, agentBranch), (2, mainBranch), (3, otherBranch)] as [(UInt8, ByteString)] {
            judge.consider(work(byte), on: update(ref))
            judge.conclude(update(ref))
        }
        judge.consider(marked([inventoried()]), on: update())
        judge.consider(work(5, under: delegated(grants: [grant("web")])), on: update())
        #expect(
            judge.acts == [Judge.Act(delegation: delegationID, commit: object(1), ref: update().update.ref)])
    }

    @Test func `limits count a commit on two refs once, and landing not at all`() {
        let limited = delegated(
            grants: [grant(refs: ["refs/heads/agent/**"])],
            limits: Limits(commits: 1, files: 1, lines: 10, bytes: 100, pushes: 1))
        let commit = work(1, under: limited, changes: [change("Sources/a")], lines: 10, bytes: 100)
        let decision = Self.decide(circumstances(.person("dana@example.org"))) {
            for ref in ["refs/heads/agent/a", "refs/heads/agent/b"] as [ByteString] {
                $0.consider(commit, on: update(ref))
                $0.conclude(update(ref))
            }
            $0.consider(
                work(2, under: limited, changes: [change("Sources/b")], lines: 99, bytes: 999), on: update(mainBranch))
            $0.conclude(update(mainBranch))
        }
        #expect(decision.outcome == .allowed)
        #expect(decision.commits == 3)
        #expect(decision.delegations.map(\.commits) == [1])
    }

    @Test func `limits hold over all the refs of a submission`() {
        let limited = delegated(limits: Limits(commits: 1, files: nil, lines: nil, bytes: nil, pushes: nil))
        let decision = Self.decide {
            for (byte, name) in [(1, "z"), (2, "a")] as [(UInt8, String)] {
                let ref = ByteString("refs/heads/agent/PAY-42/\(name)")
                $0.consider(work(byte, under: limited), on: update(ref))
                $0.conclude(update(ref))
            }
        }
        #expect(
            decision.findings == [
                Finding(
                    .limitCommits, ref: "refs/heads/agent/PAY-42/a", facts: .delegation(limit: 1, used: 2))
            ])
    }

    @Test func `one update does not lend its work to the next`() {
        let bot = circumstances(.agent(inventoried()), login: "bot")
        let decision = Self.decide(bot) {
            $0.consider(work(1), on: update())
            $0.conclude(update())
            $0.conclude(update(otherBranch, .delete))
        }
        #expect(decision.findings.map(\.rule) == [.delegationMissing])
        #expect(decision.findings.map(\.ref) == [otherBranch])
    }

    @Test func `an agent is as strongly seen as its own marks say`() {
        let claude = inventoried(marks: ["claude", "claude-code"])
        let decision = Self.decide {
            $0.consider(
                marked(
                    [inventoried("cursor"), claude], id: 1,
                    evidence: [mark("cursor", "Cursor"), mark("claude", "bot", .transport)]), on: update())
            $0.consider(marked([claude], id: 2, evidence: [mark("claude-code", "Claude")]), on: update())
            $0.conclude(update())
        }
        #expect(
            decision.agents == [
                .init(agent: "claude-code", commits: 2, strength: .transport),
                .init(agent: "cursor", commits: 1, strength: .declared),
            ])
    }

    @Test func `the net change is asked for only where an agent acts or its work needs approvals`() {
        func wants(_ circumstances: Circumstances, _ commit: CommitCase?, on ref: ByteString = agentBranch) -> Bool {
            var judge = Judge(circumstances)
            if let commit { judge.consider(commit, on: update(ref)) }
            return judge.wantsNetChange(of: update(ref))
        }
        #expect(wants(circumstances(), work()))
        #expect(wants(circumstances(.agent(inventoried())), nil))
        #expect(!wants(circumstances(.person("dana@example.org")), plain()))
        #expect(!wants(circumstances(.person("dana@example.org")), work(), on: mainBranch))
        let demanding = circumstances(.person("dana@example.org"), approvals: policy(demand()))
        #expect(wants(demanding, work(), on: mainBranch))
        #expect(!wants(demanding, plain(), on: mainBranch))
    }

    @Test func `approvals are asked for only where something needs them`() {
        func asks(_ circumstances: Circumstances, _ commit: CommitCase, on ref: ByteString = mainBranch) -> [Bool] {
            var judge = Judge(circumstances)
            let asked = !circumstances.questions(of: commit, on: update(ref)).isEmpty
            judge.consider(commit, on: update(ref))
            return [asked, judge.asksForApprovals(of: update(ref), net: [])]
        }
        let sam = Circumstances.PusherIdentity.person("sam@example.org")
        #expect(asks(circumstances(sam), work()) == [false, false])
        #expect(asks(circumstances(), plain()) == [false, false])
        #expect(asks(circumstances(), work(), on: agentBranch) == [false, false])
        #expect(asks(circumstances(), work()) == [true, false])
        #expect(asks(circumstances(sam), work(under: delegated(revocation: revocation(.ended)))) == [false, false])
        #expect(
            asks(circumstances(sam), work(under: delegated(revocation: revocation(.compromised)))) == [true, false])
        #expect(asks(circumstances(sam), marked([inventoried()], changes: [change("AGENTS.md")])) == [true, false])
        #expect(asks(circumstances(sam), marked([inventoried()], changes: [change("Sources/a")])) == [false, false])
        let demanding = circumstances(sam, approvals: policy(demand(paths: ["Deploy/**"])))
        #expect(asks(demanding, work(changes: [change("Deploy/a")])) == [false, true])
        #expect(asks(demanding, work(changes: [change("Sources/a")])) == [false, false])
        #expect(asks(demanding, plain(changes: [change("Deploy/a")])) == [false, false])
    }

    @Test func `the same facts give the same decision`() {
        func decision() -> Decision {
            Self.decide(circumstances(.agent(inventoried("cursor")), login: "bot")) {
                for byte in UInt8(1)...40 {
                    let used = delegated(
                        id: record(byte % 5),
                        limits: Limits(commits: 3, files: nil, lines: nil, bytes: nil, pushes: 0))
                    $0.consider(
                        work(
                            byte, under: used, by: [.unregistered("b\(byte)"), .unregistered("a"), inventoried()],
                            changes: [change(ByteString("x\(byte)"), to: .symlink)]),
                        on: update())
                }
                $0.conclude(update(), net: [change("z"), change("y")])
            }
        }
        let first = decision()
        #expect(first.findingCount > 100)
        for _ in 0..<5 { #expect(decision() == first) }
    }
}
