import RemitModel

/// The timeline of a scan, drawn: all commits in stacked columns, then each agent on a scale of its own.
struct ScanChart {
    private let timeline: ScanTimeline
    private let agents: [HistoryScan.Tool]

    /// The plot's height and what is above it, in pixels.
    private static let (height, top) = (200, 8)
    private static let labelHeight = 24
    private static let laneHeight = 28
    /// How far the columns reach, in hundredths of a per cent; to the right of them stands the scale.
    private static let plotWidth = 9_000
    private static let labelsAtMost = 5
    /// Agents with a line of their own; the tables have all.
    private static let lanesAtMost = 16

    init(_ scan: HistoryScan) {
        timeline = ScanTimeline(scan.months)
        agents = scan.agents
    }

    var content: [HTML] {
        guard !timeline.columns.isEmpty else {
            return [.paragraph("No commit claims a date that lies in any month.", style: .quiet)]
        }
        return [legend, stack] + lanes + [numbers]
    }

    // MARK: Colours

    private var legend: HTML {
        .list(
            timeline.legend.map { series in
                [swatch(series.colour), .text(" \(series.name) "), .element(.strong, [], [.text("\(series.commits)")])]
            }, style: .row)
    }

    private func swatch(_ colour: Int) -> HTML {
        .element(
            .svg, [.style(.swatch), .hidden],
            [
                .element(
                    .rect,
                    [
                        .series(colour), .measure(.width, .share(10_000)), .measure(.height, .share(10_000)),
                        .measure(.rounding, .pixels(2)),
                    ])
            ])
    }

    private func colour(of agent: String) -> Int {
        timeline.series.first { $0.agent == agent }?.colour ?? timeline.series.last?.colour ?? 0
    }

    // MARK: Columns

    /// A round number that no column exceeds.
    private static func ceiling(_ most: Int) -> Int {
        var step = 1
        while true {
            for factor in [1, 2, 4, 6, 8] where factor * step >= most { return factor * step }
            step *= 10
        }
    }

    private var stack: HTML {
        let (title, description) = (HTML.ID("chart-title"), HTML.ID("chart-description"))
        let most = timeline.columns.map(\.total).max() ?? 1
        let ceiling = Self.ceiling(most)
        let first = timeline.columns.first?.name ?? ""
        let last = timeline.columns.last?.name ?? ""
        let words: [HTML] = [
            .element(.title, [.id(title)], [.text("Commits by \(timeline.unit), by who left a mark in them")]),
            .element(
                .desc, [.id(description)],
                [
                    .text(
                        """
                        Stacked columns from \(first) to \(last): no-evidence at the bottom, agents above. The most in \
                        one \(timeline.unit) are \(most) commits. The table below has the same numbers.
                        """)
                ]),
        ]
        return .element(
            .div, [.style(.chart)],
            [
                .element(
                    .svg,
                    [
                        .picture, .labelledBy(title), .describedBy(description), .measure(.width, .share(10_000)),
                        .measure(.height, .pixels(Self.top + Self.height + Self.labelHeight)),
                    ], words + scale(ceiling) + timeline.columns.indices.map { column($0, ceiling) } + labels)
            ])
    }

    private func scale(_ ceiling: Int) -> [HTML] {
        [0, ceiling / 2, ceiling].filter { $0 == 0 || $0 != ceiling / 2 || ceiling > 1 }.flatMap { value -> [HTML] in
            let y = HTML.Attribute.Measure.pixels(Self.top + Self.height - value * Self.height / ceiling)
            return [
                .element(
                    .line,
                    [
                        .measure(.fromX, .share(0)), .measure(.toX, .share(Self.plotWidth)), .measure(.fromY, y),
                        .measure(.toY, y),
                    ]),
                .element(
                    .text, [.style(.tick), .measure(.x, .share(10_000)), .measure(.y, y)], [.text(Self.short(value))]),
            ]
        }
    }

    private static func short(_ value: Int) -> SafeText {
        value >= 1_000 && value.isMultiple(of: 100)
            ? (value.isMultiple(of: 1_000) ? "\(value / 1_000)k" : "\(value / 1_000).\(value % 1_000 / 100)k")
            : "\(value)"
    }

    /// From where to where a column reaches, with a gap where there is room for one.
    private func place(_ index: Int) -> (left: Int, width: Int) {
        let count = timeline.columns.count
        let (left, right) = (index * Self.plotWidth / count, (index + 1) * Self.plotWidth / count)
        let width = min(right - left, 600)
        return (left + (right - left - width) / 2, max(1, width * 85 / 100))
    }

