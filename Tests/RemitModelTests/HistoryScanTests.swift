import RemitModel
import Testing

@Suite struct HistoryScanTests {
    @Test(
        arguments: [
            (0, "1970-01"), (1_795_165_200, "2026-11"), (1_798_761_599, "2026-12"), (1_798_761_600, "2027-01"),
            (951_782_400, "2000-02"), (7_258_118_399, "2199-12"),
        ] as [(Int64, String)])
    func `a moment lies in its month`(seconds: Int64, name: String) throws {
        let number = try #require(HistoryScan.Month.number(of: Instant(seconds: seconds)))
        #expect(HistoryScan.Month.name(of: number) == name)
        #expect(Instant(seconds: seconds).description.hasPrefix(name))
    }

    @Test(arguments: [-1, Int64.min, 7_258_118_400, Int64.max])
    func `no clock of a committer shows such a moment`(seconds: Int64) {
        #expect(HistoryScan.Month.number(of: Instant(seconds: seconds)) == nil)
    }

    @Test func `the ends of a span do not depend on the order of reading`() throws {
        let ids = try [1, 2, 3, 4].map { try #require(ObjectID(hex: String(repeating: "\($0)", count: 40))) }
        let commits = [(ids[3], 50), (ids[0], 50), (ids[2], 90), (ids[1], 90)].map { ($0.0, Int64($0.1)) }
        for order in [commits, commits.reversed()] {
            var span = HistoryScan.Span(order[0].0, at: Instant(seconds: order[0].1))
            for (id, seconds) in order.dropFirst() { span.add(id, at: Instant(seconds: seconds)) }
            #expect(span.first.at == Instant(seconds: 50) && span.first.commit == ids[0])
            #expect(span.last.at == Instant(seconds: 90) && span.last.commit == ids[1])
        }
    }
}
