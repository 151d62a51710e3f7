import RemitModel

extension MarkCatalogue {
    /// Agents of smaller companies and of free projects.
    static let independentTools: [MarkedTool] = [
        MarkedTool(
            "aider", "Aider", .agent,
            [
                .author(.suffix(" (aider)"), .definite),
                // As committer alone the same suffix means that a person's own edit was committed.
                Mark(form: .name(.suffix(" (aider)"), .committer), confidence: .weak),
                // Its prefix to a subject, which people who work on it type as well; and the heading below which its first
                // versions wrote the conversation (aider/repo.py).
                .line(.prefix("aider: "), .weak), .line(.exact("# aider chat conversation:")),
                .email("aider@aider.chat", .definite, .coAuthor), .email("noreply@aider.dev", .definite, .coAuthor),
                .email("noreply@aider.chat", .strong, .coAuthor),
            ]),
        MarkedTool(
            "openhands", "All Hands AI", .agent,
            [
                .email("openhands@all-hands.dev", .definite, [.author, .coAuthor]),
                .email("openhands@all-hands.dev", .strong, .committer),
                .email("opendevin@all-hands.dev", .definite, .author),
                .email("opendevin@opendevin.ai", .definite, .author), .email("bot@opendevin.com", .definite, .author),
                .value("co-authored-by", .leadingWord("openhands")),
                .value("co-authored-by", .leadingWord("opendevin")),
                .line(.shape([.text("i am openhands-"), .run(.nameByte, 1...100), .text(", an ai agent")])),
                .ref(.shape([.text("openhands-fix-issue-"), .run(.digit, 1...20)]), .definite),
                .ref(.shape([.text("openhands-fix-pr-"), .run(.digit, 1...20)]), .definite),
                .ref(.shape([.text("openhands-workspace-"), .run(.alphanumeric, 8...8)]), .definite),
                .ref(.prefix("openhands/")),
            ]),
        MarkedTool(
            "amp", "Sourcegraph", .agent,
            [
                .value("amp-thread-id", .address("https://ampcode.com/threads/t-", .hexOrDash, 36...36), .definite),
                .email("amp@ampcode.com"),
                // The identity of a sandbox that nobody set up.
                .email("amp@example.com", .weak, .author),
            ]),
        MarkedTool(
            "opencode", "Anomaly", .agent,
            [
                .email("noreply@opencode.ai", .definite, .coAuthor),
                .email("opencode-agent[bot]@users.noreply.github.com"),
                .gitHub(219_766_164, "opencode-agent[bot]", .strong), .footer("opencode"),
                .value("assisted-by", .leadingWord("opencode")), .value("assisted-by", .leadingWord("open code")),
                .value("agent-id", .exact("opencode"), .weak), .value("agent-id", .exact("opencodes"), .weak),
                .ref(.prefix("opencode/")),
            ]),
        MarkedTool(
            "crush", "Charm", .agent,
            [
                .value("assisted-by", .prefix("crush:"), .definite), .value("assisted-by", .leadingWord("crush")),
                .email("crush@charm.land", .definite, .coAuthor),
                .valueEmail("assisted-by", "crush@charm.land"),
                .valueEmail("assisted-by", "noreply@crush.charm.land"),
                .footer("crush", link: "", lead: .ornament, .definite),
                .footer("crush", link: "https://github.com/charmbracelet/crush", lead: .ornament, .definite),
                .footer("crush", link: ""),
            ]),
        MarkedTool(
            "continue", "Continue", .agent,
            [
                .email("noreply@continue.dev", .definite, .coAuthor), .email("agent@continue.dev"),
                .email("continue[bot]@users.noreply.github.com"), .gitHub(230_936_708, "continue[bot]"),
                .footer("continue", link: "", .definite), .footer("continue", link: "https://continue.dev", .definite),
                .footer("continue", link: "cn", .definite),
                .ref(.prefix("continue/"), .weak), .ref(.prefix("continuebot/"), .weak),
            ]),
        MarkedTool("factory-droid", "Factory", .agent, [.gitHub(138_933_559, "factory-droid[bot]")]),
        MarkedTool(
            "roo-code", "Roo Code", .agent,
            [
                .email("roomote@roocode.com"), .email("roomote@roomote.dev", .strong),
                .gitHub(219_738_659, "roomote[bot]"), .gitHub(263_205_322, "roomote[bot]"),
                .gitHub(301_996_811, "roomote-roomote[bot]"),
            ]),
        MarkedTool("kilo-code", "Kilo", .agent, [.gitHub(240_665_456, "kiloconnect[bot]")]),
        MarkedTool(
            "codegen", "Codegen", .agent,
            [
                .gitHub(131_295_404, "codegen-sh[bot]"), .ref(.prefix("codegen/")), .ref(.prefix("codegen-bot/")),
                .ref(.prefix("codegen-"), .weak),
                // Its vendor's own releases.
                .email("team+codegenbot@codegen.sh", .weak, .author),
            ]),
        MarkedTool(
            "sweep", "Sweep AI", .agent,
            [
                .gitHub(128_439_645, "sweep-ai[bot]"), .gitHub(131_841_235, "sweep-nightly[bot]"),
                .gitHub(132_422_995, "sweep-canary[bot]"), .ref(.prefix("sweep/")),
                // Its app's name over another account's number.
                .email("324098+sweep-nightly@users.noreply.github.com", .weak, .author),
            ]),
        MarkedTool(
            "windsurf", "Cognition", .agent,
            [
                .email("cascade@windsurf.ai", .strong), .email("cascade@windsurf.com", .strong),
                .email("cascade@windsurf.dev", .strong), .email("noreply@windsurf.com", .strong, .coAuthor),
                .email("noreply@codeium.com", .strong, .coAuthor), .gitHub(189_301_087, "windsurf-bot[bot]", .strong),
            ]),
        MarkedTool(
            "replit-agent", "Replit", .agent,
            [
                .value("replit-commit-author", .exact("agent"), .definite),
                .value("replit-commit-author", .exact("assistant")),
                .value("replit-commit-session-id", .address("", .hexOrDash, 36...36)), .email("agent@replit.com"),
            ]),
        MarkedTool(
            "lovable", "Lovable", .agent,
            [
                .gitHub(159_125_892, "lovable-dev[bot]"), .author(.exact("gpt-engineer-app[bot]")),
                .author(.exact("lovable"), .weak),
            ]),
        MarkedTool("v0", "Vercel", .agent, [.email("v0[bot]@users.noreply.github.com", .strong)]),
        MarkedTool(
            "warp-oz", "Warp", .agent,
            [.email("oz-agent@warp.dev", .definite, .coAuthor), .email("noreply@warp.dev", .strong, .coAuthor)]),
        MarkedTool(
            "augment", "Augment", .agent,
            [
                .author(.exact("augmentcode[bot]")), .email("noreply@augmentcode.com", .weak, .coAuthor),
                .email("agent@augmentcode.com", .weak, .coAuthor), .email("augment@augmentcode.com", .weak, .coAuthor),
            ]),
        MarkedTool("bolt", "StackBlitz", .agent, [.author(.exact("bolt-new-by-stackblitz[bot]"), .weak)]),
        // Cline is a surname, its staff have its domain, and nobody has confirmed the account.
        MarkedTool(
            "cline", "Cline", .agent,
            [.email("cline@example.com", .weak, .author), .gitHub(205_137_888, "cline[bot]", .weak)]),
        MarkedTool(
            "goose", "Block", .agent,
            [.value("assisted-by", .leadingWord("goose"), .weak), .ref(.prefix("goose/"), .weak)]),
        MarkedTool(
            "hermes-agent", "Nous Research", .agent,
            [.email("agent@nosresearch.com", .weak, [.author, .coAuthor])]),
        MarkedTool(
            "rovo-dev", "Atlassian", .agent,
            [.coAuthor(.prefix("rovo dev"), .weak), .coAuthor(.prefix("rovodev"), .weak)]),
        MarkedTool(
            "tembo", "Tembo", .agent,
            [.author(.exact("tembo[bot]"), .weak), .author(.exact("tembo-io[bot]"), .weak)]),
        MarkedTool("blackbox", "Blackbox AI", .agent, [.email("agent@blackbox.ai")]),
        MarkedTool("engine-labs", "Engine Labs", .agent, [.gitHub(140_088_366, "engine-labs-app[bot]")]),
        MarkedTool("blink", "Coder", .agent, [.gitHub(211_532_188, "blink-so[bot]")]),
        MarkedTool("ellipsis", "Ellipsis", .agent, [.gitHub(65_095_814, "ellipsis-dev[bot]", .strong)]),
        MarkedTool("codeflash", "Codeflash", .agent, [.gitHub(148_906_541, "codeflash-ai[bot]")]),
        MarkedTool("sentry-seer", "Sentry", .agent, [.author(.exact("seer-by-sentry[bot]"))]),
        MarkedTool("abacus", "Abacus.AI", .agent, [.email("agent@abacus.ai", .strong, .coAuthor)]),
        MarkedTool("letta-code", "Letta", .agent, [.email("noreply@letta.com", .strong, .coAuthor)]),
        MarkedTool(
            "ona", "Ona", .agent, [.email("no-reply@ona.com", .strong, .coAuthor), .ref(.prefix("ona/"), .weak)]),
        MarkedTool(
            "sketch", "Sketch", .agent,
            [.email("hello@sketch.dev", .strong, .coAuthor), .ref(.prefix("sketch/"), .weak)]),
        MarkedTool(
            "open-swe", "LangChain", .agent,
            [.ref(.prefix("open-swe/")), .author(.exact("open-swe")), .author(.exact("open-swe[bot]"))]),
        MarkedTool("gru", "Gru", .agent, [.ref(.prefix("gru/")), .author(.exact("gru-agent[bot]"))]),
        MarkedTool("plandex", "Plandex", .agent, [.line(.prefix("🤖 plandex → "))]),
        MarkedTool(
            "firebender", "Firebender", .agent,
            [.footer("firebender", link: "https://firebender.com", .definite)]),
        MarkedTool("nori", "Nori", .agent, [.footer("nori", link: "https://nori.ai", .definite)]),
        MarkedTool(
            "sisyphus-oh-my-opencode", "Sisyphus Labs", .agent,
            [.email("clio-agent@sisyphuslabs.ai", .definite, .coAuthor)]),
        MarkedTool("claude-flow", "ruv", .agent, [.email("ruv@ruv.net", .strong, .coAuthor)]),
        MarkedTool("sageox", "SageOx", .agent, [.email("ox@sageox.ai", .strong, .coAuthor)]),
        MarkedTool("mentat", "AbanteAI", .agent, [.gitHub(160_964_065, "mentatbot")]),
    ]
}
