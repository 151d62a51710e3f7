import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

@testable import RemitApp

@Suite struct SmallPartsTests {
    @Test(arguments: [
        ("90s", 90), ("30m", 1800), ("8h", 28_800), ("5d", 432_000), ("2w", 1_209_600), ("366d", 31_622_400),
    ])
    func `spans are read`(text: String, seconds: Int64) throws {
        #expect(try TimeSpan(text).seconds == seconds)
    }

    @Test(arguments: [
        "", "8", "h", "0h", "-1h", "+8h", "08h", "8 h", "8H", "8y", "1.5h", "367d", "99999999999999999999h",
        "9223372036854775807w",
    ])
    func `no other spelling is a span`(text: String) {
        #expect(throws: OptionFault.self) { try TimeSpan(text) }
    }

    @Test func `a deadline is a span, a day or a moment`() throws {
        let now = Instant(seconds: HermeticGit.epoch)
        #expect(try Deadline("8h").moment(from: now) == now.adding(seconds: 28_800))
        #expect(try Deadline("2027-06-30").moment(from: now) == Instant("2027-06-30T00:00:00Z"))
        #expect(try Deadline("2027-06-30T17:00:00Z").moment(from: now) == Instant("2027-06-30T17:00:00Z"))
    }

    @Test(
        arguments: [
            // Of the same second, of a clock that went back, of another day, and of an entry without a date.
            (0, 0, 1), (0, -7200, 1), (0, 1, 1), (0, 86_400, 86_400), (nil, 0, 0),
        ] as [(Int64?, Int64, Int64)])
    func `an agent's entry is dated after the one that it replaces`(old: Int64?, now: Int64, new: Int64) {
        let epoch = Instant(seconds: HermeticGit.epoch)
        let agent = Agent(
            organisation: "example.org", id: "claude-code", vendor: "Anthropic", models: [], tools: [],
            businessOwners: ["dana@example.org"], technicalOwners: ["dana@example.org"], identities: [],
            marks: ["claude-code"], autonomy: .supervised, status: .active, reviewBy: epoch.adding(seconds: 86_400),
            review: nil,
            issuedAt: old.map(epoch.adding))
        let draft = AgentDraft(agent, at: epoch.adding(seconds: now))
        #expect(draft.agent.issuedAt == epoch.adding(seconds: new))
    }

    @Test func `what is written is what the strict reader reads, whatever the characters`() throws {
        var random = SplitMix64(seed: 42)
        let scalars = Array("abc \"\\'#[]=.,ä→𝄞\u{301}\u{200B}uUx{}".unicodeScalars)
        for round in 0..<500 {
            var value = String.UnicodeScalarView()
            for _ in 0...random.below(12) { value.append(scalars[random.below(scalars.count)]) }
            let text = String(value)
            var writer = RecordWriter(type: "t")
            writer.set("text", text)
            writer.set("list", ["first", text + "."])
            let bytes: [UInt8]
            do { bytes = try writer.bytes() } catch {
                #expect(["\\u", "\\U", "\\x"].contains { text.utf8.contains($0.utf8) }, "seed 42, round \(round)")
                continue
            }
            var table = try RecordTable(bytes, file: "t")
            #expect(try table.text("type") == "t")
            #expect(try Array(table.text("text").utf8) == Array(text.utf8), "seed 42, round \(round)")
            #expect(try table.texts("list").last.map { Array($0.utf8) } == Array((text + ".").utf8))
        }
    }

    @Test(arguments: ["\n", "\t", "\u{0}", "\u{7F}", "\u{1B}[31m"])
    func `control characters are never written`(text: String) {
        var writer = RecordWriter(type: "t")
        writer.set("text", "a" + text)
        #expect(throws: AppError.self) { try writer.bytes() }
    }

    @Test func `a child's streams and status are told apart`() throws {
        let output = try ChildProcess.run(
            ["sh", "-c", "cat; echo talk >&2; exit 3"], .captured(input: Array("data".utf8)))
        #expect(output.text == "data")
        #expect(output.complaint == "talk")
        #expect(output.status == 3)
        #expect(try ChildProcess.run(["sh", "-c", "kill -KILL $$"]).status == 137)
        #expect(throws: AppError.self) { try ChildProcess.run(["remit-no-such-program"]) }
    }

    @Test func `a child gets no variable that would lead git elsewhere`() throws {
        let output = try ChildProcess.run(["env"], without: ["PATH", "HOM"])
        #expect(!output.text.split(separator: "\n").contains { $0.hasPrefix("PATH=") })
        #expect(output.text.split(separator: "\n").contains { $0.hasPrefix("HOME=") })
    }
}

extension String.UTF8View {
    fileprivate func contains(_ other: String.UTF8View) -> Bool {
        let (mine, theirs) = (Array(self), Array(other))
        return mine.indices.contains { mine[$0...].starts(with: theirs) }
    }
}
