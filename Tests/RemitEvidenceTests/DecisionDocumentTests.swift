import RemitEvidence
import RemitModel
import RemitReport
import RemitTestSupport
import Testing

@Suite struct DecisionDocumentTests {
    @Test func `what is read is written again with the same bytes`() throws {
        var random = RandomDecision(random: SplitMix64(seed: 0x5EED))
        for _ in 0..<500 {
            let decision = random.decision()
            let bytes = JSONReport.bytes(of: decision)
            let read = try DecisionDocument.parse(bytes, of: "it")
            #expect(JSONReport.bytes(of: read) == bytes)
            #expect(read.findings == decision.findings && read.authorship == decision.authorship)
            #expect(read.job == decision.job && read.rules == decision.rules)
        }
    }

    /// A decision with all of its parts, and what becomes of it when one is spoilt.
    private static let whole: String = {
        let signed = Authorship(
            commit: .zero, ref: "refs/heads/main",
            evidence: [
                Evidence(
                    agent: "claude-code", place: .trailer, strength: .declared, confidence: .definite, excerpt: "mark")
            ])
        let update = RefUpdate(ref: "refs/heads/main", old: .zero, new: .zero)
        let decision = Decision(
            outcome: .allowed, mode: .enforce, repository: "payments", pusher: nil, decidedAt: Instant(seconds: 0),
            updates: [update], commits: 1, findings: [Finding(.scopePath)], findingCount: 1, agents: [],
            delegations: [], authority: nil, policyVersion: nil, authorship: [signed], rules: [.scopePath])
        return String(decoding: JSONReport.bytes(of: decision), as: UTF8.self)
    }()

    @Test(arguments: [
        (#""schema":"decision/v1""#, #""schema":"decision/v2""#, "it is of schema 'decision/v2', not 'decision/v1'"),
        (#""outcome":"allowed""#, #""outcome":"fine""#, "'outcome' is 'fine', which is not known"),
        (#""mode":"enforce","#, "", "'mode' is missing"),
        (#""decided_at":"1970-01-01T00:00:00Z""#, #""decided_at":"soon""#, "'decided_at' is not a moment in UTC"),
        (#""update_count":1"#, #""update_count":2"#, "'update_count' is not the number of its updates"),
        (#""agents":[]"#, #""agents":{}"#, "'agents' is not a list"),
        (#""kind":"push""#, #""kind":"pull""#, "'submission': 'kind' is 'pull', which is not known"),
        (#""rule":"scope.path""#, #""rule":"x""#, "'findings' 1: 'rule' is 'x', which is not known"),
        (#""rules":["scope.path"]"#, #""rules":["x"]"#, "'rules' has 'x', which is not known"),
        (#""rules":["scope.path"]"#, #""rules":[1]"#, "'rules' is not a list of strings"),
        (#""attribution":"declared""#, #""attribution":"human""#, "'authorship' 1: 'attribution' is not 'declared'"),
        (
            #""kind":"unsigned""#, #""kind":"human""#,
            "'authorship' 1, 'signer': 'kind' is 'human', which is not known"
        ),
        (#""key":null"#, #""key":"SHA256:x""#, "'authorship' 1: 'key' is not a key's fingerprint"),
        (#""commits":1"#, #""commits":"1""#, "'commits' is not a whole number"),
        (
            #""confidence":"definite""#, #""confidence":"sure""#,
            "'authorship' 1, 'evidence' 1: 'confidence' is 'sure', which is not known"
        ),
    ])
    func `what is not a decision is refused by the name of its member`(part: String, other: String, reason: String) {
        #expect(Self.whole.contains(part))
        let bytes = Array(Self.whole.replacing(part, with: other, maxReplacements: 1).utf8)
        // The place within the document stands before the colon, that of the whole document before nothing.
        let source = reason.hasPrefix("'authorship' 1") || reason.hasPrefix("'findings' 1") || reason.hasPrefix("'sub")
        #expect(throws: EvidenceError(source ? "entry 7, \(reason)" : "entry 7: \(reason)")) {
            try DecisionDocument.parse(bytes, of: "entry 7")
        }
    }
}
