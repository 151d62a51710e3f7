import Foundation
import RemitModel
import RemitReport
import RemitTestSupport
import Testing

/// The table of rules in README.md is made from the rules' own pages.
///
/// `RECORD=1 swift test --filter ReadmeRules` writes it anew.
@Suite struct ReadmeRulesTests {
    private static let opening = "<!-- rules -->\n"
    private static let closing = "<!-- /rules -->"

    private static var table: String {
        let rows = RuleDocumentation.all.map { "| `\($0.rule.rawValue)` | \($0.checks) |\n" }
        return "| rule | what it looks at |\n|---|---|\n" + rows.joined()
    }

    @Test func `the table of rules is the one that the rules' pages make`() throws {
        let path = repositoryRoot() + "/README.md"
        let readme = String(decoding: try readFile(path), as: UTF8.self)
        let start = try #require(readme.range(of: Self.opening)).upperBound
        let end = try #require(readme.range(of: Self.closing)).lowerBound
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            let recorded = readme[..<start] + Self.table + readme[end...]
            try writeFile(Array(recorded.utf8), to: path)
            return
        }
        #expect(readme[start..<end] == Self.table)
    }
}
