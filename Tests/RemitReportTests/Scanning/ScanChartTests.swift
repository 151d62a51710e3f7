import Foundation
import RemitModel
import RemitTestSupport
import Testing

@testable import RemitReport

@Suite struct ScanChartTests {
    private static func months(_ numbers: [Int]) -> [HistoryScan.Month] {
        numbers.map { ScanSamples.month($0, ["claude-code": 2], noEvidence: 3) }
    }

    @Test(
        arguments: [
            ([24_322], 1, 1, "2026-11", "2026-11"), ([24_312, 24_322], 1, 11, "2026-01", "2026-11"),
            ([24_200, 24_322], 3, 42, "2016 Q3", "2026 Q4"), ([23_640, 24_322], 12, 57, "1970", "2026"),
            ([23_640, 26_399], 60, 46, "1970–1974", "2195–2199"),
        ] as [([Int], Int, Int, String, String)])
    func `a column is a month, or more of them where there are too many`(
        numbers: [Int], span: Int, count: Int, first: String, last: String
    ) throws {
        let timeline = ScanTimeline(Self.months(numbers))
        #expect(timeline.span == span && timeline.columns.count == count)
        #expect(timeline.columns.first?.name.text == first && timeline.columns.last?.name.text == last)
        // Nothing is lost on the way.
        #expect(timeline.columns.map(\.total).reduce(0, +) == numbers.count * 7)
        #expect(timeline.series.map(\.commits).reduce(0, +) == numbers.count * 7)
    }

    @Test func `agents without a colour of their own are counted together`() {
        let agents = Dictionary(uniqueKeysWithValues: (1...9).map { ("agent-\($0)", 10 * $0) })
        let timeline = ScanTimeline([ScanSamples.month(24_322, agents, noEvidence: 5)])
        #expect(
            timeline.series.map { "\($0.colour) \($0.name.text) \($0.commits)" } == [
                "0 no-evidence 5", "8 assistants, bots, weak marks 1", "1 agent-9 90", "2 agent-8 80", "3 agent-7 70",
                "4 agent-6 60", "5 agent-5 50", "6 agent-4 40", "7 other or several agents 61",
            ])
        #expect(timeline.legend.first?.name.text == "agent-9" && timeline.legend.last?.name.text == "no-evidence")
    }

    @Test func `no column is higher than the plot, and what is there is seen`() throws {
        let scan = HistoryScan(
            scope: ScanSamples.scope(), commits: .init(), tools: [],
            months: [ScanSamples.month(24_322, ["claude-code": 1], noEvidence: 999_999)])
        let page = ScanPage(scan, program: "remit").text
        let heights = page.matches(
            of: /<rect data-series="[0-9]" x="[^"]*" width="[^"]*" y="([0-9]+)" height="([0-9]+)"/)
        #expect(heights.count == 4)
        for match in heights {
            let (y, height) = (try #require(Int(match.1)), try #require(Int(match.2)))
            #expect(y >= 0 && height >= 1 && y + height <= 208)
        }
        #expect(page.contains("<text class=\"tick\" x=\"100.00%\" y=\"8\">2000k</text>"))
    }

    /// WCAG 2.2, 1.4.11: what is not text has a contrast of 3 to 1.
    @Test func `every colour of a chart stands out from the ground, light and dark`() throws {
        func light(_ hex: Substring) throws -> Double {
            let number = try #require(Int(hex, radix: 16))
            let bytes: [Int] = [number >> 16, (number >> 8) & 0xFF, number & 0xFF]
            let channels: [Double] = bytes.map { byte in
                let value = Double(byte) / 255
                return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            let (red, green, blue) = (channels[0], channels[1], channels[2])
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue
        }
        let grounds = HTMLPage.css.matches(of: /--ground: #([0-9a-f]{6});/)
        #expect(grounds.count == 2)
        for number in 0...HTML.seriesAtMost {
            let colours = HTMLPage.css.matches(of: try Regex("--series-\(number): #([0-9a-f]{6});"))
            #expect(colours.count == 2 && HTMLPage.css.contains("[data-series=\"\(number)\"]"))
            for (colour, ground) in zip(colours, grounds) {
                let (one, other) = (try light(try #require(colour.output[1].substring)), try light(ground.1))
                let contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
                #expect(contrast >= 3, "series \(number): \(contrast)")
            }
        }
    }
}
