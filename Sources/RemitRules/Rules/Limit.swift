import RemitAuthority
import RemitModel

/// Refuses a submission that takes more out of a delegation than earlier ones have left of its budget.
///
/// One rule a limit: `commits`, `files` (distinct paths), `lines` (added plus removed), `bytes` (of new contents) and
/// `pushes`. Only what agents push themselves counts; landing it spends nothing. What is done under a delegation that
/// was handed on is taken out of every one above it too, so that no two of them can spend the same unit.
/// What to do: push less, or ask the delegator for a larger budget.
struct LimitRule: Rule {
    let code: RuleCode
    private let limit: @Sendable (Limits) -> Int?
    private let used: @Sendable (Spent) -> Int

    private init(
        _ code: RuleCode, _ limit: @escaping @Sendable (Limits) -> Int?, _ used: @escaping @Sendable (Spent) -> Int
    ) {
        self.code = code
        self.limit = limit
        self.used = used
    }

    static let commits = LimitRule(.limitCommits, { $0.commits }, { $0.commits })
    static let files = LimitRule(.limitFiles, { $0.files }, { $0.files })
    static let lines = LimitRule(.limitLines, { $0.lines }, { $0.lines })
    static let bytes = LimitRule(.limitBytes, { $0.bytes }, { $0.bytes })
    static let pushes = LimitRule(.limitPushes, { $0.pushes }, { $0.pushes })

    func judge(_ usage: Usage, _ circumstances: Circumstances) -> [Finding] {
        let delegation = usage.delegation.delegation
        // A push whose commits were all counted before takes nothing out of a limit that is passed already.
        guard let limit = limit(usage.expense.limits), used(usage.expense.used) > 0 else { return [] }
        let used = used(usage.expense.total)
        guard used > limit else { return [] }
        return [
            Finding(
                code, ref: usage.ref,
                facts: .init(
                    delegation: usage.delegation.id, agent: delegation.agent, ask: [delegation.delegator],
                    limit: limit, used: used,
                    reason: usage.child.map { "delegation \($0.abbreviated) was handed on from it" }))
        ]
    }
}
