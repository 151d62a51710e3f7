import RemitModel
import RemitPipelines
import RemitTestSupport
import Testing

@Suite("trees written as YAML")
struct YAMLRoundTripTests {
    @Test("are read back as they were, in block and in flow style")
    func backAgain() throws {
        var random = SplitMix64(seed: 4)
        for _ in 0..<300 {
            let tree = tree(depth: 4, &random)
            for text in [block(tree, indent: 0), flow(tree) + "\n"] {
                let read = try YAMLReader.document(Array(text.utf8), file: "f")
                #expect(Outcome.text(read) == Outcome.text(tree), "\(text)")
            }
        }
    }

    @Test("with bytes changed at random are read or refused with a line of theirs")
    func damaged() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<500 {
            var bytes = Array(block(tree(depth: 4, &random), indent: 0).utf8)
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] =
                    "\0\t\n!&*-:?[]{}\"'<#|>%@`x".utf8
                    .randomElement(using: &random) ?? 0
            }
            let count = bytes.count { $0 == 0x0A } + 2
            do throws(PipelineError) {
                _ = try YAMLReader.documents(bytes, file: "f")
            } catch {
                #expect(error.line.map { (1...count).contains($0) } != false)
                #expect(!error.reason.isEmpty)
            }
        }
    }

    private func tree(depth: Int, _ random: inout SplitMix64) -> YAMLNode {
        let count = Int.random(in: 1...4, using: &random)
        switch depth == 0 ? 0 : Int.random(in: 0...2, using: &random) {
        case 0:
            let characters = "ab:# -'\"\\\n\tö☺{}[]&*!|>%@,?"
            let text = String((0..<count * 2).compactMap { _ in characters.randomElement(using: &random) })
            return YAMLNode(.scalar(text, isPlain: false), line: 1)
        case 1: return YAMLNode(.sequence((0..<count).map { _ in tree(depth: depth - 1, &random) }), line: 1)
        default:
            let pairs = (0..<count).map { number in
                YAMLNode.Pair(key: "k\(number)", line: 1, value: tree(depth: depth - 1, &random))
            }
            return YAMLNode(.mapping(pairs), line: 1)
        }
    }

    private func quoted(_ text: String) -> String {
        let escapes: [Character: String] = ["\\": "\\\\", "\"": "\\\"", "\n": "\\n", "\t": "\\t"]
        return "\"\(text.map { escapes[$0] ?? String($0) }.joined())\""
    }

    private func flow(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, _): return quoted(text)
        case .sequence(let items): return "[\(items.map(flow).joined(separator: ", "))]"
        case .mapping(let pairs): return "{\(pairs.map { "\($0.key): \(flow($0.value))" }.joined(separator: ", "))}"
        }
    }

    private func block(_ node: YAMLNode, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        switch node.content {
        case .scalar(let text, _): return "\(margin)\(quoted(text))\n"
        case .sequence(let items):
            return items.map { "\(margin)-\n\(block($0, indent: indent + 2))" }.joined()
        case .mapping(let pairs):
            return pairs.map { "\(margin)\($0.key):\n\(block($0.value, indent: indent + 2))" }.joined()
        }
    }
}
