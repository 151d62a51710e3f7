import Foundation
import RemitTestSupport
import Testing

/// What no source file of ours may hold, looked for in the text itself.
@Suite struct SourceHygieneTests {
    /// Sources of the package, by their path from its top.
    private static let sources: [(path: String, lines: [Substring])] = {
        let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let names = FileManager.default.enumerator(atPath: "\(top)/Sources")?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
            let bytes = FileManager.default.contents(atPath: "\(top)/Sources/\(name)") ?? Data()
            return (
                name, String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            )
        }
    }()

    /// Places where a word is right after all, as `path:word`.
    ///
    /// Empty; a new element needs a reason beside it.
    private static let allowed: Set<String> = []

    @Test func `the sources are found`() {
        #expect(Self.sources.count > 150)
        #expect(Self.sources.allSatisfy { !$0.lines.isEmpty })
    }

    @Test(arguments: ["try?", "try!", "as!", "fatalError("])
    func `nothing swallows an error or ends the process`(_ word: String) {
        // As a word: `Entry?` ends in one of them.
        #expect(
            places(
                where: { line in
                    line.ranges(of: word).contains { range in
                        line[..<range.lowerBound].last.map { $0.isLetter || $0 == "_" } != true
                    }
                }, word) == [])
    }

    /// The programs carry no Foundation of ours.
    ///
    /// TOMLKit imports it in its own sources and so links it all the same; that is its reason to be the one
    /// dependency of `RemitFormats`, and none of its types that come from Foundation is used.
    @Test(arguments: ["Foundation", "FoundationEssentials", "FoundationNetworking"])
    func `no source imports Foundation`(_ module: String) {
        #expect(
            places(
                where: { line in
                    let words = line.split { $0 == " " || $0 == "." }
                    return words.indices.dropLast().contains { words[$0] == "import" && words[$0 + 1] == module }
                }, module) == [])
    }

    private func places(where isFound: (Substring) -> Bool, _ word: String) -> [String] {
        Self.sources.flatMap { source in
            source.lines.enumerated().filter { _, line in
                !line.drop { $0 == " " }.hasPrefix("//") && isFound(line)
                    && !Self.allowed.contains("\(source.path):\(word)")
            }.map { "\(source.path):\($0.offset + 1): \($0.element)" }
        }
    }
}
