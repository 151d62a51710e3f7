import RemitAttribution
import RemitModel
import Testing

@Suite struct KnownAgentsTests {
    /// Author and committer of one commit each.
    static let identities = [
        ("claude-code", "Claude <noreply@anthropic.com>"),
        ("claude-code", "claude[bot] <209825114+claude[bot]@users.noreply.github.com>"),
        ("claude-code", "claude[bot] <41898282+claude[bot]@users.noreply.github.com>"),
        ("claude-github-agent", "anthropic-code-agent[bot] <242468646+Claude@users.noreply.github.com>"),
        ("claude-gitlab-external", "Claude Code <claudecode@gitlab.com>"),
        ("copilot-coding-agent", "Copilot <198982749+Copilot@users.noreply.github.com>"),
        ("copilot-coding-agent", "copilot-swe-agent[bot] <x@example.org>"),
        ("copilot-cli", "Copilot App <223556219+Copilot@users.noreply.github.com>"),
        ("codex-cli", "Codex <codex@openai.com>"),
        ("codex-cloud", "x <199175422+chatgpt-codex-connector[bot]@users.noreply.github.com>"),
        ("cursor", "Cursor Agent <cursoragent@cursor.com>"),
        ("devin", "Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>"),
        ("jules", "google-labs-jules[bot] <161369871+google-labs-jules[bot]@users.noreply.github.com>"),
        ("gemini-cli", "gemini-cli[bot] <218312386+gemini-cli[bot]@users.noreply.github.com>"),
        ("aider", "Dana Example (aider) <dana@example.org>"),
        ("openhands", "openhands <openhands@all-hands.dev>"),
        ("openhands", "OpenDevin <opendevin@all-hands.dev>"),
        ("amp", "Amp <amp@ampcode.com>"),
        ("opencode", "opencode-agent[bot] <opencode-agent[bot]@users.noreply.github.com>"),
        ("continue", "Continue Agent <agent@continue.dev>"),
        ("factory-droid", "x <138933559+factory-droid[bot]@users.noreply.github.com>"),
        ("roo-code", "roomote <219738659+roomote-v0[bot]@users.noreply.github.com>"),
        ("kilo-code", "x <240665456+kiloconnect[bot]@users.noreply.github.com>"),
        ("codegen", "x <131295404+codegen-sh[bot]@users.noreply.github.com>"),
        ("sweep", "x <128439645+sweep-ai[bot]@users.noreply.github.com>"),
        ("junie", "Junie <junie@jetbrains.com>"),
        ("kiro", "x <244629292+kiro-agent@users.noreply.github.com>"),
        ("amazon-q", "x <208079219+amazon-q-developer[bot]@users.noreply.github.com>"),
        ("windsurf", "Cascade <cascade@windsurf.dev>"),
        ("replit-agent", "agent <agent@replit.com>"),
        ("lovable", "renamed <159125892+renamed[bot]@users.noreply.github.com>"),
        ("v0", "v0 <v0[bot]@users.noreply.github.com>"),
        ("augment", "augmentcode[bot] <x@example.org>"),
        ("blackbox", "x <agent@blackbox.ai>"),
        ("engine-labs", "x <140088366+engine-labs-app[bot]@users.noreply.github.com>"),
        ("blink", "x <211532188+blink-so[bot]@users.noreply.github.com>"),
        ("ellipsis", "x <65095814+ellipsis-dev[bot]@users.noreply.github.com>"),
        ("codeflash", "x <148906541+codeflash-ai[bot]@users.noreply.github.com>"),
        ("sentry-seer", "seer-by-sentry[bot] <x@example.org>"),
        ("open-swe", "Open-SWE[bot] <x@example.org>"),
        ("gru", "gru-agent[bot] <x@example.org>"),
        ("gitlab-duo", "Duo <duo.workflow.agent@gitlab.com>"),
        ("mentat", "MentatBot <160964065+MentatBot@users.noreply.github.com>"),
    ]

    static let uuid = "0199aaaa-bbbb-cccc-dddd-eeeeffff0000"

