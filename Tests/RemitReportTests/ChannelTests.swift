import RemitModel
import RemitTestSupport
import Testing

@testable import RemitReport

/// Findings with hostile text wherever a finding can carry text, and readers of the channels that are not ours.
enum Hostile {
    static let texts: [[UInt8]] = [
        Array("::set-output name=x::y".utf8), Array("::error::owned".utf8),
        Array("a\n::error::owned\r::add-path::/x".utf8),
        Array("##vso[task.setvariable variable=x]y".utf8), Array("\n##vso[task.complete result=Succeeded]".utf8),
        Array("##teamcity[buildStatus status='SUCCESS']".utf8), Array("x']##teamcity[y z='".utf8),
        Array("\u{1b}[2J\u{1b}]0;owned\u{7}".utf8), Array("]]><script>alert(1)</script>".utf8),
        Array("<img src=x onerror=alert(1)>\"'".utf8), [0x61, 0x00, 0x62], [0xFF, 0xFE, 0x80, 0x0A, 0xC3],
        Array("\u{202e}gpj.exe\u{200b}\u{2028}".utf8), Array("</pre>\n\n# owned @everyone [x](http://e.test) `|`".utf8),
        Array("[x](1) {0} %0A%0D%3B%5D;]".utf8), Array("<!--\n```\n:::".utf8), Array("##[error]owned".utf8),
        Array("../../etc/passwd".utf8), Array("//e.test/x".utf8), Array("é日𝄞\u{FFFE}".utf8), Array("".utf8),
    ]

    static func finding(_ rule: RuleCode, _ bytes: [UInt8], _ number: Int = 1) -> Finding {
        let text = String(decoding: bytes, as: UTF8.self)
        return Finding(
            rule, ref: ByteString(bytes), commit: Samples.commit(number), path: ByteString(bytes),
            facts: Finding.Facts(
                delegation: Samples.delegation, named: ByteString(bytes), agent: text, ask: [text, text],
                operation: .fileModify, granted: ["except " + text, text], found: ByteString(bytes), at: Samples.at,
                limit: 1, used: 2, reason: text, tip: Samples.commit(2), environment: text))
    }

