package import RemitModel

/// A rule's page for people: what it checks, why, and what to do.
///
/// README and help are made from it.
package struct RuleDocumentation: Hashable, Sendable {
    package let rule: RuleCode
    package let checks: String
    package let why: String
    package let remedy: String

    init(_ rule: RuleCode, checks: String, why: String, remedy: String) {
        self.rule = rule
        self.checks = checks
        self.why = why
        self.remedy = remedy
    }

    /// All rules, in the order of their codes: a test holds the list against `RuleCode.allCases`.
    package static let all =
        ofRef + ofAttribution + ofDelegation + ofScope + ofApproval + ofJobs + ofPipelines + ofAuthority + ofUndecided

    package static func page(of rule: RuleCode) -> RuleDocumentation? {
        all.first { $0.rule == rule }
    }

    /// One paragraph of Markdown.
    package var markdown: String { "**`\(rule.rawValue)`** \(checks) \(why) \(remedy)" }
}
