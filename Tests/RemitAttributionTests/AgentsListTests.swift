import Foundation
import RemitAttribution
import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

/// The tables against the list of signals that they were drawn from, where it is at hand: each is in them, or stands here
/// with the reason why not.
@Suite(.enabled(if: sharedData("agents.yaml") != nil)) struct AgentsListTests {
    struct Signal {
        var id = ""
        var place = ""
        var key = ""
        var part = ""
        var match = ""
        var value = ""
        var confidence = Confidence.weak
    }

    /// Signals that are no marks of ours, by value.
    static let leftOut: [String: String] = [
        "B5690EEEBB952194":
            "GitHub's web-flow key signs every person's edit in the browser: what it says is consistency",
        "noreply@github.com": "GitHub as committer: every edit, merge and squash in the browser has it",
        "pi refs/notes/ai": "a note attests people's lines too, so its ref names no agent; what is in it is read",
    ]

    /// Tools that go by another id here.
    static let names = ["pre-agent-bots": "project-bots"]

    /// An example of each regular expression.
    static let examples: [String: [String]] = [
        #"^https://claude\.ai/code/session_[A-Za-z0-9]+$"#: ["https://claude.ai/code/session_01ABCdef"],
        #"^https://claude\.ai/code/session_[A-Za-z0-9]+\s*$"#: ["https://claude.ai/code/session_01ABCdef "],
        #"^\W{0,6}\s*Generated with \[?Claude Code\]?(\(https://claude\.(ai/code|com/claude-code)\))?\s*$"#: [
            "🤖 Generated with [Claude Code](https://claude.ai/code)", "Generated with Claude Code",
            "🤖 Generated with [Claude Code](https://claude.com/claude-code)",
        ],
        #"(?i)^claude\b"#: ["Claude:claude-3-opus sparse"], #"(?i)\bclaude\b"#: ["Anthropic Claude Opus 4.7"],
        #"(?i)^claude( (opus|sonnet|haiku|fable|code|[0-9.]+))*\b"#: [
            "Claude Opus 4.6", "Claude Code", "Claude Sonnet 5", "Claude Haiku", "Claude Fable 5", "Claude 4.5",
        ],
        #"^https://github\.com/[^/]+/[^/]+/(sessions|pull)/"#: [
            "https://github.com/o/r/sessions/1", "https://github.com/o/r/pull/2",
        ],
        #"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"#: [KnownAgentsTests.uuid],
        #"(?i)^(openai )?(codex|gpt-?[0-9])"#: ["OpenAI Codex", "codex:gpt-5", "GPT-5", "gpt5", "OpenAI GPT-5"],
        #"(?i)^codex-cli\b"#: ["codex-cli 0.130.0"], #"^[a-z0-9]{6}-codex/"#: ["iigxhd-codex/x"],
        #"^cursor/[A-Za-z0-9._-]+-[0-9a-f]{4}$"#: ["cursor/fix-it-880f"],
        #"(?i)^\W{0,6}\s*generated with \[?devin"#: ["Generated with [Devin](https://devin.ai)"],
        #"^devin/[0-9]{10}-"#: ["devin/1771599590-x"],
        #"^(jules[-/].+|.+)-[0-9]{18,20}$"#: ["add-learn-cmd-14791786536596206223"],
        #"(?i)^gemini-cli\b"#: ["gemini-cli"],
        #"(?i)^gemini\b"#: ["Gemini 3 Pro", "Gemini CLI", "gemini-2.5-pro", "Gemini Pro"],
        #"(?i)^(openhands|opendevin)\b"#: ["openhands-agent", "OpenDevin"],
        #"^(opendevin@(all-hands\.dev|opendevin\.ai)|bot@opendevin\.com)$"#: [
            "opendevin@all-hands.dev", "opendevin@opendevin.ai", "bot@opendevin.com",
        ],
        #"^openhands-(fix-(issue|pr)-[0-9]+|workspace-[a-z0-9]{8})"#: [
            "openhands-fix-issue-12", "openhands-fix-pr-3", "openhands-workspace-a1b2c3d4",
        ],
        #"^I am OpenHands-[A-Za-z0-9.-]+, an AI agent"#: ["I am OpenHands-GPT-5, an AI agent."],
        #"^https://ampcode\.com/threads/T-[0-9a-f-]{36}$"#: ["https://ampcode.com/threads/T-" + KnownAgentsTests.uuid],
        #"(?i)^\W{0,6}\s*generated with \[?opencode\]?"#: ["🤖 Generated with [opencode](https://opencode.ai)"],
        #"(?i)^opencodes?$"#: ["opencodes", "OpenCode"], #"(?i)^open ?code\b"#: ["OpenCode (a model)", "Open Code"],
        #"^(crush@charm\.land|noreply@crush\.charm\.land)$"#: ["crush@charm.land", "noreply@crush.charm.land"],
        #"^\W{1,6}\s*Generated with \[?Crush\]?(\(https://github\.com/charmbracelet/crush\))?\s*$"#: [
            "💘 Generated with Crush", "🐾 Generated with [Crush](https://github.com/charmbracelet/crush)",
        ],
        #"^Generated with Crush\s*$"#: ["Generated with Crush"],
        #"^Generated with \[?Continue\]?\s?(\(https://continue\.dev\)|\(cn\))?\s*$"#: [
            "Generated with [Continue](https://continue.dev)", "Generated with Continue (cn)",
        ],
        #"^continue(bot)?/"#: ["continue/x", "continuebot/x"], #"^codegen(-bot)?/"#: ["codegen/x", "codegen-bot/x"],
        #"^kiro(-noreply|-agent)?@(aws\.)?amazon\.com$"#: [
            "kiro@amazon.com", "kiro-noreply@aws.amazon.com", "kiro-agent@amazon.com",
        ],
        #"^Q-DEV-issue-[0-9]+-[0-9]+"#: ["Q-DEV-issue-12-1750000000"],
        #"^cascade@windsurf\.(ai|com|dev)$"#: ["cascade@windsurf.ai", "cascade@windsurf.com", "cascade@windsurf.dev"],
        #"^(cascade@windsurf\.(ai|com|dev)|noreply@(windsurf|codeium)\.com)$"#: [
            "cascade@windsurf.ai", "noreply@windsurf.com", "noreply@codeium.com",
        ],
        #"^[0-9a-f-]{36}$"#: [KnownAgentsTests.uuid], #"(?i)\bantigravity\b"#: ["Google Antigravity"],
        #"(?i)^goose\b"#: ["goose (a model)"],
        #"^(noreply|agent|augment)@augmentcode\.com$"#: [
            "noreply@augmentcode.com", "agent@augmentcode.com", "augment@augmentcode.com",
        ],
        #"^Generated by Mistral Vibe\.?\s*$"#: ["Generated by Mistral Vibe.", "Generated by Mistral Vibe"],
        #"^tembo(-io)?\[bot\]$"#: ["tembo[bot]", "tembo-io[bot]"],
        #"^seer-by-sentry\[bot\]$"#: ["seer-by-sentry[bot]"], #"(?i)^rovo ?dev"#: ["Rovo Dev", "RovoDev"],
        #"(?i)^open-swe(\[bot\])?$"#: ["open-swe", "Open-SWE[bot]"],
        #"(240397093\+)?microsoft-amplifier@users\.noreply\.github\.com"#: [
            "240397093+microsoft-amplifier@users.noreply.github.com",
            "microsoft-amplifier@users.noreply.github.com",
        ],
        #"Generated with \[Amplifier\]\(https://github\.com/microsoft/amplifier\)"#: [
            "🤖 Generated with [Amplifier](https://github.com/microsoft/amplifier)"
        ],
        #"Generated with \[Firebender\]\(https://firebender\.com\)"#: [
            "🤖 Generated with [Firebender](https://firebender.com)"
        ],
        #"Generated with \[Nori\]\(https://nori\.ai\)"#: ["🤖 Generated with [Nori](https://nori.ai)"],
        // Not `ai-…`: Ai is a given name.
        #"^(duo-developer|duo-[a-z-]+|ai-[a-z-]+)(-[a-z0-9-]+)?$"#: ["duo-developer", "duo-reviewer-x1"],
        #"(?i)GitLab Duo"#: ["GitLab Duo, OpenCode"], #"^[0-9a-f]{6,}"#: ["a3b2c4d5e6f7"], #".+"#: ["2026-01-01-x"],
        #"\S"#: ["a tool"],
        #"(?i)(claude|gpt|codex|gemini|copilot|llama|deepseek|qwen|kimi|grok|opus|sonnet|\bai\b|cursor|junie)"#: [
            "gpt-5", "codex", "Gemini 3", "Copilot", "llama", "DeepSeek", "Qwen", "Kimi", "Grok", "Opus", "Sonnet",
            "an AI",
            "Cursor", "Junie", "Claude",
        ],
        #"^[\w-]+/(crew|polecats?|mayor|witness|refinery)\b"#: ["beads/crew/emma", "x/polecats/y", "x/mayor"],
        #"^([0-9]+\+)?[A-Za-z0-9-]+\[bot\]@users\.noreply\.github\.com$"#: [
            "1+x[bot]@users.noreply.github.com", "x[bot]@users.noreply.github.com",
        ],
    ]

    /// The list, of whose YAML only the few forms are read that it has.
    static func signals() throws -> [Signal] {
        let text = String(decoding: try readFile(try #require(sharedData("agents.yaml"))), as: UTF8.self)
        var signals: [Signal] = []
        var id = ""
        for line in text.split(separator: "\n") {
            func field(_ name: String) -> String? {
                guard line.hasPrefix(name + ": ") else { return nil }
                let value = line.dropFirst(name.count + 2)
                guard value.count >= 2, value.first == "'", value.last == "'" else { return String(value) }
                return value.dropFirst().dropLast().replacingOccurrences(of: "''", with: "'")
            }
            if let value = field("- id") { id = value }
            if let value = field("  - where") {
                signals.append(Signal())
                signals[signals.count - 1].id = id
                signals[signals.count - 1].place = value
            }
            guard let last = signals.indices.last else { continue }
            if let value = field("    key") { signals[last].key = value }
            if let value = field("    part") { signals[last].part = value }
            if let value = field("    match") { signals[last].match = value }
            if let value = field("    value") { signals[last].value = value }
            if let value = field("    confidence") { signals[last].confidence = try #require(Confidence(name: value)) }
        }
        return signals
    }

    /// What the scanner says of a commit, ref, account or key that shows a text in the signal's place.
    static func evidence(_ signal: Signal, _ text: String) throws -> [Evidence] {
        let catalogue = MarkCatalogue.builtIn
        let person = "Dana Example <dana@example.org>"
        switch signal.place {
        case "author-email": return catalogue.scan(try Sample.commit(author: "Zed <\(text)>")).evidence
        case "committer-email": return catalogue.scan(try Sample.commit(committer: "Zed <\(text)>")).evidence
        case "author-name": return catalogue.scan(try Sample.commit(author: "\(text) <z@example.org>")).evidence
        case "committer-name": return catalogue.scan(try Sample.commit(committer: "\(text) <z@example.org>")).evidence
        case "trailer":
            let value =
                switch signal.part {
                case "email": "Zed <\(text)>"
                case "name": "\(text) <z@example.org>"
                default: text
                }
            return catalogue.scan(try Sample.commit(author: person, message: "subject\n\n\(signal.key): \(value)\n"))
                .evidence
        case "message-footer":
            return catalogue.scan(try Sample.commit(author: person, message: "subject\n\nbody\n\n\(text)\n")).evidence
        case "branch": return catalogue.scan(ref: ByteString("refs/heads/" + text)).evidence
        case "notes-ref": return catalogue.scan(ref: ByteString(text)).evidence
        case "push-identity": return catalogue.scan(login: ByteString(text)).evidence
        case "signing-key": return KeyFingerprint(text).map { catalogue.scan(key: $0).evidence } ?? []
        default:
            Issue.record("no place is called '\(signal.place)'")
            return []
        }
    }

    @Test func `every signal is in the tables, as sure as it is there, or is left out for a reason`() throws {
        let signals = try Self.signals()
        #expect(signals.count == 336)
        var unused = Set(Self.leftOut.keys).union(Self.examples.keys)
        for signal in signals {
            let reason = [signal.value, "\(signal.id) \(signal.value)"].first { Self.leftOut[$0] != nil }
            if let reason {
                unused.remove(reason)
                continue
            }
            let texts: [String]
            switch signal.match {
            case "exact": texts = [signal.value]
            case "prefix": texts = [signal.value + "x-1", signal.value.uppercased() + "x"]
            case "suffix": texts = ["Dana Example" + signal.value]
            default:
                texts = try #require(Self.examples[signal.value], "\(signal)")
                unused.remove(signal.value)
                let regex = try NSRegularExpression(pattern: signal.value)
                for text in texts {
                    #expect(regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil, "\(text)")
                }
            }
            for text in texts where signal.place != "branch" || text == text.lowercased() || signal.match == "regex" {
                let evidence = try Self.evidence(signal, text)
                let id = Self.names[signal.id] ?? signal.id
                let confidence = evidence.filter { $0.agent == id }.map(\.confidence).max()
                #expect(confidence == signal.confidence, "\(signal) '\(text)': \(evidence)")
            }
        }
        #expect(unused.isEmpty)
    }
}
