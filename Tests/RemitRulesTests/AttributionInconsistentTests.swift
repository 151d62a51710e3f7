import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct AttributionInconsistentTests {
    private static let own = key(7)

    private static func evidence(
        _ agent: String, _ place: MarkPlace, _ excerpt: ByteString? = nil, _ confidence: Confidence = .definite,
        kind: MarkKind = .agent, _ malformation: Evidence.Malformation? = nil
    ) -> Evidence {
        Evidence(
            agent: agent, kind: kind, place: place, strength: .declared, confidence: confidence,
            malformation: malformation, excerpt: excerpt ?? ByteString("\(place.rawValue) of \(agent)"))
    }

    private static func keyed(_ agent: String, _ confidence: Confidence = .definite) -> Evidence {
        evidence(agent, .signingKey, ByteString(own.description), confidence)
    }

    private static func commit(
        _ evidence: Evidence..., agents: [AgentStanding] = [], signer: KeyHolder? = nil,
        claim: CommitCase.Claim = .none,
        oddities: [Oddity] = [], makers: [String: Set<String>] = [:]
    ) -> CommitCase {
        CommitCase(
            id: object(0xC3), attribution: Attribution(evidence: evidence), agents: agents, signature: .good(own),
            signer: signer, claim: claim, oddities: oddities, makers: makers, committer: "Dana <dana@example.org>")
    }

    private static func fact(
        _ kind: Inconsistency, _ agent: String, _ found: ByteString, _ reason: String?, ask: String = "ada@example.org"
    ) -> Finding.Facts {
        Finding.Facts(agent: agent, ask: [ask], found: found, reason: reason, inconsistency: kind)
    }

    private static let keyReason = "key \(own) is of agent claude-code"

    static let keys: [CommitRow] = [
        CommitRow("no marks, no key", plain()),
        CommitRow(
            "committer is another agent than the vendor's key",
            commit(evidence("cursor", .committer), keyed("claude-code")),
            fact(.committerKey, "cursor", "committer of cursor", keyReason)),
        CommitRow(
            "committer is another agent than the one whose registered key signed",
            commit(
                evidence("cursor", .committer), keyed("our-claude"),
                agents: [inventoried("our-claude", marks: ["claude-code"])],
                signer: .agent("our-claude")),
            fact(.committerKey, "cursor", "committer of cursor", "key \(own) is of agent our-claude")),
        CommitRow(
            "whom to ask where the committer's agent is registered",
            commit(evidence("cursor", .committer), keyed("claude-code"), agents: [inventoried("cursor")]),
            fact(.committerKey, "cursor", "committer of cursor", keyReason, ask: "olga@example.org")),
        CommitRow(
            "a trailer of another agent beside the key's own name: a model under a tool",
            commit(evidence("cursor", .trailer), evidence("claude-code", .committer), keyed("claude-code"))),
        CommitRow(
            "another agent's commit that the key's agent rebased",
            commit(evidence("cursor", .author), evidence("claude-code", .committer), keyed("claude-code"))),
        CommitRow(
            "another agent's commit that a person rebased and signed",
            commit(evidence("cursor", .author), evidence("cursor", .committer), signer: .person("dana@example.org"))),
        CommitRow(
            "one entry of the inventory lists both",
            commit(
                evidence("cursor", .committer), keyed("ours"),
                agents: [inventoried("ours", marks: ["ours", "cursor"])],
                signer: .agent("ours"))),
        CommitRow(
            "two tools of one maker",
            commit(
                evidence("codex-cli", .committer), keyed("codex-cloud"),
                makers: ["codex-cli": ["OpenAI"], "codex-cloud": ["OpenAI"]])),
        CommitRow(
            "two tools of no known maker are not one's",
            commit(evidence("a", .committer), keyed("claude-code"), makers: ["a": [], "claude-code": []]),
            fact(.committerKey, "a", "committer of a", keyReason)),
        CommitRow(
            "under a delegation, whose own rules say it", work(by: [inventoried(), inventoried("cursor")])),
        CommitRow(
            "a claim that holds another rule up",
            commit(evidence("cursor", .committer), keyed("claude-code"), claim: .several(["aaaaaaaaaaaa"]))),
        CommitRow(
            "an agent's key under a person's name", commit(keyed("claude-code")),
            fact(.unnamedKey, "claude-code", "Dana <dana@example.org>", keyReason)),
        CommitRow(
            "an agent's key under a person's name, with the mark of another agent",
            commit(keyed("claude-code"), evidence("cursor", .trailer)),
            fact(.unnamedKey, "claude-code", "Dana <dana@example.org>", keyReason)),
        CommitRow("a weak mark of a key", commit(keyed("claude-code", .weak))),
        CommitRow("a task key under a person's name", commit(signer: .delegation(delegationID))),
        CommitRow("named in a trailer", commit(keyed("claude-code"), evidence("claude-code", .trailer))),
        CommitRow("named by its branch", commit(keyed("claude-code"), evidence("claude-code", .ref))),
        CommitRow(
            "named as another tool of its maker",
            commit(
                keyed("claude-code"), evidence("claude-github-agent", .author),
                makers: ["claude-code": ["Anthropic"], "claude-github-agent": ["GitHub", "Anthropic"]])),
    ]

    @Test(arguments: keys) func `an agent's own key signs what the agent commits under its name`(row: CommitRow) {
        row.check(AttributionInconsistentRule(), is: .attributionInconsistent)
    }

    private static let account = evidence("cursor", .pusher, "cursor-bot")
    private static let pushing = circumstances(.agent(inventoried("cursor")), login: "cursor-bot")

    static let pushers: [CommitRow] = [
        CommitRow(
            "committer is another agent than the account's",
            commit(evidence("devin", .committer), account), in: pushing,
            fact(.committerPusher, "devin", "committer of devin", "account cursor-bot is of agent cursor")),
        CommitRow("its own commit", commit(evidence("cursor", .committer), account), in: pushing),
        CommitRow("a person's commit", commit(account), in: pushing),
        CommitRow("a model of another maker", commit(evidence("devin", .trailer), account), in: pushing),
        CommitRow(
            "another agent's commit that it rebased",
            commit(evidence("devin", .author), evidence("cursor", .committer), account), in: pushing),
        CommitRow(
            "a person lands it", commit(evidence("devin", .committer)), in: circumstances(.person("dana@example.org"))),
    ]

    @Test(arguments: pushers) func `an agent's account pushes what the agent committed`(row: CommitRow) {
        row.check(AttributionInconsistentRule(), is: .attributionInconsistent)
    }

    private static func said(_ place: MarkPlace, _ words: String) -> Finding.Facts {
        fact(.statement, "devin", ByteString("\(place.rawValue) of devin"), "\(words), and \(keyReason)")
    }

    private static let delegatedWork = CommitCase.Claim.one(.verified(delegated()), named: "aaaaaaaaaaaa")

    static let statements: [CommitRow] = [
        CommitRow(
            "a push option",
            commit(evidence("devin", .pushOption), evidence("claude-code", .trailer), keyed("claude-code")),
            said(.pushOption, "a push option says so")),
        CommitRow(
            "a note, and a record",
            commit(
                evidence("devin", .note, nil, .weak), evidence("devin", .record), evidence("claude-code", .trailer),
                keyed("claude-code")), said(.note, "a note says so"), said(.record, "a record says so")),
        CommitRow(
            "a note against the account that pushes", commit(evidence("devin", .note), account), in: pushing,
            fact(.statement, "devin", "note of devin", "a note says so, and account cursor-bot is of agent cursor")),
        CommitRow(
            "a note against the delegation",
            commit(evidence("devin", .note, nil, .weak), agents: [inventoried()], claim: delegatedWork),
            fact(.statement, "devin", "note of devin", "a note says so, and its delegation is for agent claude-code")),
        CommitRow(
            "a note against the delegation, which another rule refuses",
            commit(evidence("devin", .note), agents: [.unregistered("devin"), inventoried()], claim: delegatedWork)),
        CommitRow(
            "a note that names the key's agent too",
            commit(
                evidence("devin", .note), evidence("claude-code", .note), keyed("claude-code"))),
        CommitRow("a note beside marks alone", commit(evidence("devin", .note), evidence("claude-code", .trailer))),
        CommitRow("an assistant in a note", commit(evidence("x", .note, kind: .assistant), account), in: pushing),
    ]

    @Test(arguments: statements) func `what is said beside a commit fits what proves its maker`(row: CommitRow) {
        row.check(AttributionInconsistentRule(), is: .attributionInconsistent)
    }

    @Test(arguments: [
        (Evidence.Malformation.escapedLineBreaks, #"line breaks are written as '\n'"#),
        (.joinedLines, "other text stands before it on its line"),
        (.pasted, "a frame, a quotation or an indentation stands before it"),
        (.lookalike, "it is written with characters that only look right"),
        (.misspelt, "its key or address is misspelt"),
    ])
    func `a mangled mark is shown with its bytes, and a sound one is not`(
        malformation: Evidence.Malformation, words: String
    ) {
        CommitRow(
            malformation.rawValue,
            Self.commit(
                Self.evidence("openhands", .message, "the bytes", .strong, malformation),
                Self.evidence("claude-code", .trailer)),
            Self.fact(.malformedMark, "openhands", "the bytes", words)
        ).check(AttributionInconsistentRule(), is: .attributionInconsistent)
    }

    @Test func `what the bytes of a commit show by themselves comes first, and under a delegation too`() {
        let oddity = Oddity(.signOff, agent: "claude-code", found: "Signed-off-by: Claude", reason: "")
        let expected = Self.fact(.signOff, "claude-code", "Signed-off-by: Claude", nil, ask: "olga@example.org")
        CommitRow(
            "delegated",
            Self.commit(agents: [inventoried()], claim: Self.delegatedWork, oddities: [oddity]), expected
        ).check(AttributionInconsistentRule(), is: .attributionInconsistent)
        CommitRow(
            "and another",
            Self.commit(Self.keyed("claude-code"), agents: [inventoried()], oddities: [oddity]), expected,
            Self.fact(.unnamedKey, "claude-code", "Dana <dana@example.org>", Self.keyReason, ask: "olga@example.org")
        ).check(AttributionInconsistentRule(), is: .attributionInconsistent)
    }

    @Test func `it is observed, and refused on the refs for which the policy says so`() {
        let commit = Self.commit(Self.keyed("claude-code"))
        let strict = circumstances(
            on: [RefTerms(refs: refs(["refs/heads/main"]), terms: AttributionTerms(inconsistent: .refuse))])
        let rule = AttributionInconsistentRule()
        for (ref, count) in [(mainBranch, 1), (otherBranch, 0)] {
            let sorted = rule.findings(about: commit, on: update(ref), strict)
            #expect(sorted.refusing.count == count && sorted.observed.count == 1 - count)
        }
        #expect(rule.findings(about: commit, on: update(), circumstances()).observed.count == 1)
    }
}
