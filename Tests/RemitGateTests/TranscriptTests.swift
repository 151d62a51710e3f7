@testable import RemitGate
import RemitReport
import Testing

/// What a judge was told is the same text, however many answers there are and on whatever core they are written.
@Suite struct TranscriptTests {
    private static func text(_ answers: Range<Int>) -> String {
        let pairs = answers.map { #"["question \#($0)",\#($0)]"# }
        return #"{"schema":"transcript/v1","answers":[\#(pairs.joined(separator: ","))]}"#
    }

    private static func told(_ transcript: Transcript) -> String? {
        transcript.bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [0, 1, 255, 256, 257, 5_000])
    func `answers stand in the order of the questions`(count: Int) {
        let transcript = Transcript()
        for number in 0..<count { transcript.keep("question \(number)", .integer(number)) }
        #expect(Self.told(transcript) == Self.text(0..<count))
    }

    @Test func `a question counts once, a fault stands beside its answer`() {
        let transcript = Transcript()
        transcript.keep("a", .integer(1))
        transcript.keep("a", .integer(2))
        transcript.keep("b", .null, fault: .string("gone"))
        #expect(Self.told(transcript) == #"{"schema":"transcript/v1","answers":[["a",1],["b",null,"gone"]]}"#)
    }

    @Test func `what is asked later is added`() {
        let transcript = Transcript()
        for number in 0..<300 { transcript.keep("question \(number)", .integer(number)) }
        #expect(Self.told(transcript) == Self.text(0..<300))
        #expect(Self.told(transcript) == Self.text(0..<300))
        for number in 300..<600 { transcript.keep("question \(number)", .integer(number)) }
        #expect(Self.told(transcript) == Self.text(0..<600))
    }

    /// Half of a transcript would be judged to something else.
    @Test(arguments: [40, 4_000])
    func `one that grows too large is not there`(answers: Int) {
        let transcript = Transcript()
        let answer = String(repeating: "x", count: Transcript.maximumByteCount / answers + 1)
        for number in 0..<answers { transcript.keep("question \(number)", .string(answer)) }
        #expect(transcript.bytes == nil)
        transcript.keep("later", .integer(1))
        #expect(transcript.bytes == nil)
    }

    @Test func `one that is just not too large is there`() throws {
        let transcript = Transcript()
        let answer = String(repeating: "x", count: (Transcript.maximumByteCount - 100_000) / 1_000)
        for number in 0..<1_000 { transcript.keep("question \(number)", .string(answer)) }
        #expect(try #require(transcript.bytes).count > Transcript.maximumByteCount - 200_000)
    }
}
