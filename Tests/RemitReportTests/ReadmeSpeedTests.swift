import Foundation
import RemitTestSupport
import Testing

/// The figures of speed in README.md are those of the run whose results are kept.
///
/// `make bench BENCH_FLAGS=--write` writes both.
@Suite struct ReadmeSpeedTests {
    private static let opening = "<!-- speed -->\n"
    private static let closing = "<!-- /speed -->"

    @Test func `README shows the goals as the kept results have them`() throws {
        let readme = String(decoding: try readFile(repositoryRoot() + "/README.md"), as: UTF8.self)
        let start = try #require(readme.range(of: Self.opening)).upperBound
        let end = try #require(readme.range(of: Self.closing)).lowerBound
        let results = try readFile(repositoryRoot() + "/Tests/Bench/results/speed.md")
        #expect(readme[start..<end].hasPrefix("| what | goal |"))
        #expect(String(decoding: results, as: UTF8.self).contains(readme[start..<end]))
    }
}