    /// One decision of each kind, all text of it hostile.
    static func decisions(_ bytes: [UInt8]) throws -> [Decision] {
        let text = String(decoding: bytes, as: UTF8.self)
        let findings = RuleCode.allCases.map { finding($0, bytes) }
        let use = Decision.Use(
            delegation: try #require(Samples.delegation), agent: text, delegator: text, commits: 1)
        let refused = stride(from: 0, to: findings.count, by: 8).map { start in
            Samples.decision(.refused, findings: Array(findings[start..<min(start + 8, findings.count)]))
        }
        return refused + [
            Samples.decision(.undecided, findings: [finding(.undecidedRepository, bytes)]),
            Samples.decision(.refused, mode: .monitor, findings: findings),
            Decision(
                outcome: .allowed, mode: .enforce, repository: text,
                pusher: Pusher(login: ByteString(bytes), vouchedBy: text), decidedAt: Samples.at, updates: [],
                commits: 1, findings: [], findingCount: 0, agents: [], delegations: [use], authority: nil,
                policyVersion: nil, remarks: [text], observations: [finding(.attributionUnregistered, bytes)]),
        ]
    }
}

extension Channel {
    /// A digest of the tests' own, which is injective for what they need.
    static func stand(_ bytes: [UInt8]) -> RecordID {
        var sums = [UInt64](repeating: 14_695_981_039_346_656_037, count: 4)
        for (index, byte) in bytes.enumerated() {
            for lane in sums.indices {
                sums[lane] = (sums[lane] ^ UInt64(byte) ^ UInt64(lane * 257 + index)) &* 1_099_511_628_211
            }
        }
        let digits = sums.map { sum in
            let text = String(sum, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        guard let id = RecordID(digits) else { preconditionFailure("64 digits are an id") }
        return id
    }

    func text(_ decision: Decision, _ occasion: Occasion = .merge, entry: Int? = 42) -> String {
        text(of: decision, on: occasion, ledgerEntry: entry, digest: Self.stand)
    }
}

@Suite struct ChannelInjectionTests {
    /// What a line of each channel may begin with; whatever else stands there came from outside.
    private static func isOurs(_ line: String, _ channel: Channel) -> Bool {
        let beginnings: [String] =
            switch channel {
            case .github: ["::error ", "::warning ", "::notice "]
            case .azure: ["##vso[task.logissue type=", "##vso[task.complete result=", "remit: "]
            case .teamcity: ["##teamcity[buildProblem description='", "##teamcity[message text='"]
            default: []
            }
        return beginnings.contains { line.hasPrefix($0) }
    }

    /// By number: raw control characters would reach the log of the tests.
    @Test(arguments: Hostile.texts.indices, [Channel.github, .azure, .teamcity])
    func `no line begins a command that is not ours, and no line holds a second one`(
        number: Int, channel: Channel
    ) throws {
        for decision in try Hostile.decisions(Hostile.texts[number]) {
            let text = channel.text(decision)
            #expect(text.hasSuffix("\n"))
            for line in text.utf8.split(separator: UInt8(ascii: "\n")).map({ String(decoding: $0, as: UTF8.self) }) {
                #expect(Self.isOurs(line, channel), "\(channel) \(number)")
                #expect(!line.dropFirst(2).contains("##"), "\(channel) \(number)")
                #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "\(channel) \(number)")
            }
        }
    }

    @Test(arguments: Hostile.texts.indices, [Channel.github, .azure, .teamcity])
    func `a command's properties end where ours end`(number: Int, channel: Channel) throws {
        for decision in try Hostile.decisions(Hostile.texts[number]) {
            for line in channel.text(decision).split(separator: "\n") where line.hasPrefix("##") || line.hasPrefix("::")
            {
                switch channel {
                case .github:
                    let properties = try #require(line.dropFirst(2).firstRange(of: "::"))
                    let names = line[..<properties.lowerBound].split(separator: ",").map { part in
                        part.split(separator: "=").first.map { String($0.split(separator: " ").last ?? "") } ?? ""
                    }
                    #expect(names == ["title"] || names == ["file", "title"], "\(number)")
                case .azure:
                    let end = try #require(line.firstIndex(of: "]"))
                    let properties = line[..<end].split(separator: " ", maxSplits: 1).last ?? ""
                    let names = properties.split(separator: ";").map { $0.split(separator: "=").first ?? "" }
                    let known: [[Substring]] = [
                        ["type", "code"], ["type", "code", "sourcepath", "linenumber"], ["result"],
                    ]
                    #expect(known.contains(names), "\(number)")
                default:
                    // The one unescaped quote that is neither first nor last in a value would begin another.
                    let quotes = line.replacing("||", with: "").replacing("|'", with: "").count { $0 == "'" }
                    #expect(quotes == 4, "\(number)")
                    #expect(line.replacing("||", with: "").replacing("|]", with: "").count { $0 == "]" } == 1)
                }
            }
        }
    }

    @Test(arguments: Hostile.texts.indices)
    func `Markdown holds text of commits in preformatted blocks only`(number: Int) throws {
        let page = /<pre>\n[^<>`|]*\n<\/pre>\n/
        for decision in try Hostile.decisions(Hostile.texts[number]) {
            let summary = Channel.summary.text(decision).replacing(page, with: "")
            #expect(
                summary.split(separator: "\n").allSatisfy { line in
                    line == "## Remit: merge" || RuleCode.allCases.contains { line == "### `\($0.rawValue)`" }
                }, "\(number)")
            let annotation = Channel.buildkite.text(decision).replacing(page, with: "")
            #expect(
                annotation.split(separator: "\n").allSatisfy { line in
                    line == "<strong>Remit: merge</strong>"
                        || RuleCode.allCases.contains { line == "<strong>\($0.rawValue)</strong>" }
                }, "\(number)")
        }
    }

    /// Python's parsers, since our own reading of our own text would prove little.
    @Test(arguments: [Channel.json, .sarif, .codequality, .junit])
    func `another parser reads it`(channel: Channel) throws {
        let directory = try TemporaryDirectory()
        var files: [String] = []
        for (number, bytes) in Hostile.texts.enumerated() {
            for (other, decision) in try Hostile.decisions(bytes).enumerated() {
                files.append("\(number).\(other)")
                try directory.write(Array(channel.text(decision).utf8), to: "\(number).\(other)")
            }
        }
        let program = """
            import json, sys, xml.etree.ElementTree as tree
            for name in sys.argv[2:]:
                data = open(name, "rb").read()
                tree.fromstring(data) if sys.argv[1] == "junit" else json.loads(data)
            print(len(sys.argv) - 2)
            """
        let output = try spawn(
            ["python3", "-c", program, channel.rawValue] + files, environment: HermeticGit.environment(home: "/"),
            directory: directory.path)
        #expect(output.text == String(files.count), "\(output.errorText.suffix(300))")
    }
}
