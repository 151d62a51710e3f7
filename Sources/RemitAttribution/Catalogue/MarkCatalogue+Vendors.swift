import RemitModel

extension MarkCatalogue {
    /// Agents of the large vendors.
    ///
    /// Left out on purpose, though tools do write them:
    /// - bare names (Claude, Devin, Jules, Gemini …) and whole company domains: people have them;
    /// - GitHub's OpenPGP web-flow key: it signs every person's web edit as well;
    /// - `GitHub <noreply@github.com>` as committer: every edit, merge and squash in the browser has it;
    /// - a note under `refs/notes/ai` as a mark of `pi`: notes attest people's lines too (see `git-ai`);
    /// - accounts beginning `ai-` as a mark of GitLab Duo: Ai is a given name. The `duo-` accounts stay.
    ///
    /// What people use as well (`cursor/` as a branch, `copilot@github.com`, which an editor release added to commits made
    /// without it) stands here as weak: a scan shows it, no rule acts on it.
    static let vendorTools: [MarkedTool] = [
        MarkedTool(
            "claude-code", "Anthropic", .agent,
            [
                .email("noreply@anthropic.com"),
                .email("claude@anthropic.com", .strong, [.author, .coAuthor]),
                .gitHub(209_825_114, "claude[bot]"),
                .email("41898282+claude[bot]@users.noreply.github.com"),
                .value("claude-session", .address("https://claude.ai/code/session_", .alphanumeric), .definite),
                .line(.address("https://claude.ai/code/session_", .alphanumeric), .definite),
                .footer("claude code", link: ""),
                .footer("claude code", link: "https://claude.ai/code"),
                .footer("claude code", link: "https://claude.com/claude-code"),
                .value("claude-generated-by", .prefix("claude code (")),
                .value("assisted-by", .leadingWord("claude")),
                .value("generated-by", .word("claude")),
                // With a model's name behind it, it is no person's; without a known address anybody may have typed it.
                .coAuthor(.leadingWord("claude code"), .weak), .coAuthor(.leadingWord("claude opus"), .weak),
                .coAuthor(.leadingWord("claude sonnet"), .weak), .coAuthor(.leadingWord("claude haiku"), .weak),
                .coAuthor(.leadingWord("claude fable"), .weak),
                .coAuthor(.shape([.text("claude "), .run(.digit, 1...2)]), .weak),
                .ref(.prefix("claude/")), .ref(.prefix("claudecode/"), .weak),
                // Cloud sandboxes sign with it, also where author and committer are a person's.
                .key("SHA256:32dP45eSMmVSt/G/CGvcxl/P+MO3Nwj9xeTh/GSA2wc", .definite),
            ]),
        MarkedTool(
            "claude-github-agent", "GitHub and Anthropic", .agent,
            [.gitHub(242_468_646, "claude"), .author(.exact("anthropic-code-agent[bot]"), .definite)]),
        MarkedTool("claude-gitlab-external", "GitLab", .agent, [.email("claudecode@gitlab.com", .strong)]),
        MarkedTool(
            "copilot-coding-agent", "GitHub", .agent,
            [
                .gitHub(198_982_749, "copilot"),
                .author(.exact("copilot-swe-agent[bot]"), .definite),
                .value(
                    "agent-logs-url",
                    .shape([
                        .text("https://github.com/"), .run(.notSlash, 1...100), .text("/"), .run(.notSlash, 1...100),
                        .text("/sessions/"),
                    ]), .definite),
                .value(
                    "agent-logs-url",
                    .shape([
                        .text("https://github.com/"), .run(.notSlash, 1...100), .text("/"), .run(.notSlash, 1...100),
                        .text("/pull/"),
                    ]), .definite),
                .ref(.prefix("copilot/")),
                .pusher(.exact("copilot-swe-agent[bot]"), .definite),
            ]),
        MarkedTool(
            "copilot-cli", "GitHub", .agent,
            [.gitHub(223_556_219, "copilot"), .value("copilot-session", .uuid, .definite)]),
        MarkedTool(
            "codex-cli", "OpenAI", .agent,
            [
                .email("noreply@openai.com", .definite, .coAuthor),
                // OpenAI's release bot commits with the same address.
                .email("noreply@openai.com", .strong, .author),
                .email("codex@openai.com", .definite, [.author, .committer]),
                .email("codex@openai.com", .strong, .coAuthor),
                .value("assisted-by", .prefix("codex")),
                .value("assisted-by", .prefix("openai codex")),
                .value("assisted-by", .shape([.text("gpt"), .run(.digit, 1...4)])),
                .value("assisted-by", .shape([.text("gpt-"), .run(.digit, 1...4)])),
                .value("assisted-by", .shape([.text("openai gpt-"), .run(.digit, 1...4)])),
                .value("co-authored-by", .leadingWord("codex-cli")),
            ]),
        MarkedTool(
            "codex-cloud", "OpenAI", .agent,
            [
                .gitHub(199_175_422, "chatgpt-codex-connector[bot]"),
                .gitHub(242_516_109, "codex"),
                .gitHub(267_193_182, "codex", .strong),
                .ref(.prefix("codex/")),
                .ref(.shape([.run(.alphanumeric, 6...6), .text("-codex/")])),
            ]),
        MarkedTool(
            "cursor", "Anysphere", .agent,
            [
                .email("cursoragent@cursor.com"),
                .email("composer@anysphere.co", .strong),
                .email("agent@cursor.com", .strong),
                .gitHub(206_951_365, "cursor[bot]"),
                .value("made-with", .exact("cursor")),
                .ref(.shape([.text("cursor/")], .tail([.text("-"), .run(.hex, 4...4)]))),
                // Also what people call branches about a text cursor.
                .ref(.prefix("cursor/"), .weak),
                .key("SHA256:/ZGdxqU+YWGLYEplYKh2c36jVXjB1wQzjGRo7qwO46I", .strong),
            ]),
        MarkedTool(
            "devin", "Cognition", .agent,
            [
                .gitHub(158_243_242, "devin-ai-integration[bot]"),
                .email("devin-ai-integration[bot]@users.noreply.github.com"),
                .email("devin@cognition.ai", .strong, .coAuthor),
                .author(.exact("devin ai")),
                .footer("devin"),
                .ref(.shape([.text("devin/"), .run(.digit, 10...10), .text("-")]), .definite),
                .ref(.prefix("devin/")),
            ]),
        MarkedTool(
            "jules", "Google", .agent,
            [
                .gitHub(161_369_871, "google-labs-jules[bot]"),
                .ref(.prefix("jules/")),
                .ref(.shape([], .tail([.text("-"), .run(.digit, 18...20)]))),
            ]),
        MarkedTool(
            "gemini-cli", "Google", .agent,
            [
                .gitHub(218_195_315, "gemini-cli", .strong),
                .gitHub(218_312_386, "gemini-cli[bot]"),
                .email("gemini-cli[bot]@users.noreply.github.com"),
                .value("assisted-by", .leadingWord("gemini-cli")),
                // The identity of its shadow repository of checkpoints, which leaks into real ones.
                .email("gemini-cli@google.com", .weak, .author),
                .coAuthor(.leadingWord("gemini cli"), .weak), .coAuthor(.leadingWord("gemini-cli"), .weak),
                .coAuthor(.leadingWord("gemini pro"), .weak), .coAuthor(.leadingWord("gemini code"), .weak),
                .coAuthor(.shape([.text("gemini "), .run(.digit, 1...2)]), .weak),
                .coAuthor(.shape([.text("gemini-"), .run(.digit, 1...2)]), .weak),
            ]),
        MarkedTool(
            "antigravity", "Google", .agent,
            [.coAuthor(.word("antigravity")), .value("generated-by", .word("antigravity"))]),
        MarkedTool(
            "junie", "JetBrains", .agent,
            [
                .gitHub(201_638_009, "jetbrains-junie[bot]"), .email("junie@jetbrains.com"),
                .ref(.prefix("jetbrains_junie")),
            ]),
        MarkedTool(
            "kiro", "AWS", .agent,
            [
                .gitHub(244_629_292, "kiro-agent"), .gitHub(245_459_735, "kiro-agent[bot]"),
                .email("kiro@amazon.com", .strong, .coAuthor), .email("kiro@aws.amazon.com", .strong, .coAuthor),
                .email("kiro-noreply@amazon.com", .strong, .coAuthor),
                .email("kiro-noreply@aws.amazon.com", .strong, .coAuthor),
                .email("kiro-agent@amazon.com", .strong, .coAuthor),
                .email("kiro-agent@aws.amazon.com", .strong, .coAuthor),
            ]),
        MarkedTool(
            "amazon-q", "AWS", .agent,
            [
                .gitHub(208_079_219, "amazon-q-developer[bot]"), .email("amazon-q@amazon.com", .strong, .coAuthor),
                .ref(
                    .shape([.text("q-dev-issue-"), .run(.digit, 1...20), .text("-"), .run(.digit, 1...20)]), .definite),
            ]),
        MarkedTool("qwen-code", "Alibaba", .agent, [.email("qwen-coder@alibabacloud.com", .definite, .coAuthor)]),
        MarkedTool(
            "mistral-vibe", "Mistral", .agent,
            [
                .email("vibe@mistral.ai", .definite, .coAuthor), .line(.exact("generated by mistral vibe"), .definite),
                .line(.exact("generated by mistral vibe."), .definite),
            ]),
        MarkedTool(
            "microsoft-amplifier", "Microsoft", .agent,
            [
                .gitHub(240_397_093, "microsoft-amplifier"), .email("microsoft-amplifier@users.noreply.github.com"),
                .footer("amplifier", link: "https://github.com/microsoft/amplifier", .definite),
            ]),
        MarkedTool(
            "gitlab-duo", "GitLab", .agent,
            [
                .email("duo.workflow.agent@gitlab.com"), .value("ai-tools", .contains("gitlab duo")),
                .pusher(.shape([.text("duo-"), .run(.nameByte, 1...200)], .nothing)),
            ]),
    ]
}
