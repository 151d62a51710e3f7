import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

/// Damaged records: whatever happens, no crash, and one meaning.
@Suite struct RecordFuzzTests {
    static let seed: UInt64 = 42
    /// Bytes that mean something to a reader of TOML.
    static let telling = Array("\"'[]{}=.,#\\-+_0e \nZT:".utf8)

    static func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.below(3) {
            let place = random.below(bytes.count)
            switch random.below(6) {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(telling[random.below(telling.count)], at: place)
            case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + random.below(40))], at: place)
            case 4: bytes.removeSubrange(place..<min(bytes.count, place + random.below(20)))
            default: bytes.swapAt(place, random.below(bytes.count))
            }
            if bytes.isEmpty { return [0x0A] }
        }
        return bytes
    }

    @Test func `a damaged record parses the same twice or not at all`() {
        var random = SplitMix64(seed: Self.seed)
        var accepted = 0
        for round in 0..<10_000 {
            let kind = RecordKind.allCases[round % RecordKind.allCases.count]
            let bytes = Self.mutated(Array(kind.sample.utf8), &random)
            do throws(RecordError) {
                let value = try kind.parse(bytes)
                accepted += 1
                #expect(try kind.parse(bytes) == value, "seed \(Self.seed), round \(round)")
            } catch {
                #expect(kind.refusal(of: bytes) == error.statement, "seed \(Self.seed), round \(round)")
            }
        }
        #expect((100..<9000).contains(accepted), "\(accepted) accepted, seed \(Self.seed)")
    }

    /// Shapes that have brought TOML readers down: deep nesting, long names, numbers beyond 64 bits.
    @Test(arguments: [
        "a = " + String(repeating: "[", count: 60_000),
        "a = " + String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
        "a = " + String(repeating: "{a=", count: 20_000),
        "[" + String(repeating: "a.", count: 30_000) + "a]",
        "[" + String(repeating: "a.", count: 30_000) + "a]\nb = = 1",
        String(repeating: "a.", count: 30_000) + "a = 1",
        String(repeating: "[[a]]\n", count: 10_000),
        String(repeating: "k", count: 65_000) + " = 1",
        "a = " + String(repeating: "9", count: 60_000),
        "a = 9223372036854775808", "a = -9223372036854775809", "a = 0xFFFFFFFFFFFFFFFF", "a = 1e999999", "a = nan",
        "\"\" = 1", "a.\"b.c\" = {}", "a = 99999-99-99T99:99:99Z", "a = 2026-11-20T09:00:00+99:99",
    ])
    func `a hostile shape is refused`(text: String) {
        for kind in RecordKind.allCases {
            #expect(kind.refusal(of: Array((text + "\n").utf8)) != nil)
        }
    }
}
