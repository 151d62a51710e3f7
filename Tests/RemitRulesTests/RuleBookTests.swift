import RemitModel
import RemitRules
import Testing

@Suite struct RuleBookTests {
    @Test func `every code of a rule stands in the book once, and nothing else`() {
        let codes = RuleBook.rules.map(\.code)
        #expect(Set(codes).count == codes.count)
        // A push to the authority is judged by its guard, not by the rules for work.
        let work = RuleCode.allCases.filter { !$0.isUndecided && !$0.rawValue.hasPrefix("authority.") }
        let deploying = RuleBook.deployment.map(\.code)
        #expect(Set(deploying).count == deploying.count)
        let certificate = RuleBook.certificate.map(\.code)
        #expect(Set(certificate).isDisjoint(with: codes + deploying))
        #expect(Set(codes + deploying + certificate) == Set(work))
    }

    @Test func `a deployment asks who runs the job first, then about the work`() {
        #expect(
            RuleBook.deployment.map(\.code.rawValue) == [
                "job.identity", "job.environment", "job.unmerged", "job.replayed", "attribution.malformed",
                "attribution.unregistered", "attribution.mismatch", "delegation.missing", "delegation.unknown",
                "delegation.signature",
                "delegation.delegator", "delegation.chain", "delegation.agent", "delegation.possession",
                "delegation.repository", "delegation.revoked", "delegation.suspended", "delegation.not-yet",
                "approval.missing", "approval.self", "approval.agent", "approval.stale", "scope.environment",
                "scope.path", "scope.operation", "scope.protected",
            ])
        #expect(RuleBook.rules(for: .deployment(environment: "x")).count == RuleBook.deployment.count)
        #expect(RuleBook.rules(for: .merge).count == RuleBook.rules.count)
    }

    /// Findings are shown in this order, so that a change of it is a change of every report.
    @Test func `the order is what concerns everything first, details last`() {
        #expect(
            RuleBook.rules.map(\.code.rawValue) == [
                "ref.name", "ref.reserved", "job.identity", "attribution.malformed", "attribution.unregistered",
                "attribution.mismatch", "attribution.inconsistent", "attribution.unattributed", "delegation.missing",
                "delegation.unknown",
                "delegation.signature", "delegation.delegator", "delegation.chain", "delegation.agent",
                "delegation.possession", "delegation.repository", "delegation.revoked", "delegation.suspended",
                "delegation.review-overdue", "delegation.not-yet", "delegation.expired", "context.changed",
                "ref.scope", "approval.missing", "approval.self", "approval.agent", "approval.stale", "ref.operation",
                "scope.path", "scope.operation", "scope.protected", "pipeline.unguarded", "pipeline.changed",
                "limit.commits",
                "limit.files", "limit.lines", "limit.bytes", "limit.pushes",
            ])
    }
}
