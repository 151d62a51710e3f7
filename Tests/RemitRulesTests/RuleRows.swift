import RemitAuthority
import RemitModel
import RemitRules
import Testing

/// What a rule must say to one commit.
struct CommitRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let commit: CommitCase
    private let place: UpdateCase
    private let world: Circumstances
    private let expected: [(path: ByteString?, facts: Finding.Facts)]

    /// A row whose findings name no path.
    init(
        _ name: String, _ commit: CommitCase, on update: UpdateCase = update(),
        in circumstances: Circumstances = circumstances(), _ facts: Finding.Facts...
    ) {
        self.init(name, commit, on: update, in: circumstances, paths: facts.map { (nil, $0) })
    }

    init(
        _ name: String, _ commit: CommitCase, on update: UpdateCase = update(),
        in circumstances: Circumstances = circumstances(), paths expected: [(ByteString?, Finding.Facts)]
    ) {
        testDescription = name
        self.commit = commit
        place = update
        world = circumstances
        self.expected = expected.map { (path: $0.0, facts: $0.1) }
    }

    /// Compares rule, ref, commit, path and every fact.
    func check(_ rule: some Rule, is code: RuleCode) {
        let findings = expected.map {
            Finding(code, ref: place.update.ref, commit: commit.id, path: $0.path, facts: $0.facts)
        }
        #expect(rule.judge(commit, on: place, world) == findings)
    }
}

/// What a rule must say to an update, after some commits.
struct UpdateRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let place: UpdateCase
    private let commits: [CommitCase]
    private let net: [Change]
    private let world: Circumstances
    private let expected: [(path: ByteString?, facts: Finding.Facts)]

    init(
        _ name: String, _ update: UpdateCase, after commits: [CommitCase] = [],
        in circumstances: Circumstances = circumstances(), _ facts: Finding.Facts...
    ) {
        self.init(name, update, after: commits, in: circumstances, paths: facts.map { (nil, $0) })
    }

    init(
        _ name: String, _ update: UpdateCase, after commits: [CommitCase] = [], net: [Change] = [],
        in circumstances: Circumstances = circumstances(), paths expected: [(ByteString?, Finding.Facts)]
    ) {
        testDescription = name
        place = update
        self.commits = commits
        self.net = net
        world = circumstances
        self.expected = expected.map { (path: $0.0, facts: $0.1) }
    }

    func check(_ rule: some Rule, is code: RuleCode) {
        var summary = UpdateSummary()
        for commit in commits {
            summary.add(commit, standing: commit.delegation.map { world.standing(of: $0, on: place) })
        }
        summary.net = net
        let findings = expected.map {
            Finding(code, ref: place.update.ref, path: $0.path, facts: $0.facts)
        }
        #expect(rule.judge(place, with: summary, world) == findings)
    }
}

extension Finding.Facts {
    /// Facts about the delegation of these tests, asked of its delegator.
    static func delegation(
        operation: RemitModel.Operation? = nil, granted: [String] = [], found: ByteString? = nil, at: Instant? = nil,
        limit: Int? = nil, used: Int? = nil, reason: String? = nil
    ) -> Finding.Facts {
        Finding.Facts(
            delegation: delegationID, agent: "claude-code", ask: ["dana@example.org"], operation: operation,
            granted: granted, found: found, at: at, limit: limit, used: used, reason: reason)
    }
}
