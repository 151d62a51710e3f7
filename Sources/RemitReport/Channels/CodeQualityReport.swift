import RemitModel

/// A decision as GitLab's code quality report.
///
/// <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>. Every entry needs a path: a finding
/// without one is put at `.`, the root of the repository. Allowed is an empty list.
enum CodeQualityReport {
    static let entriesAtMost = 1000
    /// Longest path shown whole; git's own limit is the operating system's, 4096 bytes.
    private static let pathAtMost = 4096

    static func text(of decision: Decision, on occasion: Occasion, digest: @escaping Channel.Digest) -> String {
        let account = Account.byPlace(decision, occasion, nil, atMost: entriesAtMost)
        let severity = account.severity == .error ? "blocker" : "info"
        var fingerprints = Fingerprints(digest)
        let told = account.groups.map { ($0, severity) } + account.observations.map { ($0, "info") }
        let entries = told.map { group, severity in
            entry(
                Sentence(group).fault, named: group.rule.rawValue, fingerprints.next(for: group), severity,
                at: group.paths.shown.first.map { Escaping.text($0.bytes, limit: pathAtMost) } ?? ".")
        }
        return JSONText.array(entries).text + "\n"
    }

    private static func entry(
        _ description: SafeText, named name: String, _ fingerprint: String, _ severity: String, at path: String
    ) -> JSONText {
        .object([
            ("description", .string(description.text)),
            ("check_name", .string("remit/\(name)")),
            ("fingerprint", .string(fingerprint)),
            ("severity", .string(severity)),
            (
                "location",
                .object([("path", .string(path)), ("lines", .object([("begin", .integer(1))]))])
            ),
        ])
    }
}
