import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport

/// A ledger with a refused and an allowed decision about one commit, what the allowed one rests on, and its effect.
struct TracedLedger {
    static let at = Instant(seconds: 1_795_165_200)
    static let commit = object("3f2a9c1b7d4e")
    static let branch: ByteString = "refs/heads/agent/PAY-42/work"

    let directory: TemporaryDirectory
    let parent: RecordID
    let child: RecordID
    let key: KeyFingerprint

    /// An id that begins with some digits.
    static func object(_ digits: String) -> ObjectID {
        ObjectID(hex: digits + String(repeating: "0", count: 40 - digits.count)) ?? .zero
    }

    var path: String { "\(directory.path)/ledger.db" }

    func store() throws -> LedgerStore {
        LedgerStore(
            try Ledger.open(at: ByteString(path), create: true, deadline: .now.advanced(by: .seconds(10))), log: "here")
    }

    /// - Parameters:
    ///   - purpose: what the delegation says that it is for.
    ///   - isArchived: whether the records are kept beside the decisions.
    init(purpose: String = "Retry the settlement job", mark: ByteString = "Claude", isArchived: Bool = true) throws {
        directory = try TemporaryDirectory()
        guard let key = KeyFingerprint(digest: [UInt8](repeating: 7, count: 32)) else { throw NoKey() }
        self.key = key
        var above = TestDelegation(at: Self.at, keys: [key.description])
        above.hops = 1
        var below = above
        above.purpose = "Everything"
        below.purpose = purpose
        below.agent = "codex-cli"
        below.hops = nil
        parent = try Self.id(of: above)
        below.parent = parent
        child = try Self.id(of: below)
        var ledger = try Ledger.open(
            at: ByteString(path), create: true, deadline: .now.advanced(by: .seconds(10)))
        let (refused, allowed) = (decision(.refused, mark: mark), decision(.allowed, mark: mark))
        let records = isArchived ? [Array(above.text.utf8), Array(below.text.utf8)] : []
        let agent = Array(Self.agent.utf8)
        let authority = Array(
            #"{"commit":"x","files":{"agents/codex-cli.toml":"\#(EvidenceDigest(of: agent))"}}"#.utf8)
        let inputs = isArchived ? [(role: "authority", bytes: authority)] : []
        try ledger.transaction { transaction throws(LedgerError) in
            for record in records + [agent] { _ = try transaction.store(input: record) }
            for decision in [refused, allowed] {
                _ = try transaction.append(
                    EntryDraft(of: decision, by: "remit-hook 0.1.0", inputs: inputs))
            }
            try transaction.debit(child, Self.used, files: [], in: "payments", entry: 2)
            _ = try transaction.append(
                EntryDraft(
                    of: Effect(
                        repository: "payments", pusher: nil, at: Self.at.adding(seconds: 61),
                        landed: [.init(Self.update, by: 2)]), by: "remit-hook 0.1.0"))
        }
    }

    private func change(_ body: (borrowing LedgerTransaction) throws(LedgerError) -> Void) throws {
        var ledger = try Ledger.open(at: ByteString(path), create: false, deadline: .now.advanced(by: .seconds(10)))
        try ledger.transaction { transaction throws(LedgerError) in try body(transaction) }
    }

    /// Says that an entry is about more.
    func index(_ entry: Int64, about subjects: [Subject]) throws {
        try change { transaction throws(LedgerError) in try transaction.index(entry, about: subjects) }
    }

    func append(_ entry: EntryDraft) throws {
        try change { transaction throws(LedgerError) in _ = try transaction.append(entry) }
    }

    /// Records more refusals on the branch.
    func decide(times: Int, about commit: ObjectID = commit) throws {
        let refused = decision(.refused, mark: "Claude", about: commit)
        try change { transaction throws(LedgerError) in
            for _ in 0..<times {
                _ = try transaction.append(EntryDraft(of: refused, by: "remit-hook 0.1.0", inputs: []))
            }
        }
    }

    private static func id(of delegation: TestDelegation) throws -> RecordID {
        guard let id = RecordID(bytes: EvidenceDigest(of: Array(delegation.text.utf8)).bytes) else { throw NoKey() }
        return id
    }

    struct NoKey: Error {}

    static let update = RefUpdate(ref: branch, old: .zero, new: commit)

    /// What the allowed decision spends.
    private static let used = Spent(commits: 1, files: 0, lines: 0, bytes: 0, pushes: 1)

    private func decision(_ outcome: Outcome, mark: ByteString, about commit: ObjectID = commit) -> Decision {
        let findings = outcome == .allowed ? [] : [Finding(.limitPushes, ref: Self.branch)]
        return Decision(
            outcome: outcome, mode: .enforce, repository: "payments",
            pusher: Pusher(login: "dana", vouchedBy: "GL_USER of gitolite"),
            decidedAt: Self.at.adding(seconds: outcome == .allowed ? 60 : 0),
            updates: [RefUpdate(ref: Self.branch, old: .zero, new: commit)], commits: 1,
            findings: findings, findingCount: findings.count,
            agents: [.init(agent: "codex-cli", commits: 1, strength: .cryptographic)],
            delegations: [
                .init(
                    delegation: child, agent: "codex-cli", delegator: "dana@example.org", commits: 1,
                    expense: Expense(limits: .none, before: .nothing, used: Self.used))
            ],
            approvals: [.init(approval: parent, approver: "bob@example.org", commit: commit)],
            authority: Self.object("7"), policyVersion: 2,
            authorship: [
                Authorship(
                    commit: commit, ref: Self.branch, agents: ["codex-cli"],
                    evidence: [
                        Evidence(
                            agent: "codex-cli", place: .trailer, strength: .declared, confidence: .definite,
                            excerpt: mark)
                    ], signer: .delegation(child), key: key, delegation: child, standing: .acting)
            ],
            rules: [.refName, .scopePath, .limitPushes])
    }

    private static let agent = """
        type = "agent/v1"
        organisation = "example.org"
        id = "codex-cli"
        vendor = "OpenAI"
        models = ["gpt"]
        tools = ["edit"]
        business_owners = ["olga@example.org"]
        technical_owners = ["tom@example.org"]
        identities = []
        marks = ["codex-cli"]
        autonomy = "autonomous"
        status = "active"
        review_by = 2027-01-01T00:00:00Z

        """
}
