import RemitModel
import Testing

@Suite struct InstantTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-20T09:00:00Z", 1_795_165_200), ("2000-02-29T23:59:59Z", 951_868_799),
            ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] as [(String, Int64)])
    func `reads and prints the same text`(text: String, seconds: Int64) {
        #expect(Instant(text) == Instant(seconds: seconds))
        #expect(Instant(seconds: seconds).description == text)
    }

    @Test(arguments: [
        "2026-11-20T09:00:00", "2026-11-20 09:00:00Z", "2026-11-20T09:00:00+00:00", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T09:00:60Z", "2026-11-20T09:00:00.0Z", "",
    ])
    func `refuses another spelling or an impossible date`(text: String) {
        #expect(Instant(text) == nil)
    }
}
