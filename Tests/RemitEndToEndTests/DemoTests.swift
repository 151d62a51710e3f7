import Foundation
import RemitTestSupport
import Testing

/// The demo is a script: it fails by itself when a push that should be refused is accepted, or the other way round.
///
/// What README shows as a transcript is what the demo printed, but for ids, which differ each time.
@Suite struct DemoTests {
    @Test(.timeLimit(.minutes(2)))
    func `the demo does what it says, and README shows its words`() throws {
        let directory = try TemporaryDirectory()
        let remit = try BuiltProducts.remit
        let bin = String(remit[..<(try #require(remit.lastIndex(of: "/")))])
        let demo = try spawn(
            ["/bin/sh", repositoryRoot() + "/Tests/Scripts/demo.sh", directory.path + "/demo"],
            environment: ["PATH": HermeticGit.path, "REMIT_BIN": bin], directory: directory.path)
        let said = Self.lines(demo.stdout + demo.stderr)
        #expect(demo.status == 0, "\(said.joined(separator: "\n"))")
        let readme = String(decoding: try readFile(repositoryRoot() + "/README.md"), as: UTF8.self)
        let transcripts = readme.components(separatedBy: "<!-- transcript").dropFirst()
        #expect(!transcripts.isEmpty)
        for transcript in transcripts {
            let block = try #require(transcript.components(separatedBy: "```").dropFirst().first)
            for line in Self.lines(Array(block.utf8)).dropFirst() where !line.isEmpty {
                #expect(said.contains(line), "README shows a line that the demo does not print: \(line)")
            }
        }
    }

    /// Lines without colour, trailing blanks and what differs from run to run.
    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self)
            .replacing(/\u{1B}\[[0-9;]*[mK]/, with: "")
            .replacing(/\b[0-9a-f]{12,64}\b/, with: "ID")
            .replacing(/decision [0-9]+/, with: "decision N")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.reversed().drop { $0 == " " || $0 == "\r" }.reversed() }
            .map { String($0) }
    }
}
