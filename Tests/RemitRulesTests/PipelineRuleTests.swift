import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

private let gateLost = PipelineChange(
    path: ".github/workflows/ci.yml", kind: .gateLost, job: "gate", line: 7, reason: "it no longer runs the gate")
private let raised = PipelineChange(
    path: ".github/workflows/ci.yml", kind: .raised, job: "ship", line: 12,
    reason: "it takes secrets KEY, which it did not have")
private let unreadable = PipelineChange(
    path: "Jenkinsfile", kind: .unreadable, job: nil, line: 3, reason: "line 3: a string does not end")
private let unguarded = PipelineChange(
    path: ".github/workflows/ci.yml", kind: .unguarded, job: "ship", line: 12,
    reason: "it deploys to 'production' (environment: production), and no gate stands before it")
private let included = PipelineChange(
    path: ".gitlab-ci.yml", kind: .gateLost, job: "gate", line: 7, reason: "it no longer runs the gate")

extension Finding.Facts {
    /// Facts about what a change makes of a pipeline, under the delegation of these tests.
    fileprivate static func delegation(_ change: PipelineChange) -> Finding.Facts {
        var facts = Finding.Facts.delegation(reason: change.reason)
        facts.pipelineJob = change.job
        facts.line = change.line
        return facts
    }

    fileprivate static func draft(_ change: PipelineChange, tip: ObjectID? = nil) -> Finding.Facts {
        Finding.Facts(
            agent: "copilot", ask: ["olga@example.org"], reason: change.reason, tip: tip, pipelineJob: change.job,
            line: change.line)
    }
}

@Suite struct PipelineRuleTests {
    private static let wide = delegated(grants: [grant(paths: ["**", ".github/workflows/**"], except: [])])
    private static let assistant = inventoried("copilot", autonomy: .assistant)
    private static let all = [gateLost, raised, unreadable, unguarded]

    private static func work(_ changes: [PipelineChange], under delegation: VerifiedDelegation = wide) -> CommitCase {
        CommitCase(
            id: object(0xC1), agents: [delegation.agent], signature: .good(taskKey), signer: .delegation(delegation.id),
            claim: .one(.verified(delegation), named: ByteString(delegation.id.description)), pipelineChanges: changes)
    }

    private static func draft(_ changes: [PipelineChange], signer: KeyHolder? = nil) -> CommitCase {
        CommitCase(id: object(0xC2), agents: [assistant], signer: signer, pipelineChanges: changes)
    }

    private static let sam = circumstances(.person("sam@example.org"), approvals: policy())
    private static let tip = object(0xB0)

    @Test(arguments: [
        CommitRow("nothing of the kind", work([])),
        CommitRow(
            "a path that a grant names", work(all),
            paths: [gateLost, raised, unreadable].map { ($0.path, .delegation($0)) }),
        CommitRow(
            "a path that no grant covers", work([gateLost], under: delegated()),
            paths: [(gateLost.path, .delegation(gateLost))]),
        CommitRow(
            "landing by a person", work([gateLost]), on: update(mainBranch),
            in: circumstances(.person("dana@example.org")), paths: [(gateLost.path, .delegation(gateLost))]),
        CommitRow("a person's own", CommitCase(id: object(0xC0), pipelineChanges: all)),
        CommitRow("a draft", draft([raised]), paths: [(raised.path, .draft(raised))]),
        CommitRow(
            "a draft that an approver looked at", draft([gateLost, included]), on: landing(approved(by: carol)), in: sam
        ),
        CommitRow(
            "a draft that its signer approves", draft([raised], signer: .person(carol)),
            on: landing(approved(by: carol)), in: sam, paths: [(raised.path, .draft(raised, tip: tip))]),
        CommitRow(
            "a delegation's work is not let through by an approval", work([raised]), on: landing(approved(by: carol)),
            in: sam, paths: [(raised.path, .delegation(raised))]),
        CommitRow(
            "a claim that nobody can verify is no draft",
            CommitCase(
                id: object(0xC3), agents: [assistant], claim: .one(.unknown, named: "1f2e"), pipelineChanges: [raised]),
            on: landing(approved(by: carol)), in: sam, paths: [(raised.path, .draft(raised, tip: tip))]),
        CommitRow(
            "an agent that nobody knows", marked([.unregistered("ghost")], changes: []).with([raised]),
            paths: [
                (
                    raised.path,
                    Finding.Facts(
                        agent: "ghost", ask: ["ada@example.org"], reason: raised.reason, pipelineJob: "ship", line: 12)
                )
            ]),
    ])
    func `a granted path does not let an agent open the door`(row: CommitRow) {
        row.check(PipelineChangedRule(), is: .pipelineChanged)
    }

    @Test(arguments: [
        CommitRow("another kind of change", work([gateLost, raised, unreadable])),
        CommitRow("under a grant", work(all), paths: [(unguarded.path, .delegation(unguarded))]),
        CommitRow("a person's own", CommitCase(id: object(0xC0), pipelineChanges: all)),
        CommitRow("a draft", draft([unguarded]), paths: [(unguarded.path, .draft(unguarded))]),
        CommitRow("a draft that an approver looked at", draft([unguarded]), on: landing(approved(by: carol)), in: sam),
    ])
    func `nor lay a way round it`(row: CommitRow) {
        row.check(PipelineUnguardedRule(), is: .pipelineUnguarded)
    }

    @Test func `an update is asked for what it leaves in sum`() {
        var summary = UpdateSummary()
        let commit = Self.work([])
        let world = circumstances()
        summary.add(commit, standing: commit.delegation.map { world.standing(of: $0, on: update()) })
        summary.pipelineChanges = [unguarded, gateLost]
        #expect(
            PipelineChangedRule().judge(update(), with: summary, world) == [
                Finding(
                    .pipelineChanged, ref: agentBranch, path: gateLost.path, facts: .delegation(gateLost))
            ])
        #expect(
            PipelineUnguardedRule().judge(update(), with: summary, world) == [
                Finding(
                    .pipelineUnguarded, ref: agentBranch, path: unguarded.path, facts: .delegation(unguarded))
            ])
        #expect(PipelineChangedRule().judge(update(), with: UpdateSummary(), world).isEmpty)
    }

    @Test func `an included file asks for the approval of the definition that includes it`() {
        let asked = Self.sam.questions(of: Self.draft([included]), on: update(mainBranch))
        #expect(asked.map(\.asker) == [.protectedPath(".gitlab-ci.yml")])
        #expect(Self.sam.questions(of: Self.draft([]), on: update(mainBranch)).isEmpty)
    }
}

extension CommitCase {
    fileprivate func with(_ changes: [PipelineChange]) -> CommitCase {
        CommitCase(id: id, agents: agents, claim: claim, pipelineChanges: changes)
    }
}
