import RemitModel

/// What is said, before anything else, of a submission that only an exception lets through.
enum OverrideLines {
    static func lines(of overrides: [Decision.Override]) -> [SafeText] {
        var lines: [SafeText] = []
        var told: Set<RecordID> = []
        for override in overrides where told.insert(override.exception).inserted {
            lines.append(
                """
                allowed by exception \(override.exception) of \(word: override.issuer): \
                \(quoted: ByteString(override.reason), limit: SafeText.pathAtMost)
                """)
            lines += overrides.filter { $0.exception == override.exception }.map { set in
                let findings: SafeText = set.findings == 1 ? "1 finding" : "\(set.findings) findings"
                return "  set aside \(set.rule): \(findings) on ref \(quoted: set.ref)"
            }
            lines.append("  in force until \(override.expiresAt), recorded as an override")
        }
        return lines
    }
}
