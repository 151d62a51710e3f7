import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// `remit scan --format html` opened in a real browser.
@TracePages @Suite struct ScanPageTests {
    private static func browse(_ scene: ScanScene, _ options: [String] = []) throws -> Browsed {
        let directory = try TemporaryDirectory()
        let file = "\(directory.path)/scan.html"
        let output = try scene.attempt(options + ["--format", "html", "--output", file])
        #expect(output.status == 0 && output.stdout.isEmpty, "\(output.errorText)")
        return try #require(try Browsed.open([file], in: directory).first)
    }

    @Test func `a history on one page: figures, timeline, agents, and what the inventory says`() throws {
        let authority = try TestAuthority()
        let scene = try ScanScene.story()
        let page = try Self.browse(scene, ["--authority", authority.path, "--people", "3"])
        page.expectSound()
        let lines = page.text.split(separator: "\n").map(String.init)
        #expect(lines.first == "Who wrote \(scene.repository.gitDirectory)")
        #expect(lines.contains("50.0 % of 8 commits carry marks of 2 agents. The inventory answers for 1 of them."))
        for heading in [
            "Timeline", "Agents", "Whose commits", "Assistants and bots", "Weak marks only", "What was read",
        ] {
            #expect(lines.contains(heading), "\(heading)")
        }
        #expect(page.text.contains("✗ unregistered") && page.text.contains("✓ active"))
        #expect(page.text.contains("sam@example.org"))
        // The table says in numbers what the columns show.
        #expect(
            lines.contains { $0.split(separator: "\t").map(String.init) == ["2026-11", "3", "0", "1", "1", "0", "1"] }
                || page.text.contains("2026-11"))
        #expect(page.text.contains("No evidence means that nothing was found, not that a person wrote it."))
    }

    @Test func `a long history, many agents and hostile names fit on a telephone`() throws {
        let scene = try ScanScene()
        var stream = ""
        let marks = [
            "noreply@anthropic.com", "cursoragent@cursor.com", "codex@openai.com", "amp@ampcode.com",
            "openhands@all-hands.dev", "junie@jetbrains.com", "crush@charm.land", "vibe@mistral.ai",
            "qwen-coder@alibabacloud.com",
        ]
        for number in 0..<400 {
            let at = 1_200_000_000 + Int64(number) * 1_500_000
            stream +=
                "commit refs/heads/main\nauthor <script>alert(1)</script>\u{202E} <p\(number % 50)@example.org> \(at) +0000\n"
                .replacing("author <script>alert(1)</script>", with: "author alert\u{1B}[31m")
            stream += "committer Dana <dana@example.org> \(at) +0000\n"
            let message =
                number.isMultiple(of: 3) ? "x\n\nCo-authored-by: A <\(marks[number / 3 % marks.count])>\n" : "x\n"
            stream += "data \(message.utf8.count)\n\(message)\n"
            stream +=
                "M 100644 inline \"\(String(repeating: "w", count: 200))/</style><script>\(number)\"\ndata 1\nx\n\n"
        }
        try scene.repository.fastImport(Array(stream.utf8))
        let page = try Self.browse(scene, ["--people", "5"])
        page.expectSound()
        #expect(page.text.contains("Q1") || page.text.contains("2020"))
        #expect(page.text.contains("\\x1b[31m"))
    }

    @Test func `a history without agents has a page too`() throws {
        let scene = try ScanScene()
        try scene.repository.commit(["a": "1\n"])
        let page = try Self.browse(scene)
        page.expectSound()
        #expect(page.text.contains("No commit carries a mark of an agent that is strong or better."))
    }
}
