import RemitFormats
import RemitModel
import RemitReport
import RemitTestSupport
import Testing

/// Clauses that are proposed are read back as they were meant, whatever a path holds.
@Suite struct GrantClausesTests {
    @Test(arguments: [
        ("Sources/**", true), ("Docs/naïve/日本/**", true), ("a \"quoted\" name", true), ("𝄞/**/*.md", true),
        ("it's", true), ("x = {1}", true), ("C##/x", false), ("x\u{202e}gpj", false), ("a\u{a0}b", false),
    ])
    func `a path`(path: String, isShowable: Bool) throws {
        let grant = Grant(
            repository: "payments", refs: [try PathPattern(ref: "refs/heads/agent/**")],
            mergeInto: [try PathPattern(ref: "refs/heads/main")],
            paths: PathScope([try PathPattern(path: path)], except: [try PathPattern(path: "Sources/Secrets/**")]),
            operations: [.fileModify, .refUpdate, .deploy], environments: ["production", "staging"])
        let clauses = GrantClauses([grant, grant])
        #expect(clauses.isShowable == isShowable)
        #expect(try Grant.list(record: Array(clauses.text.utf8), file: "clauses.toml") == [grant, grant])
    }
}
