import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct AttributionUnattributedTests {
    static func facts(_ reason: String) -> Finding.Facts {
        Finding.Facts(ask: ["ada@example.org"], reason: reason)
    }

    static func signed(_ signature: SignatureStatus, _ signer: KeyHolder? = nil) -> CommitCase {
        CommitCase(id: object(1), signature: signature, signer: signer)
    }

    static let strict = circumstances(attribution: .signed)

    static func rewritten() -> CommitCase {
        let delegation = delegated()
        return CommitCase(
            id: object(1), agents: [delegation.agent], signature: .unsupported("openpgp"),
            claim: .one(.verified(delegation), named: "x"), firstSeen: noon, isRewriting: true)
    }

    /// The rules of one ref, which say more or less than the repository's.
    static func terms(_ ref: String, _ attribution: Policy.Demand) -> [RefTerms] {
        [RefTerms(refs: refs([ref]), terms: AttributionTerms(attribution: attribution))]
    }

    @Test(arguments: [
        CommitRow(
            "demanded of this ref", plain(), on: update(mainBranch),
            in: circumstances(on: terms("refs/heads/main", .signed)), facts("it is not signed")),
        CommitRow(
            "demanded of another", plain(), on: update(otherBranch),
            in: circumstances(on: terms("refs/heads/main", .signed))),
        CommitRow(
            "not demanded of this ref, though of the repository", plain(), on: update(otherBranch),
            in: circumstances(attribution: .signed, on: terms("refs/heads/other", .declared))),
    ])
    func `each ref has its own demand`(row: CommitRow) {
        row.check(AttributionUnattributedRule(), is: .attributionUnattributed)
    }

    @Test func `an agent may bring records by its key alone`() {
        let commit = Self.signed(.good(key(1)), .agent("claude-code"))
        let rule = AttributionUnattributedRule(isOfRecords: true)
        #expect(rule.judge(commit, on: update(), Self.strict).isEmpty)
        #expect(rule.judge(Self.signed(.good(key(1)), .unknown), on: update(), Self.strict).count == 1)
    }

    @Test(arguments: [
        CommitRow("nothing demanded", plain()),
        CommitRow("the pusher demanded", plain(), in: circumstances(attribution: .authenticated)),
        CommitRow("a person's key", signed(.good(key(1)), .person("dana@example.org")), in: strict),
        CommitRow("a task key", work(), in: strict),
        CommitRow(
            "the task key of a delegation that is not believed",
            marked(
                [inventoried()],
                claim: .one(.rejected(id: delegationID, rule: .delegationSignature, reason: "x"), named: "x"),
                signature: .good(key(1)), signer: .delegation(delegationID)), in: strict,
            facts("the delegation of its key \(key(1)) does not count")),
        CommitRow(
            "an agent's own key", signed(.good(key(1)), .agent("claude-code")), in: strict,
            facts("its key \(key(1)) is agent 'claude-code''s own, and no delegation lists it")),
        CommitRow("an agent's own key that its delegation lists", work(signer: .agent("claude-code")), in: strict),
        CommitRow(
            "an assistant's own key, though a person pushes",
            marked(
                [inventoried(autonomy: .assistant)], signature: .good(key(1)), signer: .agent("claude-code")),
            in: circumstances(.person("dana@example.org"), attribution: .signed),
            facts("its key \(key(1)) is agent 'claude-code''s own, and no delegation lists it")),
        CommitRow(
            "an agent's work under a delegation that does not list its key",
            work(signature: .good(key(3)), signer: .agent("claude-code")), in: strict,
            facts("its key \(key(3)) is agent 'claude-code''s own, and no delegation lists it")),
        CommitRow(
            "what a host made of work that was seen", rewritten(), in: strict),
        CommitRow(
            "what a host made, of which nothing was seen",
            work(signature: .unsupported("openpgp"), signer: .unknown), in: strict,
            facts("its openpgp signature is not supported")),
        CommitRow(
            "nobody's key", signed(.good(key(1)), .unknown), in: strict,
            facts("its key \(key(1)) is not registered")),
        CommitRow(
            "a certificate for a delegation",
            work(under: delegated(certificateAuthorities: [key(5)]), signature: certified()), in: strict),
        CommitRow(
            "a person's key, whatever its certificate says", signed(certified(), .person("dana@example.org")),
            in: strict),
        CommitRow(
            "a certificate makes nobody a person", signed(certified(for: ["dana@example.org"]), .unknown), in: strict,
            facts("its key \(key(9)) is not registered, whatever its certificate says")),
        CommitRow(
            "a certificate that has ended",
            work(
                under: delegated(certificateAuthorities: [key(5)]), signature: certified(until: noon),
                signer: .unknown), in: strict, facts("its certificate ended at \(noon)")),
        CommitRow("unsigned", signed(.unsigned), in: strict, facts("it is not signed")),
        CommitRow(
            "bad, whoever the key's holder is", signed(.bad("wrong"), .person("dana@example.org")), in: strict,
            facts("its signature is bad: wrong")),
        CommitRow(
            "not checked", signed(.unsupported("x.509")), in: strict, facts("its x.509 signature is not supported")),
        CommitRow(
            "unsigned, pushed by a person", signed(.unsigned),
            in: circumstances(.person("dana@example.org"), attribution: .signed), facts("it is not signed")),
    ])
    func `every commit is signed where the policy says so`(row: CommitRow) {
        row.check(AttributionUnattributedRule(), is: .attributionUnattributed)
    }

    static func demand(
        _ pusher: Circumstances.PusherIdentity, _ attribution: Policy.Demand
    ) -> Circumstances {
        circumstances(pusher, attribution: attribution)
    }

    @Test(arguments: [
        UpdateRow("nothing demanded", update(), in: demand(.unknown, .declared)),
        UpdateRow("a person", update(), in: demand(.person("dana@example.org"), .authenticated)),
        UpdateRow("an agent", update(), in: demand(.agent(inventoried()), .authenticated)),
        UpdateRow(
            "a stranger", update(), in: demand(.stranger, .authenticated),
            facts("the pusher's account is not registered")),
        UpdateRow(
            "nobody", update(), in: demand(.unknown, .authenticated), facts("nobody vouches for the pusher")),
        UpdateRow(
            "nobody, though commits are there", update(), after: [plain()], in: demand(.unknown, .authenticated),
            facts("nobody vouches for the pusher")),
        UpdateRow("signed commits say who", update(), after: [plain()], in: demand(.unknown, .signed)),
        UpdateRow(
            "no commits to say who", update(agentBranch, .delete), in: demand(.unknown, .signed),
            facts("nobody vouches for the pusher")),
        UpdateRow(
            "no commits, a stranger", update(agentBranch, .rewind), in: demand(.stranger, .signed),
            facts("the pusher's account is not registered")),
    ])
    func `the pusher is known where the policy says so`(row: UpdateRow) {
        row.check(AttributionUnattributedRule(), is: .attributionUnattributed)
    }

    static let job = circumstances(attribution: .authenticated, submission: .merge)
    static let own = CommitCase(id: object(1), signature: .good(key(1)), signer: .person("dana@example.org"))

    @Test(arguments: [
        UpdateRow("nothing demanded", update(), after: [plain()], in: circumstances(submission: .merge)),
        UpdateRow("every commit signed", update(), after: [own, work()], in: job),
        UpdateRow("nothing to merge", update(), in: job),
        UpdateRow(
            "each answers for itself", update(), after: [plain()],
            in: circumstances(attribution: .signed, submission: .merge)),
        UpdateRow("an approved tip", landing(approved(by: bob)), after: [plain()], in: job),
        UpdateRow(
            "one that is not signed", update(), after: [own, plain()], in: job,
            facts("not every commit is signed, and no registered person has approved the tip")),
        UpdateRow(
            "an agent's approval", landing(approved(by: bob, hand: .agent("bot"))), after: [plain()], in: job,
            Finding.Facts(
                ask: ["ada@example.org"],
                reason: "not every commit is signed, and no registered person has approved the tip",
                tip: object(0xB0))),
    ])
    func `a job knows no pusher`(row: UpdateRow) {
        row.check(AttributionUnattributedRule(), is: .attributionUnattributed)
    }
}
