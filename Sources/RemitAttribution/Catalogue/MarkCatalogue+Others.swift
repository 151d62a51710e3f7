import RemitModel

extension MarkCatalogue {
    /// Tools whose offers a person takes, and declarations that name no agent we know.
    static let assistants: [MarkedTool] = [
        MarkedTool(
            "copilot-review-suggestion", "GitHub", .assistant,
            [
                .gitHub(175_728_472, "copilot", .strong),
                .coAuthor(.prefix("copilot autofix powered by ai")),
                .gitHub(62_310_815, "github-advanced-security[bot]", .strong),
                .gitHub(223_894_421, "github-code-quality[bot]", .strong),
            ]),
        // An editor release wrote it on commits that were made without it.
        MarkedTool(
            "copilot-vscode", "Microsoft", .assistant, [.email("copilot@github.com", .weak, .coAuthor)]),
        MarkedTool(
            "gemini-code-assist", "Google", .assistant, [.gitHub(176_961_590, "gemini-code-assist[bot]", .strong)]),
        MarkedTool(
            "coderabbit", "CodeRabbit", .assistant,
            [.gitHub(136_622_811, "coderabbitai[bot]", .strong), .ref(.prefix("coderabbitai/"), .definite)]),
        MarkedTool("cubic", "cubic", .assistant, [.gitHub(191_113_872, "cubic-dev-ai[bot]", .strong)]),
        MarkedTool("greptile", "Greptile", .assistant, [.gitHub(165_735_046, "greptile-apps[bot]", .strong)]),
        MarkedTool(
            "sourcery", "Sourcery", .assistant,
            [.gitHub(58_596_630, "sourcery-ai[bot]", .strong), .ref(.prefix("sourcery-ai/"))]),
        MarkedTool(
            "entire", "Entire", .assistant,
            [
                .value("entire-checkpoint", .shape([.run(.hex, 6...64)])), .value("entire-session", .anything),
                .ref(.prefix("entire/")),
            ]),
        MarkedTool(
            "git-ai-notes", "git-ai", .assistant,
            [
                .ref(.exact("refs/notes/ai")), .ref(.exact("refs/notes/agentblame")),
                .ref(.exact("refs/notes/blameprompt")), .ref(.prefix("refs/ai/authorship/"), .weak),
            ]),
        MarkedTool(
            "generic-declared", "(convention)", .assistant,
            [
                .value("assisted-by", .anything), .value("agent-signature", .anything),
                .value("generated-by", .contains("claude")), .value("generated-by", .contains("gpt")),
                .value("generated-by", .contains("codex")), .value("generated-by", .contains("gemini")),
                .value("generated-by", .contains("copilot")), .value("generated-by", .contains("llama")),
                .value("generated-by", .contains("deepseek")), .value("generated-by", .contains("qwen")),
                .value("generated-by", .contains("kimi")), .value("generated-by", .contains("grok")),
                .value("generated-by", .contains("opus")), .value("generated-by", .contains("sonnet")),
                .value("generated-by", .word("ai")), .value("generated-by", .contains("cursor")),
                .value("generated-by", .contains("junie")),
                .value("executed-by", gasTown("crew")), .value("executed-by", gasTown("polecat")),
                .value("executed-by", gasTown("polecats")), .value("executed-by", gasTown("mayor")),
                .value("executed-by", gasTown("witness")), .value("executed-by", gasTown("refinery")),
            ]),
    ]

    /// `<rig>/<role>`, as the Gas Town orchestrator signs.
    private static func gasTown(_ role: String) -> Pattern {
        .shape([.run(.nameByte, 1...100), .text("/"), .text(role)], .wordEnd)
    }

    /// Fixed programs.
    ///
    /// Every other GitHub App is one as well: see `MarkCatalogue.unlistedApp`.
    static let bots: [MarkedTool] = [
        MarkedTool(
            "dependabot", "GitHub", .bot,
            [
                .gitHub(49_699_333, "dependabot[bot]"), .email("dependabot[bot]@users.noreply.github.com", .strong),
                .ref(.prefix("dependabot/"), .definite),
            ]),
        MarkedTool(
            "renovate", "Mend", .bot,
            [
                .gitHub(29_139_614, "renovate[bot]"), .email("bot@renovateapp.com"),
                .ref(.prefix("renovate/"), .definite),
            ]),
        MarkedTool(
            "github-actions", "GitHub", .bot,
            [
                .email("41898282+github-actions[bot]@users.noreply.github.com"),
                .email("github-actions[bot]@users.noreply.github.com", .strong),
            ]),
        MarkedTool("pre-commit-ci", "pre-commit.ci", .bot, [.gitHub(66_853_113, "pre-commit-ci[bot]")]),
        MarkedTool("autofix-ci", "autofix.ci", .bot, [.gitHub(114_827_586, "autofix-ci[bot]")]),
        MarkedTool(
            "gemini-cli-robot", "Google", .bot,
            [.email("gemini-cli-robot@google.com"), .gitHub(224_641_728, "gemini-cli-robot")]),
        MarkedTool("semantic-release-bot", "semantic-release", .bot, [.email("semantic-release-bot@martynus.net")]),
        MarkedTool("snyk-bot", "Snyk", .bot, [.email("snyk-bot@snyk.io")]),
        MarkedTool("mergify", "Mergify", .bot, [.author(.exact("mergify[bot]"))]),
        MarkedTool(
            "project-bots", "various", .bot,
            [
                .gitHub(179_610_826, "gittuf-app-test[bot]"), .gitHub(305_554_984, "astral-automations-bot[bot]"),
                .gitHub(262_049_992, "ghostty-vouch[bot]"), .gitHub(225_049_296, "bootc-bot[bot]"),
                .gitHub(73_139_402, "cloudflare-workers-and-pages[bot]"),
                .gitHub(77_245_923, "microsoft-github-policy-service[bot]"), .gitHub(109_931_778, "mintlify[bot]"),
                .gitHub(157_653_362, "blacksmith-sh[bot]"), .gitHub(285_320_059, "beads-flake-updater[bot]"),
                .gitHub(42_819_689, "whitesource-bolt-for-github[bot]"), .email("jj-docs[bot]@users.noreply.github.io"),
                .email("bot@usegitai.com"), .email("bot@bootc.dev"),
            ]),
    ]
}
