import RemitModel

/// Values that the tests of this module share.
enum Samples {
    static func commit(_ number: Int = 0) -> ObjectID {
        let prefix = number == 0 ? "3f2a9c1b7d4e" : ""
        let digits = String(number, radix: 16)
        let hex = prefix + String(repeating: "0", count: 40 - prefix.count - digits.count) + digits
        return ObjectID(hex: hex) ?? .zero
    }

    static let delegation = RecordID("1f2e3d4c5b6a" + String(repeating: "0", count: 52))
    static let ref: ByteString = "refs/heads/agent/PAY-42/retry"
    static let at = Instant(seconds: 1_795_165_200)

    /// Facts with a delegation and its delegator.
    static func facts(_ change: (inout Finding.Facts) -> Void = { _ in }) -> Finding.Facts {
        var facts = Finding.Facts(delegation: delegation, ask: ["dana@example.org"])
        change(&facts)
        return facts
    }

    static let outsideGrant = Finding(
        .scopePath, ref: ref, commit: commit(), path: "Deploy/prod.yml",
        facts: facts { $0.granted = ["Sources/**", "Tests/**", "except Sources/Secrets/**"] })

    static func decision(
        _ outcome: Outcome = .refused, mode: Mode = .enforce, repository: String = "payments", pusher: Pusher? = nil,
        updates: [RefUpdate] = [], findings: [Finding] = [], findingCount: Int? = nil,
        agents: [Decision.Sighting] = [], delegations: [Decision.Use] = [],
        ancestors: [Decision.Ancestor] = []
    ) -> Decision {
        Decision(
            outcome: outcome, mode: mode, repository: repository, pusher: pusher, decidedAt: at, updates: updates,
            commits: 3, findings: findings, findingCount: findingCount ?? findings.count, agents: agents,
            delegations: delegations, ancestors: ancestors, authority: commit(7), policyVersion: 2)
    }

    static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
