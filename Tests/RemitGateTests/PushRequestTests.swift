import RemitEvidence
import RemitFormats
@testable import RemitGate
import RemitModel
import RemitReport
import RemitRules
import Testing

/// What is archived of a push, read again: now, and as it was before there were certificates.
@Suite struct PushRequestTests {
    private static let before = #"{"schema":"push/v1","now":"2026-11-20T12:00:00Z","pusher":null,"options":["a"]}"#
    private static let blob = String(repeating: "c", count: 40)

    @Test func `a push without a certificate is archived as it always was`() throws {
        let request = try PushRequest(Array(Self.before.utf8), of: "a test")
        #expect(request.certificate == nil)
        #expect(String(decoding: request.bytes, as: UTF8.self) == Self.before)
    }

    @Test func `a certificate comes back with its text, and one that could not be read with its fault`() throws {
        func text(_ nonce: String, _ fault: String) -> [UInt8] {
            Array((Self.before.dropLast() + #","certificate":["\#(Self.blob)",\#(nonce),"OK",\#(fault)]}"#).utf8)
        }
        let whole = text(#""1-a""#, "null")
        let request = try PushRequest(whole, of: "a test", certificate: [1, 2])
        #expect(request.certificate?.text == [1, 2])
        #expect(request.certificate?.nonce == "1-a" && request.certificate?.nonceStatus == "OK")
        #expect(request.bytes == whole)
        let lost = text("null", #""it is missing""#)
        #expect(try PushRequest(lost, of: "a test").certificate?.fault == "it is missing")
        #expect(try PushRequest(lost, of: "a test").bytes == lost)
        // A text that is named and not kept, or kept and not readable, is no archive of ours.
        #expect(throws: EvidenceError.self) { try PushRequest(whole, of: "a test") }
        #expect(throws: EvidenceError.self) { try PushRequest(lost, of: "a test", certificate: [1]) }
    }

    @Test func `a gate that did not know a setting did not have it`() throws {
        let archive = #"{"schema":"transcript/v1","answers":[["configuration remit.mode",["monitor"]]]}"#
        let reader = GitReader(try ArchivedAnswers(Array(archive.utf8), of: "a test"))
        #expect(try reader.repository.configuration(since: "remit.pushCertificate") == [])
        #expect(try reader.repository.configuration(since: "remit.mode") == ["monitor"])
    }

    @Test func `what was read of the ledger says whether a certificate was used before`() throws {
        var past = Past.none
        let unused = Past(archived: .list([.list([]), .list([]), .list([])]))
        #expect(unused?.certificate == nil && unused != nil)
        past.certificate = 7
        #expect(Past(archived: .list([.list([]), .list([]), .list([]), .number(7)]))?.certificate == 7)
        #expect(String(decoding: past.archived.encoded, as: UTF8.self) == "[[],[],[],7]")
        #expect(String(decoding: Past.none.archived.encoded, as: UTF8.self) == "[[],[],[]]")
    }
}
