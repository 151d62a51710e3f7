import RemitAuthority
import RemitModel

/// Refuses a submission that takes more out of a delegation than its budget holds.
///
/// One rule a limit: `commits`, `files` (distinct paths), `lines` (added plus removed), `bytes` (of new contents) and
/// `pushes`. Only what agents push themselves counts; landing it spends nothing.
/// What to do: push less, or ask the delegator for a larger budget.
struct LimitRule: Rule {
    let code: RuleCode
    private let limit: @Sendable (Limits) -> Int?
    private let used: @Sendable (Usage) -> Int

    private init(
        _ code: RuleCode, _ limit: @escaping @Sendable (Limits) -> Int?, _ used: @escaping @Sendable (Usage) -> Int
    ) {
        self.code = code
        self.limit = limit
        self.used = used
    }

    static let commits = LimitRule(.limitCommits, { $0.commits }, { $0.commits.count })
    static let files = LimitRule(.limitFiles, { $0.files }, { $0.files.count })
    static let lines = LimitRule(.limitLines, { $0.lines }, { $0.lines })
    static let bytes = LimitRule(.limitBytes, { $0.bytes }, { $0.bytes })
    static let pushes = LimitRule(.limitPushes, { $0.pushes }, { _ in 1 })

    func judge(_ usage: Usage, _ circumstances: Circumstances) -> [Finding] {
        let delegation = usage.delegation.delegation
        let used = used(usage)
        guard let limit = limit(delegation.limits), used > limit else { return [] }
        return [
            Finding(
                code, ref: usage.refs.min(),
                facts: .init(
                    delegation: usage.delegation.id, agent: delegation.agent, ask: [delegation.delegator],
                    limit: limit, used: used))
        ]
    }
}
