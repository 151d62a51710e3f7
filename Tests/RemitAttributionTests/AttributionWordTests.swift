import RemitAttribution
import RemitModel
import Testing

/// A commit's evidence comes to one word, and none of them is "human".
@Suite struct AttributionWordTests {
    @Test(arguments: [
        (Attribution.Word.agent, "Dana <dana@example.org>", "Co-authored-by: Claude <noreply@anthropic.com>"),
        (.agent, "Claude <noreply@anthropic.com>", "Assisted-by: coccinelle"),
        (.agent, "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", "Made-with: Cursor"),
        (.assisted, "Dana <dana@example.org>", "Assisted-by: coccinelle"),
        (.assisted, "Dana <dana@example.org>", "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>"),
        (
            .assisted, "Dana <dana@example.org>",
            "Co-authored-by: gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@users.noreply.github.com>"
        ),
        (
            .assisted, "Dana <dana@example.org>",
            "Co-authored-by: coderabbitai[bot] <136622811+coderabbitai[bot]@users.noreply.github.com>"
        ),
        (.bot, "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", "Bumps a thing."),
        (.bot, "x[bot] <1+x[bot]@users.noreply.github.com>", "Does a thing."),
        (
            .noEvidence, "Dana <dana@example.org>",
            "Co-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"
        ),
        (.noEvidence, "Dana <dana@example.org>", "Co-authored-by: Copilot <copilot@github.com>"),
        (.noEvidence, "Dana <dana@example.org>", "Does a thing."),
    ])
    func `the strongest kind of tool gives the word`(word: Attribution.Word, author: String, line: String) throws {
        let commit = try Sample.commit(author: author, message: "subject\n\n\(line)\n")
        #expect(Attributor().attribution(of: commit).word == word)
    }

    @Test func `no word is a person's`() {
        #expect(Attribution.Word.allCases.map(\.rawValue) == ["agent", "assisted", "bot", "no-evidence"])
    }

    @Test(arguments: [
        ("claude-code", "claudecode/x"), ("cursor", "cursor/pagination"), ("goose", "goose/x"), ("ona", "ona/x"),
        ("sketch", "sketch/x"), ("continue", "continue/x"), ("codegen", "codegen-x"),
    ])
    func `a branch that people name so as well is weak`(agent: String, branch: String) {
        let evidence = MarkCatalogue.builtIn.evidence(forRef: ByteString("refs/heads/" + branch))
        #expect(evidence.map(\.agent) == [agent])
        #expect(evidence.map(\.confidence) == [.weak])
    }
}