    /// A line of the message of a person's commit.
    static let lines = [
        ("claude-code", "Co-Authored-By: Claude Opus 4.6 (1M context) <noreply@anthropic.com>"),
        ("claude-code", "coauthored-by: Claude <noreply@anthropic.com>"),
        ("claude-code", "Co-authored-by:\n Claude <noreply@anthropic.com>"),
        ("claude-code", "Co-authored-by: Claude\n\tOpus\n\t<noreply@anthropic.com>"),
        ("claude-code", "Co-authored-by: Claude < noreply@anthropic.com >"),
        ("claude-code", #"Co-authored-by: "Claude <Opus>" <noreply@anthropic.com>"#),
        ("claude-code", "    Co-Authored-By: Claude <NoReply@Anthropic.com>"),
        ("claude-code", "Claude-Session: https://claude.ai/code/session_01ABCdef"),
        ("claude-code", "https://claude.ai/code/session_01ABCdef"),
        ("claude-code", "🤖 Generated with [Claude Code](https://claude.ai/code)"),
        ("claude-code", "🤖 Generated with [Claude Code](https://claude.com/claude-code)"),
        ("claude-code", "Generated with Claude Code"),
        ("claude-code", "Claude-Generated-By: Claude Code (cli/claude-opus-4-5=100%)"),
        ("claude-code", "Assisted-by: Claude:claude-3-opus coccinelle"),
        ("claude-code", "Generated-by: Claude Opus 4.7"),
        ("copilot-coding-agent", "Agent-Logs-Url: https://github.com/o/r/sessions/\(uuid)"),
        ("copilot-cli", "Copilot-Session: \(uuid)"),
        ("codex-cli", "Co-authored-by: Codex <noreply@openai.com>"),
        ("codex-cli", "Co-authored-by: codex-cli 0.130.0 gpt-5.5 xhigh"),
        ("codex-cli", "Assisted-by: GPT-5 Codex"),
        ("cursor", "Made-with: Cursor"),
        ("cursor", "Co-authored-by: Cursor <cursoragent@cursor.com>"),
        ("devin", "Generated with [Devin](https://devin.ai)"),
        ("gemini-cli", "Assisted-by: gemini-cli 0.3"),
        ("aider", "Co-authored-by: aider (gemini/gemini-2.5-pro) <aider@aider.chat>"),
        ("openhands", "Co-authored-by: OpenHands-GPT-5 openhands@all-hands.dev"),
        ("openhands", "I am OpenHands-GPT-5, an AI agent. I did this."),
        ("openhands", #"fix: a thing\n\nCo-authored-by: openhands <openhands@all-hands.dev>\n"#),
        ("amp", "Amp-Thread-ID: https://ampcode.com/threads/T-\(uuid)"),
        ("opencode", "Co-Authored-By: opencode <noreply@opencode.ai>"),
        ("opencode", "🤖 Generated with [opencode](https://opencode.ai)"),
        ("crush", "💘 Generated with Crush"),
        ("crush", "Assisted-by: Crush:gpt-5"),
        ("crush", "Co-Authored-By: Charm Crush <crush@charm.land"),
        ("crush", "Assisted-by: Claude Opus 4.5 via Crush"),
        ("crush", "Assisted-by: GLM 4.7 via Crush <crush@charm.land>"),
        ("crush", "Assisted-by: Crush via a model"),
        ("claude-code", "Assisted-by: Claude Code (claude-opus-4-5@20251101)"),
        ("qwen-code", "Co-authored-by: Qwen-Coder <qwen-coder@alibabacloud.com>"),
        ("continue", "Generated with [Continue](https://continue.dev)"),
        ("roo-code", "Co-authored-by: Roo Code <roomote@roocode.com>"),
        ("kiro", "Co-authored-by: Kiro <kiro-noreply@aws.amazon.com>"),
        ("replit-agent", "Replit-Commit-Author: Agent"),
        ("antigravity", "Co-authored-by: Google Antigravity <noreply@google.com>"),
        ("antigravity", "Generated-by: Gemini 3 (Antigravity)"),
        ("warp-oz", "Co-authored-by: Oz <oz-agent@warp.dev>"),
        ("mistral-vibe", "Generated by Mistral Vibe."),
        ("abacus", "Co-authored-by: x <agent@abacus.ai>"),
        ("letta-code", "Co-authored-by: Letta <noreply@letta.com>"),
        ("ona", "Co-authored-by: Ona <no-reply@ona.com>"),
        ("sketch", "Co-authored-by: sketch <hello@sketch.dev>"),
        ("plandex", "🤖 Plandex → add a thing"),
        ("microsoft-amplifier", "🤖 Generated with [Amplifier](https://github.com/microsoft/amplifier)"),
        ("firebender", "Generated with [Firebender](https://firebender.com)"),
        ("nori", "🤖 Generated with [Nori](https://nori.ai)"),
        ("sisyphus-oh-my-opencode", "Co-authored-by: Sisyphus <clio-agent@sisyphuslabs.ai>"),
        ("claude-flow", "Co-Authored-By: claude-flow <ruv@ruv.net>"),
        ("sageox", "Co-Authored-By: SageOx <ox@sageox.ai>"),
        ("gitlab-duo", "AI-Tools: GitLab Duo, OpenCode"),
    ]

    static let refs = [
        ("claude-code", "claude/fix-it"), ("copilot-coding-agent", "copilot/fix-1"), ("codex-cloud", "codex/do"),
        ("codex-cloud", "ab12cd-codex/do"), ("cursor", "cursor/fix-the-bug-1f2e"), ("devin", "devin/1750000000-slug"),
        ("jules", "fix-bug-1234567890123456789"), ("openhands", "openhands-fix-issue-12"),
        ("amazon-q", "Q-DEV-issue-12-1750000000"), ("gru", "gru/task"), ("sweep", "sweep/fix"),
        ("junie", "jetbrains_junie-1"), ("open-swe", "open-swe/1"), ("opencode", "opencode/issue1"),
    ]

    @Test(arguments: identities)
    func `names the agent of an identity`(agent: String, identity: String) throws {
        let evidence = MarkCatalogue.builtIn.evidence(for: try Sample.commit(author: identity))
        #expect(Set(evidence.map(\.agent)) == [agent])
        #expect(evidence.allSatisfy { $0.place == .author && $0.strength == .declared && $0.malformation == nil })
        #expect(evidence.contains { $0.confidence >= .strong })
    }

    @Test(arguments: lines)
    func `names the agent of a line`(agent: String, line: String) throws {
        let attribution = Attribution(evidence: MarkCatalogue.builtIn.evidence(for: try Sample.line(line)))
        #expect(attribution.agents == [agent])
    }

    @Test(arguments: refs)
    func `names the agent of a branch`(agent: String, branch: String) {
        let evidence = MarkCatalogue.builtIn.evidence(forRef: ByteString("refs/heads/" + branch))
        #expect(Set(evidence.map(\.agent)) == [agent])
        #expect(evidence.allSatisfy { $0.strength == .transport })
    }

    @Test(arguments: [
        ("claude-code", "SHA256:32dP45eSMmVSt/G/CGvcxl/P+MO3Nwj9xeTh/GSA2wc"),
        ("cursor", "SHA256:/ZGdxqU+YWGLYEplYKh2c36jVXjB1wQzjGRo7qwO46I"),
    ])
    func `names the agent of a key`(agent: String, text: String) throws {
        let evidence = MarkCatalogue.builtIn.evidence(forKey: try #require(KeyFingerprint(text)))
        #expect(evidence.map(\.agent) == [agent])
        #expect(evidence.first?.strength == .cryptographic)
    }

    @Test(arguments: [
        ("copilot-coding-agent", "copilot-swe-agent[bot]"), ("gitlab-duo", "duo-developer"),
        ("devin", "devin-ai-integration[bot]"),
    ])
    func `names the agent of a pusher`(agent: String, login: String) {
        let evidence = MarkCatalogue.builtIn.evidence(forPusher: ByteString(login))
        #expect(evidence.map(\.agent) == [agent])
    }

    @Test func `every agent has a positive row`() {
        let rows = Set((Self.identities + Self.lines + Self.refs).map(\.0))
        let believed = MarkCatalogue.builtIn.tools.filter { tool in
            tool.kind == .agent && tool.marks.contains { $0.confidence >= .strong }
        }
        let agents = Set(believed.map(\.id))
        #expect(agents.subtracting(rows).isEmpty)
    }

    @Test func `bots and assistants are apart`() throws {
        let catalogue = MarkCatalogue.builtIn
        let bot = catalogue.scan(
            try Sample.commit(author: "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"))
        #expect(bot.agents.isEmpty && bot.bots.map(\.agent) == ["dependabot"])
        let app = catalogue.scan(try Sample.commit(author: "x[bot] <1+x[bot]@users.noreply.github.com>"))
        #expect(app.agents.isEmpty && app.bots.map(\.agent) == ["any-github-app"])
        let actions = catalogue.scan(
            try Sample.commit(author: "a <41898282+github-actions[bot]@users.noreply.github.com>"))
        #expect(actions.agents.isEmpty && actions.bots.map(\.agent) == ["github-actions"])
        let assisted = catalogue.scan(try Sample.line("Assisted-by: coccinelle"))
        #expect(assisted.agents.isEmpty && assisted.assistants.map(\.agent) == ["generic-declared"])
        let review = catalogue.scan(
            try Sample.line("Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>"))
        #expect(review.agents.isEmpty && review.assistants.map(\.agent) == ["copilot-review-suggestion"])
    }
}
