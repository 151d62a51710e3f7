import Foundation
import RemitAttribution
import RemitModel
import Testing

/// The scanner finds the same marks as a slow reading of another make: whole lines, by regular expressions.
@Suite struct ScannerReferenceTests {
    private static let indents = ["", " ", "    ", "\t", "     ", "> ", "- ", "* ", "`", "| "]
    private static let keys = [
        "Co-authored-by", "Co-Authored-By", "coauthored-by", "CO-AUTHORED-BY", "Signed-off-by", "Reviewed-by",
        "Made-with", "Assisted-by", "Copilot-Session", "X-Co-authored-by",
    ]
    private static let colons = [":", ": ", " : ", ":   ", " "]
    private static let values = [
        "Claude <noreply@anthropic.com>", "A Person <person@example.org>", "Cursor <CursorAgent@cursor.com>",
        "Copilot <223556219+renamed@users.noreply.github.com>", "cursor", "Cursor", "cursors", "Crush:gpt-5", "",
        "0199aaaa-bbbb-cccc-dddd-eeeeffff0000", "0199aaaa-bbbb-cccc-dddd-eeeeffff000",
        "Look <noreply@anthropic.com.example>",
    ]
    private static let tails = ["", " ", "\t", " 17"]
    private static let breaks = ["\n", "\n\n", "\r\n", "\n\n---------\n\n"]

    private static let addresses = [
        "noreply@anthropic.com": "claude-code", "cursoragent@cursor.com": "cursor",
    ]

    /// Made of parts by a generator that gives the same numbers everywhere.
    private static func message(_ seed: UInt64) -> String {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func pick(_ list: [String]) -> String {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return list[Int(state % UInt64(list.count))]
        }
        var message = "subject" + pick(breaks)
        for _ in 0..<(1 + seed % 7) {
            message += pick(indents) + pick(keys) + pick(colons) + pick(values) + pick(tails) + pick(breaks)
        }
        return message
    }

    private static func reference(_ message: String) throws -> Set<String> {
        var found: Set<String> = []
        for line in try unfolded(message.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n")) {
            func group(_ expression: String) throws -> String? {
                let regex = try NSRegularExpression(pattern: expression, options: [.caseInsensitive])
                let whole = NSRange(line.startIndex..., in: line)
                guard let match = regex.firstMatch(in: line, range: whole),
                    let range = Range(match.range(at: match.numberOfRanges - 1), in: line)
                else { return nil }
                return String(line[range])
            }
            let start = "^[ \\t]{0,4}"
            if let address = try group(start + "co-?authored-?by[ \\t]*:[^<]*<([^>]*)>[^a-z]*$")?.lowercased() {
                if let agent = addresses[address] { found.insert(agent) }
                if address.hasPrefix("223556219+"), address.hasSuffix("@users.noreply.github.com") {
                    found.insert("copilot-cli")
                }
            }
            if try group(start + "made-with[ \\t]*:[ \\t]*cursor[ \\t]*$") != nil { found.insert("cursor") }
            if try group(start + "assisted-by[ \\t]*:[ \\t]*crush:.*$") != nil { found.insert("crush") }
            if try group(start + "assisted-by[ \\t]*:[ \\t]*claude\\b.*$") != nil { found.insert("claude-code") }
            let uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
            if try group(start + "copilot-session[ \\t]*:[ \\t]*\(uuid)[ \\t]*$") != nil { found.insert("copilot-cli") }
        }
        return found
    }

    /// The lines, and what becomes of each keyed one with the indented lines below it.
    private static func unfolded(_ lines: [String]) throws -> [String] {
        func begins(_ line: String, _ expression: String) -> Bool {
            line.range(of: expression, options: .regularExpression) != nil
        }
        let key = "[A-Za-z0-9-]+[ \\t]*:"
        var result: [String] = []
        var whole: String?
        for line in lines {
            result.append(line)
            if let start = whole, begins(line, "^[ \\t]+[^ \\t]"), !begins(line, "^[ \\t]+\(key)") {
                whole = start + " " + line.trimmingCharacters(in: .whitespaces)
                result.append(start + " " + line.trimmingCharacters(in: .whitespaces))
            } else {
                whole = begins(line, "^[ \\t]{0,4}\(key)") ? line : nil
            }
        }
        return result
    }

    @Test func `the same marks on two thousand generated messages`() throws {
        var hits = 0
        for seed in 1...2000 as ClosedRange<UInt64> {
            let message = Self.message(seed)
            let evidence = Attributor().attribution(of: try Sample.commit(message: message)).evidence
            let found = evidence.filter { $0.kind == .agent && $0.confidence >= .strong && $0.malformation == nil }
            let expected = try Self.reference(message)
            #expect(Set(found.map(\.agent)) == expected, "\(message.debugDescription)")
            hits += expected.count
        }
        #expect(hits > 300)
    }
}
