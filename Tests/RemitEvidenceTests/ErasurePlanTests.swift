import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// What an erasure takes and what it leaves, where others write meanwhile.
@Suite struct ErasurePlanTests {
    private static let at = Instant(seconds: 1_795_165_200)
    private static let shared = Array("what two decisions read".utf8)

    private static func draft(_ name: String, at moment: Instant = at) -> EntryDraft {
        EntryDraft(
            .decision(submission: "push", outcome: .allowed, mode: .enforce, isOverridden: false), at: moment,
            program: "remit-hook 0.1.0", repository: "payments", document: Array(#"{"login":"\#(name)"}"#.utf8),
            inputs: [("request", Array("by \(name)".utf8)), ("repository", shared)])
    }

    private static func ledger(_ directory: TemporaryDirectory, _ drafts: EntryDraft...) throws -> Ledger {
        var ledger = try Ledger.open(
            at: ByteString("\(directory.path)/ledger.db"), create: true, deadline: .now.advanced(by: .seconds(10)))
        try ledger.transaction { transaction throws(LedgerError) in
            for draft in drafts { _ = try transaction.append(draft) }
        }
        return ledger
    }

    private static func plan(_ choice: ErasureChoice, _ ledger: borrowing Ledger) throws -> ErasurePlan {
        try ledger.reading { (session) throws(EvidenceError) in try ErasurePlan(choice, in: session) }
    }

    private static func carryOut(_ plan: ErasurePlan, _ ledger: inout Ledger) throws -> Erasure {
        try plan.carryOut(in: &ledger, by: "sam", reason: "asked for", at: at, program: "remit 0.1.0").erasure
    }

    @Test func `what another entry rests on stays`() throws {
        let directory = try TemporaryDirectory()
        var ledger = try Self.ledger(directory, Self.draft("bob"), Self.draft("eve"))
        let plan = try Self.plan(.entries([1]), ledger)
        #expect(plan.entries == [1...1] && plan.inputs.count == 3 && plan.kept == 1)
        _ = try Self.carryOut(plan, &ledger)
        #expect(try ledger.input(EvidenceDigest(of: Self.shared)) != nil)
        #expect(try ledger.input(EvidenceDigest(of: Array("by bob".utf8))) == nil)
        // The second of the two takes it along.
        let rest = try Self.plan(.entries([2]), ledger)
        #expect(rest.inputs.count == 4 && rest.kept == 0 && rest.erasedBefore == 1)
    }

    @Test func `what an entry that came meanwhile rests on stays too`() throws {
        let directory = try TemporaryDirectory()
        var ledger = try Self.ledger(directory, Self.draft("bob"))
        let plan = try Self.plan(.entries([1]), ledger)
        #expect(plan.inputs.count == 4)
        try ledger.transaction { transaction throws(LedgerError) in
            _ = try transaction.append(Self.draft("eve"))
        }
        let erasure = try Self.carryOut(plan, &ledger)
        #expect(erasure.deleted == 3 && erasure.kept == 1)
        #expect(try ledger.recorded(2)?.manifest.inputs.count == 2)
        #expect(try ledger.input(EvidenceDigest(of: Self.shared)) != nil)
    }

    @Test func `entries are found by their time and by the names in them, both where both are given`() throws {
        let directory = try TemporaryDirectory()
        let later = Self.at.adding(seconds: 60)
        let ledger = try Self.ledger(
            directory, Self.draft("bob"), Self.draft("eve"), Self.draft("bob", at: later), Self.draft("bobby"))
        let bob = try #require(NameSearch("bob"))
        #expect(try Self.plan(.found(before: nil, naming: [bob]), ledger).entries == [1...1, 3...3])
        #expect(try Self.plan(.found(before: later, naming: [bob]), ledger).entries == [1...1])
        #expect(try Self.plan(.found(before: later, naming: []), ledger).entries == [1...2, 4...4])
        #expect(
            try Self.plan(.found(before: nil, naming: [bob, #require(NameSearch("eve"))]), ledger).entries.isEmpty)
    }

    @Test func `an erasure is read as it was written`() throws {
        let erasure = Erasure(
            at: Self.at, by: "sam", reason: "asked for", entries: [1...3, 7...7], deleted: 9, kept: 2)
        #expect(try Erasure(erasure.bytes, of: "it") == erasure)
        #expect(throws: EvidenceError("it: 'entries' holds what is no range")) {
            let text = String(decoding: erasure.bytes, as: UTF8.self).replacing("[7,7]", with: "[7,6]")
            return try Erasure(Array(text.utf8), of: "it")
        }
    }
}
