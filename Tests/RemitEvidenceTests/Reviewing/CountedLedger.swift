import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport

/// A ledger of entries that a test makes up, in their order.
final class CountedLedger {
    static let at = Instant(seconds: 1_795_165_200)

    let directory: TemporaryDirectory
    private var drafts: [EntryDraft] = []

    init() throws { directory = try TemporaryDirectory() }

    func decide(
        _ outcome: Outcome = .allowed, at moment: Instant = CountedLedger.at, in repository: String = "payments",
        mode: Mode = .enforce, findings: [Finding] = [], agents: [String] = ["claude-code"],
        overrides: [Decision.Override] = [], submission: Submission = .push, authorship: [Authorship] = []
    ) {
        let decision = Decision(
            outcome: outcome, mode: mode, repository: repository, pusher: nil, decidedAt: moment, updates: [],
            commits: authorship.count, findings: findings, findingCount: findings.count,
            agents: agents.map { .init(agent: $0, commits: 1, strength: .declared) }, delegations: [],
            authority: .zero, policyVersion: 1, overrides: overrides, submission: submission,
            authorship: authorship, rules: [.refName, .scopePath])
        drafts.append(EntryDraft(of: decision, by: "remit-hook 0.1.0", inputs: []))
    }

    func land(
        _ landed: Int, undecided: Int = 0, at moment: Instant = CountedLedger.at, in repository: String = "payments"
    ) {
        drafts.append(
            EntryDraft(
                .effect(landed: landed, undecided: undecided), at: moment, program: "remit-hook 0.1.0",
                repository: repository, document: Array("{}".utf8)))
    }

    func note(_ event: Lifecycle.Event, at moment: Instant = CountedLedger.at, in repository: String = "payments") {
        drafts.append(
            Lifecycle(event, at: moment, repository: repository, gitDirectory: "/srv/git").draft(by: "remit 0.1.0"))
    }

    /// Writes what was made up, and reads it.
    func store() throws -> LedgerStore {
        var ledger = try Ledger.open(
            at: ByteString("\(directory.path)/ledger.db"), create: true, deadline: .now.advanced(by: .seconds(10)))
        let drafts = drafts
        try ledger.transaction { transaction throws(LedgerError) in
            for draft in drafts { _ = try transaction.append(draft) }
        }
        return LedgerStore(ledger, log: "here")
    }

    static func unregistered(_ agent: String, _ digit: Character = "1") -> Finding {
        Finding(
            .attributionUnregistered, ref: "refs/heads/main",
            commit: ObjectID(hex: String(repeating: digit, count: 40)), facts: .init(agent: agent))
    }
}
