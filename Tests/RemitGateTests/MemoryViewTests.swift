@testable import RemitGate
import RemitModel
import RemitRules
import Testing

/// What a ledger answered, as an archive gives it again.
@Suite struct MemoryViewTests {
    private struct Silent: Memory {
        func rollback(to state: AuthorityState) throws(GateError) -> String? { nil }

        func latestMoment(after now: Instant) throws(GateError) -> Instant? { nil }

        func firstSeen(
            _ commit: ObjectID, under delegation: RecordID, in repository: String
        ) throws(GateError) -> Instant? { nil }

        func hasSeenChanges() throws(GateError) -> Bool { true }

        func delegations(of change: TreeChange, in repository: String) throws(GateError) -> [RecordID] { [] }

        func firstSeen(
            _ change: TreeChange, under delegation: RecordID, in repository: String
        ) throws(GateError) -> Instant? { nil }
    }

    private static func again(_ view: MemoryView) throws -> MemoryView {
        MemoryView(try ArchivedAnswers(#require(view.transcript.bytes), of: "the memory"))
    }

    @Test func `answers are given again, and what was not asked has none`() throws {
        let live = MemoryView(Silent())
        #expect(try live.hasSeenChanges())
        live.keep(Past.none)
        let again = try Self.again(live)
        #expect(try again.hasSeenChanges())
        #expect(try again.past().commits.isEmpty)
        #expect(throws: Never.self) { try again.requireRecording() }
        let asked = try Self.again(MemoryView(Silent()))
        #expect(throws: GateError(.undecidedLedger, "the archive has no answer to 'has seen changes'")) {
            try asked.hasSeenChanges()
        }
    }

    @Test func `a first decision that could not be recorded cannot be the second time either`() throws {
        let live = MemoryView(Silent())
        let fault = GateError(.undecidedLedger, "the ledger '/l' was busy until the time was over")
        live.keep(recordingFault: fault)
        live.keep(Past.none)
        let again = try Self.again(live)
        #expect(throws: fault) { try again.requireRecording() }
    }
}
