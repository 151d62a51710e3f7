import RemitModel

/// The months of a scan as columns of a chart: what they are made of, and how many months are one column.
struct ScanTimeline {
    /// One colour of the chart.
    struct Series {
        /// The number of its colour.
        let colour: Int
        let name: SafeText
        /// The agent that it stands for alone.
        let agent: String?
        let commits: Int
    }

    struct Column {
        let name: SafeText
        /// In the order of the series.
        let counts: [Int]
        /// Of each agent alone, those too that have no colour of their own.
        let agents: [String: Int]
        var total: Int { counts.reduce(0, +) }
    }

    /// Agents with a colour of their own.
    private static let agentsAtMost = 6
    /// More columns than this cannot be told apart on a telephone.
    private static let columnsAtMost = 72
    /// The colours of the other parts.
    private static let (restColour, otherColour, noColour) = (7, 8, 0)

    /// From the bottom of a column to its top.
    let series: [Series]
    let columns: [Column]
    /// How many months a column has: 1, 3, 12 or more.
    let span: Int

    init(_ months: [HistoryScan.Month]) {
        var totals: [String: Int] = [:]
        for month in months { totals.merge(month.agents, uniquingKeysWith: +) }
        let ranked = totals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        let named = Array(ranked.prefix(Self.agentsAtMost))
        let rest = Set(ranked.dropFirst(Self.agentsAtMost))

        func counts(_ month: HistoryScan.Month) -> [Int] {
            [month.noEvidence, month.assisted + month.bots + month.weak]
                + named.map { month.agents[$0] ?? 0 }
                + [month.agents.filter { rest.contains($0.key) }.values.reduce(month.several, +)]
        }
        let width = 3 + named.count
        let sums = months.map(counts).reduce(Array(repeating: 0, count: width)) { zip($0, $1).map(+) }
        let all: [Series] =
            [
                Series(colour: Self.noColour, name: "no-evidence", agent: nil, commits: sums[0]),
                Series(
                    colour: Self.otherColour, name: "assistants, bots, weak marks", agent: nil, commits: sums[1]),
            ]
            + named.enumerated().map { index, agent in
                Series(colour: index + 1, name: "\(word: agent)", agent: agent, commits: sums[index + 2])
            } + [
                Series(
                    colour: Self.restColour, name: rest.isEmpty ? "several agents" : "other or several agents",
                    agent: nil, commits: sums[width - 1])
            ]
        let present = all.indices.filter { all[$0].commits > 0 }
        series = present.map { all[$0] }

        guard let first = months.first?.number, let last = months.last?.number else {
            (columns, span) = ([], 1)
            return
        }
        let length = last - first + 1
        let span = [1, 3, 12].first { (length + $0 - 1) / $0 < Self.columnsAtMost } ?? 60
        let start = first / span
        var parts = Array(repeating: Array(repeating: 0, count: present.count), count: last / span - start + 1)
        var agents = Array(repeating: [String: Int](), count: parts.count)
        for month in months {
            let (place, whole) = (month.number / span - start, counts(month))
            parts[place] = zip(parts[place], present.map { whole[$0] }).map(+)
            agents[place].merge(month.agents, uniquingKeysWith: +)
        }
        self.span = span
        columns = parts.indices.map { index in
            Column(name: Self.name((start + index) * span, span), counts: parts[index], agents: agents[index])
        }
    }

    private static func name(_ month: Int, _ span: Int) -> SafeText {
        switch span {
        case 1: "\(plain: HistoryScan.Month.name(of: month))"
        case 3: "\(month / 12) Q\(month % 12 / 3 + 1)"
        case 12: "\(month / 12)"
        default: "\(month / 12)–\((month + span - 1) / 12)"
        }
    }

    /// The series as they are named: agents with the most commits first, then what is no one agent's.
    var legend: [Series] {
        series.filter { $0.agent != nil } + series.filter { $0.agent == nil }.reversed()
    }

    /// What one column stands for.
    var unit: SafeText {
        switch span {
        case 1: "month"
        case 3: "quarter"
        case 12: "year"
        default: "\(span / 12) years"
        }
    }
}
