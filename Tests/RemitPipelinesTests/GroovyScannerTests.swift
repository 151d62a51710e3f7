@testable import RemitPipelines
import RemitModel
import RemitTestSupport
import Testing

@Suite struct GroovyScannerTests {
    private func words(_ text: String) throws -> [String] {
        try GroovyScanner.tokens(of: Array(text.utf8), file: "Jenkinsfile").map(\.text)
    }

    @Test(arguments: [
        ("sh 'make'", ["sh", "make"]), ("sh \"a ${x ? \"}\" : '{'} b\"", ["sh", "a ${x ? \"}\" : '{'} b"]),
        ("sh '''a\n'b' '''", ["sh", "a\n'b' "]), ("a // 'x'\nb", ["a", "\n", "b"]), ("a /* } */ b", ["a", "b"]),
        ("x =~ /a'b/", ["x", "=", "~", "a'b"]), ("4 / 2 / 1", ["4", "/", "2", "/", "1"]), ("a \\\n b", ["a", "b"]),
        ("'a\\'b\\\\'", ["a'b\\"]), ("\"\\${x}\"", ["${x}"]), ("#!/usr/bin/env groovy\na", ["\n", "a"]),
    ])
    func `strings, comments and patterns end where Groovy ends them`(text: String, expected: [String]) throws {
        #expect(try words(text) == expected)
    }

    /// Whatever is changed in a definition, the reader ends, and says either jobs or why not.
    @Test func `no bytes upset the reader`() {
        let seed = Array(
            """
            pipeline { agent any; stages { stage("A ${b}") { when { branch /x/ } steps { sh '''remit gate deploy''' } } } }
            """.utf8)
        var random = SplitMix64(seed: 42)
        for _ in 0..<3_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = "{}()[]'\"/\\$;\n*x".utf8.randomElement(using: &random) ?? 0
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            do throws(PipelineError) {
                let pipeline = try JenkinsfileReader.read(bytes, file: "Jenkinsfile")
                #expect(pipeline.jobs.allSatisfy { $0.line >= 1 })
                #expect(Set(pipeline.jobs.map(\.name)).count == pipeline.jobs.count)
            } catch {
                #expect(!error.reason.isEmpty && error.line.map { $0 >= 1 } != false)
            }
        }
    }
}
