import RemitLedger
import RemitModel
import Testing

/// The latest moment on record, by which a clock that goes back is noticed.
@Suite struct LedgerClockTests {
    private static func append(at moment: Instant, to ledger: inout Ledger) throws(LedgerError) {
        _ = try ledger.transaction { transaction throws(LedgerError) in
            try transaction.append(kind: .decision, at: moment, bytes: [1])
        }
    }

    @Test func `the latest moment never falls by itself`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        #expect(try ledger.latestMoment() == nil)
        #expect(try ledger.latestMoment(after: noon) == nil)
        for seconds: Int64 in [0, 3600, -3600, 60] { try Self.append(at: noon.adding(seconds: seconds), to: &ledger) }
        #expect(try ledger.latestMoment() == noon.adding(seconds: 3600))
        // Entries keep the order in which they came, and the times that were seen.
        let entries = try ledger.entries(from: 1, limit: 9)
        #expect(entries.map(\.sequence) == [1, 2, 3, 4])
        #expect(entries.map { $0.recordedAt.seconds - noon.seconds } == [0, 3600, -3600, 60])
    }

    @Test func `a clock is behind from one second more than the tolerance`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        try Self.append(at: noon, to: &ledger)
        let tolerance = Ledger.clockTolerance
        #expect(try ledger.latestMoment(after: noon.adding(seconds: -tolerance)) == nil)
        #expect(try ledger.latestMoment(after: noon.adding(seconds: -tolerance - 1)) == noon)
        #expect(try ledger.latestMoment(after: noon.adding(seconds: 86_400)) == nil)
    }

    @Test func `an accepted clock is gone on from`() throws {
        let fixture = try LedgerFixture()
        var ledger = try fixture.open()
        try Self.append(at: noon.adding(seconds: 86_400), to: &ledger)
        try ledger.transaction { transaction throws(LedgerError) in try transaction.acceptClock(noon) }
        #expect(try ledger.latestMoment() == noon)
        #expect(try ledger.latestMoment(after: noon) == nil)
        try Self.append(at: noon.adding(seconds: 1), to: &ledger)
        #expect(try ledger.latestMoment() == noon.adding(seconds: 1))
    }
}
