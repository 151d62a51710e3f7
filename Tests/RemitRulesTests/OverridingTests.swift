@testable import RemitAuthority
import RemitModel
import RemitRules
import Testing

@Suite struct OverridingTests {
    private static let noCommits = Limits(commits: 0, files: nil, lines: nil, bytes: nil, pushes: nil)

    private static func exception(
        _ byte: UInt8 = 5, _ rules: RuleCode..., ref: ByteString = agentBranch, commit: ObjectID = object(0xB0),
        from start: Instant = nine, until end: Instant = five
    ) -> VerifiedException {
        VerifiedException(
            id: record(byte),
            exception: Exception(
                organisation: "example.org", issuer: "ada@example.org", repository: "payments", ref: ref,
                commit: commit, rules: Set(rules), reason: "production is down", issuedAt: start, expiresAt: end))
    }

    /// One commit out of scope, and others as a row wants them.
    private static func decide(
        _ exceptions: VerifiedException..., faults: [String] = [], limits: Limits = .none,
        also: (inout Judge) -> Void = { _ in }
    ) -> Decision {
        var judge = Judge(circumstances())
        judge.consider(work(1, under: delegated(limits: limits), changes: [change("README.md")]), on: update())
        judge.conclude(update())
        also(&judge)
        #expect(judge.mayNeedExceptions)
        judge.exceptions = RecordsOfCommit(verified: exceptions, faults: faults)
        return judge.decide(authority: nil, policyVersion: nil)
    }

    private static func override(_ rule: RuleCode, _ byte: UInt8 = 5, findings: Int = 1) -> Decision.Override {
        Decision.Override(
            exception: record(byte), issuer: "ada@example.org", reason: "production is down", expiresAt: five,
            rule: rule, ref: agentBranch, findings: findings)
    }

    @Test func `findings of named rules are set aside, and said to be`() {
        let decision = Self.decide(Self.exception(5, .scopePath, .refScope))
        #expect(decision.outcome == .allowed)
        #expect(decision.findings.isEmpty && decision.findingCount == 0)
        #expect(decision.overrides == [Self.override(.scopePath)])
        #expect(decision.remarks.isEmpty)
    }

    @Test func `two exceptions complete each other`() {
        let decision = Self.decide(
            Self.exception(5, .scopePath), Self.exception(6, .limitCommits), limits: Self.noCommits)
        #expect(decision.overrides == [Self.override(.scopePath), Self.override(.limitCommits, 6)])
        #expect(decision.outcome == .allowed)
    }

    @Test func `every finding is counted, those beyond the report too`() {
        let many = (0..<Judge.findingsKept + 7).map { change(ByteString("file\($0)")) }
        let decision = Self.decide(Self.exception(5, .scopePath)) {
            $0.consider(work(2, changes: many), on: update())
        }
        #expect(decision.overrides == [Self.override(.scopePath, findings: Judge.findingsKept + 8)])
    }

    private static let subject = "exception 050505050505 of ada@example.org"

    @Test(arguments: [
        (exception(5, .refScope), "\(subject) does not set aside scope.path"),
        (exception(5, .scopePath, ref: mainBranch), "\(subject) is for 'refs/heads/main' only"),
        (exception(5, .scopePath, commit: object(0xB1)), "\(subject) is for 'refs/heads/agent/PAY-42/fix' only"),
        (exception(5, .scopePath, until: noon), "\(subject) expired at 2026-11-20T12:00:00Z"),
        (
            exception(5, .scopePath, from: noon.adding(seconds: 1)),
            "\(subject) is valid only from 2026-11-20T12:00:01Z"
        ),
    ])
    func `one that does not fit sets nothing aside, and says why`(_ exception: VerifiedException, _ remark: String) {
        let decision = Self.decide(exception)
        #expect(decision.outcome == .refused)
        #expect(decision.findings.map(\.rule) == [.scopePath])
        #expect(decision.overrides.isEmpty)
        #expect(decision.remarks == [remark])
    }

    @Test func `what is left refuses everything`() {
        let decision = Self.decide(Self.exception(5, .scopePath), faults: ["'exceptions/x' is not signed"]) {
            $0.note(Finding(.undecidedLedger))
        }
        #expect(decision.outcome == .undecided)
        #expect(decision.findings.map(\.rule) == [.scopePath, .undecidedLedger])
        #expect(decision.overrides.isEmpty)
        #expect(
            decision.remarks == [
                "'exceptions/x' is not signed",
                "\(Self.subject) does not set aside what else was found: undecided.ledger",
            ])
    }

    @Test func `another ref of the push still refuses, and a limit counts for all of it`() {
        let other = UpdateCase(
            update: RefUpdate(ref: otherBranch, old: .zero, new: object(0xB2)), kind: .create, isProtected: false)
        let refused = Self.decide(Self.exception(5, .scopePath, .refScope)) {
            $0.consider(work(2), on: other)
            $0.conclude(other)
        }
        #expect(refused.findings.map(\.rule) == [.scopePath, .refScope])
        #expect(refused.remarks == ["\(Self.subject) does not set aside what else was found: ref.scope"])
        let limited = Self.decide(Self.exception(5, .scopePath, .limitCommits), limits: Self.noCommits) {
            $0.consider(plain(2), on: other)
            $0.conclude(other)
        }
        #expect(limited.findings.map(\.rule) == [.scopePath, .limitCommits])
        #expect(
            limited.remarks == ["\(Self.subject) sets aside limit.commits only where the push moves that ref alone"])
    }

    @Test func `an allowed push needs none`() {
        var judge = Judge(circumstances())
        judge.consider(plain(), on: update())
        judge.conclude(update())
        #expect(!judge.mayNeedExceptions)
        judge.exceptions = RecordsOfCommit(verified: [Self.exception(5, .scopePath)], faults: ["a fault"])
        let decision = judge.decide(authority: nil, policyVersion: nil)
        #expect(decision.outcome == .allowed && decision.overrides.isEmpty && decision.remarks.isEmpty)
    }
}
