import RemitModel
import RemitRules
import Testing

@Suite struct RuleBookTests {
    @Test func `every code of a rule stands in the book once, and nothing else`() {
        let codes = RuleBook.rules.map(\.code)
        #expect(Set(codes).count == codes.count)
        // A push to the authority is judged by its guard, not by the rules for work.
        #expect(
            Set(codes) == Set(RuleCode.allCases.filter { !$0.isUndecided && !$0.rawValue.hasPrefix("authority.") }))
    }

    /// Findings are shown in this order, so that a change of it is a change of every report.
    @Test func `the order is what concerns everything first, details last`() {
        #expect(
            RuleBook.rules.map(\.code.rawValue) == [
                "ref.name", "ref.reserved", "attribution.malformed", "attribution.unregistered",
                "attribution.mismatch", "attribution.unattributed", "delegation.missing", "delegation.unknown",
                "delegation.signature", "delegation.delegator", "delegation.chain", "delegation.agent",
                "delegation.possession", "delegation.repository", "delegation.revoked", "delegation.suspended",
                "delegation.review-overdue", "delegation.not-yet", "delegation.expired", "context.changed",
                "ref.scope", "approval.missing", "approval.self", "approval.agent", "approval.stale", "ref.operation",
                "scope.path", "scope.operation", "scope.protected", "limit.commits", "limit.files", "limit.lines",
                "limit.bytes", "limit.pushes",
            ])
    }
}
