import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// `--report`: where the answer goes, and what ends the command.
@Suite struct ReportTests {
    /// A clone with one commit that its delegation does not allow, and one ref where all is well.
    private static func ready() throws -> Installed {
        let installed = try Installed()
        for (key, value) in [
            ("remit.authority", installed.authority.path), ("remit.root", installed.authority.root.description),
            ("remit.repository", "payments"),
        ] { try installed.server.client.git("config", key, value) }
        let delegation = try installed.authority.delegate()
        try installed.server.commit(["Deploy/run.sh": "x\n"], under: delegation)
        try installed.server.client.git("checkout", "-q", "agent/PAY-42/work")
        return installed
    }

    private static func path(_ installed: Installed, _ name: String) -> String {
        "\(installed.server.client.path)/../\(name)"
    }

    @Test func `standard output keeps the words, and each file gets its form`() throws {
        let installed = try Self.ready()
        let (sarif, junit) = (Self.path(installed, "r.sarif"), Self.path(installed, "r.xml"))
        let check = try installed.remit(["check", "--report", "sarif=\(sarif)", "--report", "junit=\(junit)"])
        #expect(check.status == 1, "\(check.errorText)")
        #expect(check.lines.first == "remit: refused: a push of this would not be accepted")
        #expect(String(decoding: try readFile(sarif), as: UTF8.self).contains(#""ruleId":"scope.path""#))
        #expect(String(decoding: try readFile(junit), as: UTF8.self).contains(#"<failure type="scope.path""#))
    }

    @Test func `a form without a file is on standard output, alone`() throws {
        let installed = try Self.ready()
        let check = try installed.remit(["check", "--report", "github"])
        #expect(check.status == 1)
        #expect(check.errorText.isEmpty)
        #expect(check.lines.count == 2 && check.lines.allSatisfy { $0.hasPrefix("::error ") })
        let gate = try installed.remit([
            "gate", "merge", "--target", "main", "--report", "azure", "--report", "text",
        ])
        #expect(gate.status == 1, "\(gate.errorText)")
        #expect(gate.lines.contains("##vso[task.complete result=Failed;]refused: this merge must not happen"))
        #expect(gate.lines.contains("remit: refused: this merge must not happen"))
    }

    @Test func `a summary is added to what the step has written already`() throws {
        let installed = try Self.ready()
        let file = Self.path(installed, "summary.md")
        try writeFile(Array("# Mine\n".utf8), to: file)
        let check = try installed.remit(["check", "--report", "summary"], environment: ["GITHUB_STEP_SUMMARY": file])
        #expect(check.status == 1, "\(check.errorText)")
        #expect(check.lines.first == "remit: refused: a push of this would not be accepted")
        let text = String(decoding: try readFile(file), as: UTF8.self)
        #expect(
            text.hasPrefix("# Mine\n## Remit: check\n\n<pre>\nrefused: a push of this would not be accepted\n</pre>\n"))
    }

    @Test func `an allowed check writes its files too`() throws {
        let installed = try Self.ready()
        try installed.server.client.git("checkout", "-q", "main")
        let file = Self.path(installed, "quality.json")
        let check = try installed.remit(["check", "--report", "codequality=\(file)"])
        #expect(check.status == 0, "\(check.errorText)")
        #expect(String(decoding: try readFile(file), as: UTF8.self) == "[]\n")
    }

    @Test(arguments: [
        (["--report", "html"], "the value 'html' is invalid for '--report <form[=file]>'"),
        (["--report", "sarif="], "the value 'sarif=' is invalid for '--report <form[=file]>'"),
        (
            ["--report", "github", "--format", "json"],
            "--format and --report github are both for standard output; give one of them a file"
        ),
        (["--report", "sarif=x", "--report", "json=x"], "--report names the file 'x' twice"),
        (
            ["--pre-push", "origin", "--report", "sarif=x"],
            "--pre-push judges each ref by itself; --report is for one decision"
        ),
        (["--report", "summary"], "there is no step summary: GITHUB_STEP_SUMMARY is not set"),
        (["--report", "sarif=/dev/null"], "'/dev/null' is not a file"),
    ])
    func `wrong usage is said, and is no refusal`(options: [String], message: String) throws {
        let check = try Self.ready().remit(["check"] + options)
        #expect(check.status == 64, "\(check.errorText)")
        #expect(check.errorText.lowercased().contains("remit: error: \(message)".lowercased()), "\(check.errorText)")
    }

    @Test func `a report that cannot be written is told after the answer, and never allows`() throws {
        let installed = try Self.ready()
        try installed.server.client.git("checkout", "-q", "main")
        let check = try installed.remit(["check", "--format", "text", "--report", "json=/nowhere/at/all/r.json"])
        #expect(check.status == 2)
        #expect(check.errorText.contains("allowed, without a mark of an agent; commits judged: 0"))
        #expect(
            check.errorText.hasSuffix("remit: error: cannot write in '/nowhere/at/all': No such file or directory\n"))
    }
}