    private func column(_ index: Int, _ ceiling: Int) -> HTML {
        let column = timeline.columns[index]
        let (left, width) = place(index)
        var (below, bottom) = (0, 0)
        var pieces: [HTML] = [.element(.title, [], [.text(words(column))])]
        for (series, count) in zip(timeline.series, column.counts) where count > 0 {
            below += count
            // What is there is seen: one pixel at least.
            let upper = max(bottom + 1, below * Self.height / ceiling)
            pieces.append(
                .element(
                    .rect,
                    [
                        .series(series.colour), .measure(.x, .share(left)), .measure(.width, .share(width)),
                        .measure(.y, .pixels(Self.top + Self.height - upper)),
                        .measure(.height, .pixels(upper - bottom)),
                    ]))
            bottom = upper
        }
        return .element(.g, [], pieces)
    }

    private func words(_ column: ScanTimeline.Column) -> SafeText {
        let parts: [SafeText] = zip(timeline.series, column.counts).filter { $0.1 > 0 }.reversed()
            .map { "\($0.0.name) \($0.1)" }
        return
            "\(column.name): \(ScanWords.counted(column.total, "commit", "commits")). \(SafeText.joined(parts, by: ", "))"
    }

    private var labels: [HTML] {
        let count = timeline.columns.count
        let shown = min(count, Self.labelsAtMost)
        return (0..<shown).map { number in
            let index = shown == 1 ? 0 : number * (count - 1) / (shown - 1)
            let (left, width) = place(index)
            let centre = min(Self.plotWidth - 500, max(500, left + width / 2))
            return .element(
                .text,
                [
                    .measure(.x, .share(centre)),
                    .measure(.y, .pixels(Self.top + Self.height + Self.labelHeight / 2 + 2)),
                ],
                [.text(timeline.columns[index].name)])
        }
    }

    // MARK: Lanes

    private var lanes: [HTML] {
        let lanes = agents.prefix(Self.lanesAtMost).compactMap(lane)
        guard !lanes.isEmpty, let first = timeline.columns.first, let last = timeline.columns.last else { return [] }
        let ends: HTML = .element(
            .div, [.style(.axis)], [.element(.span, [], [.text(first.name)]), .element(.span, [], [.text(last.name)])])
        let left = agents.count - min(agents.count, Self.lanesAtMost)
        let more: [HTML] =
            left > 0 ? [.paragraph(.text("And \(left) more, in the table of agents."), style: .quiet)] : []
        return [
            .paragraph("Each agent on a scale of its own, where it is the only one in a commit:", style: .quiet),
            .element(.div, [.style(.scale)], lanes + [ends]),
        ] + more
    }

    private func lane(_ tool: HistoryScan.Tool) -> HTML? {
        let counts = timeline.columns.map { $0.agents[tool.id] ?? 0 }
        guard let most = counts.max(), most > 0, let peak = counts.firstIndex(of: most) else { return nil }
        let colour = colour(of: tool.id)
        let bars: [HTML] = counts.indices.filter { counts[$0] > 0 }.map { index in
            let (total, height) = (counts.count, max(2, counts[index] * (Self.laneHeight - 4) / most))
            let (left, right) = (index * 10_000 / total, (index + 1) * 10_000 / total)
            return .element(
                .rect,
                [
                    .series(colour), .measure(.x, .share(left)),
                    .measure(.width, .share(max(20, (right - left) * 85 / 100))),
                    .measure(.y, .pixels(Self.laneHeight - 2 - height)), .measure(.height, .pixels(height)),
                ])
        }
        return .element(
            .div, [],
            [
                .element(
                    .div, [],
                    [
                        .code("\(word: tool.id)"),
                        .element(.span, [.style(.quiet)], [.text(" \(counts.reduce(0, +))")]),
                    ]),
                .element(
                    .svg,
                    [
                        .picture,
                        .label(
                            """
                            \(word: tool.id): \(counts.reduce(0, +)) alone, most in \
                            \(timeline.columns[peak].name), \(most)
                            """), .measure(.width, .share(10_000)), .measure(.height, .pixels(Self.laneHeight)),
                    ], bars),
            ])
    }

    // MARK: Numbers

    private var numbers: HTML {
        let names = timeline.series.reversed().map(\.name)
        return .details(
            [.text("The same in numbers")],
            [
                .table(
                    "Commits by \(timeline.unit) that their committers claim", columns: [" ", "all"] + names,
                    rows: timeline.columns.reversed().map { column in
                        [.text(column.name), .text("\(column.total)")] + column.counts.reversed().map { .text("\($0)") }
                    })
            ])
    }
}
