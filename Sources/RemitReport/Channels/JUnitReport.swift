import RemitModel

/// A decision as JUnit's XML: one suite, one case for each fault, in the dialect that Jenkins, GitLab, Azure, CircleCI
/// and Bitbucket read.
///
/// What is allowed is one case that passes: an empty suite counts as a missing report.
enum JUnitReport {
    private static let casesAtMost = 1000
    private static let xml = Escapes.markup

    static func text(of decision: Decision, on occasion: Occasion, ledgerEntry: Int?) -> String {
        let account = Account.byFault(decision, occasion, ledgerEntry, atMost: casesAtMost)
        let suite = "remit \(occasion.word)" as SafeText
        var cases: [String] = []
        // GitLab shows only the first of two cases with one name.
        var named: [String: Int] = [:]
        for group in account.groups {
            let place: SafeText =
                if let ref = group.ref { "\(group.rule) on \(word: ref, limit: SafeText.pathAtMost)" } else {
                    "\(group.rule)"
                }
            let count = named[place.text, default: 0] + 1
            named[place.text] = count
            let name: SafeText = count == 1 ? place : "\(place) (\(count))"
            cases.append(testcase(suite, name, outcome(of: group, account.severity)))
        }
        if cases.isEmpty { cases = [bare(account, suite)] }
        func count(_ severity: Account.Severity, undecided: Bool) -> Int {
            guard account.severity == severity else { return 0 }
            return account.groups.count { severity == .warning || $0.rule.isUndecided == undecided }
                + (account.groups.isEmpty && (severity == .warning || undecided) ? 1 : 0)
        }
        let told = account.opening + [account.more].compactMap { $0 } + account.remarks
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="\(xml.text(suite))" tests="\(cases.count)" \
            failures="\(count(.error, undecided: false))" errors="\(count(.error, undecided: true))" \
            skipped="\(count(.warning, undecided: true))" timestamp="\(decision.decidedAt)" time="0">
            \(cases.joined())    <system-out>\(xml.text(told))</system-out>
              </testsuite>
            </testsuites>

            """
    }

    private static func outcome(of group: FindingGroup, _ severity: Account.Severity) -> String {
        let message = xml.text(Sentence(group).fault)
        let body = xml.text(Account.lines(of: group))
        if severity == .warning { return "<skipped message=\"\(message)\">\(body)</skipped>" }
        let element = group.rule.isUndecided ? "error" : "failure"
        return "<\(element) type=\"\(group.rule.rawValue)\" message=\"\(message)\">\(body)</\(element)>"
    }

    /// A decision without a finding; one that is not allowed for all that must not look as if it passed.
    private static func bare(_ account: Account, _ suite: SafeText) -> String {
        let opening = xml.text(account.opening)
        let inner =
            switch account.severity {
            case .note: ""
            case .warning: "<skipped>\(opening)</skipped>"
            case .error: "<error type=\"remit\">\(opening)</error>"
            }
        return testcase(suite, suite, inner)
    }

    private static func testcase(_ suite: SafeText, _ name: SafeText, _ inner: String) -> String {
        let attributes = "classname=\"\(xml.text(suite))\" name=\"\(xml.text(name))\" time=\"0\""
        return "    <testcase \(attributes)>\(inner)</testcase>\n"
    }
}
