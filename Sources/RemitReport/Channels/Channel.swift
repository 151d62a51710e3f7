package import RemitModel

/// A form in which a CI system, or a tool beside it, takes a decision.
package enum Channel: String, Hashable, Sendable, CaseIterable {
    /// The words that a pusher reads.
    case text
    case json
    /// SARIF 2.1.0, for code scanning.
    case sarif
    case junit
    /// GitLab's code quality report.
    case codequality
    /// Workflow commands of GitHub, Gitea and Forgejo Actions, which become annotations.
    case github
    /// Markdown for GitHub's step summary.
    case summary
    /// Logging commands of Azure Pipelines.
    case azure
    /// Service messages of TeamCity.
    case teamcity
    /// Markdown for `buildkite-agent annotate`.
    case buildkite

    /// Gives the digest by which a finding is known from run to run; this module knows no cryptography.
    package typealias Digest = @Sendable ([UInt8]) -> RecordID

    /// The decision in this form; text ends in LF.
    package func text(
        of decision: Decision, on occasion: Occasion, ledgerEntry: Int?, digest: @escaping Digest
    ) -> String {
        switch self {
        case .text:
            let text = TextReport(of: occasion, ledgerEntry: ledgerEntry).text(of: decision)
            return text.isEmpty ? "remit: \(AllowedLine.unmarked(decision).text)\n" : text
        case .json:
            return String(decoding: JSONReport.bytes(of: decision), as: UTF8.self) + "\n"
        case .sarif:
            return SARIFReport.text(of: decision, on: occasion, ledgerEntry: ledgerEntry, digest: digest)
        case .junit:
            return JUnitReport.text(of: decision, on: occasion, ledgerEntry: ledgerEntry)
        case .codequality:
            return CodeQualityReport.text(of: decision, on: occasion, digest: digest)
        case .github:
            return GitHubCommands.text(of: decision, on: occasion, ledgerEntry: ledgerEntry)
        case .summary:
            return GitHubSummary.text(of: decision, on: occasion, ledgerEntry: ledgerEntry)
        case .azure:
            return AzureCommands.text(of: decision, on: occasion, ledgerEntry: ledgerEntry)
        case .teamcity:
            return TeamCityMessages.text(of: decision, on: occasion, ledgerEntry: ledgerEntry, digest: digest)
        case .buildkite:
            return BuildkiteAnnotation.text(of: decision, on: occasion, ledgerEntry: ledgerEntry)
        }
    }
}
