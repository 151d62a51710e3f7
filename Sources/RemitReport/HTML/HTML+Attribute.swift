package import RemitModel

extension HTML {
    package enum Attribute: Hashable, Sendable {
        case id(ID)
        case style(Style)
        case mark(Mark)
        case href(Link)
        /// What a table's heading stands above or beside.
        case scope(Scope)
        case time(Instant)
        /// What is said of a piece that shows no words.
        case label(SafeText)
        case labelledBy(ID)
        case describedBy(ID)
        /// Which of the colours it has that stand for the parts of a whole; 0 is what is not told apart.
        case series(Int)
        /// Said by the words beside it already.
        case hidden
        /// A picture, named by its label.
        case picture
        /// Can be moved to with the keyboard, since it scrolls.
        case focusable
        /// A group of its own, named by its label.
        case group
        /// Shows its details at once.
        case open
        case measure(Dimension, Measure)

        package enum Scope: String, Hashable, Sendable {
            case row
            case column = "col"
        }

        /// The names of SVG's geometry.
        package enum Dimension: String, Hashable, Sendable {
            case x
            case y
            case width
            case height
            case radius = "r"
            case rounding = "rx"
            case centreX = "cx"
            case centreY = "cy"
            case fromX = "x1"
            case fromY = "y1"
            case toX = "x2"
            case toY = "y2"
        }

        /// A length in SVG.
        package enum Measure: Hashable, Sendable {
            case pixels(Int)
            /// Hundredths of a per cent of the picture's width or height.
            case share(Int)

            var text: SafeText {
                switch self {
                case .pixels(let pixels): return "\(pixels)"
                case .share(let share):
                    let (whole, rest) = max(0, share).quotientAndRemainder(dividingBy: 100)
                    return rest < 10 ? "\(whole).0\(rest)%" : "\(whole).\(rest)%"
                }
            }
        }
    }

    /// The classes that `HTMLPage.css` gives a look.
    package enum Style: String, Hashable, Sendable, CaseIterable {
        /// The answer, first on the page.
        case lead
        /// A box of its own.
        case card
        /// Names and values side by side.
        case facts
        /// A table that scrolls where the page is narrow.
        case scroll
        /// A row of short pieces.
        case row
        /// One after another, on a line that leads through time.
        case timeline
        /// What lasted, drawn on a common scale of time.
        case scale
        /// From where to where the scale reaches.
        case axis
        /// The time in which something held, and in which less of it did.
        case span
        case rest
        /// Columns that are made of parts, over time.
        case chart
        /// What a line of a chart's scale stands for.
        case tick
        /// The colour of a part, beside its name.
        case swatch
        /// The few numbers that sum the page up.
        case figures
        /// Beside what matters.
        case quiet
        /// Numbers, aligned on the right.
        case number
    }

    /// The colours that `HTMLPage.css` has for the parts of a whole, besides that of 0.
    package static let seriesAtMost = 8

    /// What became of something: a sign and a colour, always beside the word.
    package enum Mark: String, Hashable, Sendable, CaseIterable {
        case good
        case bad
        case unsure
        case special
        case plain

        var sign: SafeText {
            switch self {
            case .good: "✓"
            case .bad: "✗"
            case .unsure: "?"
            case .special: "!"
            case .plain: "•"
            }
        }
    }
}

extension HTML.Attribute {
    private var pair: (name: String, value: SafeText) {
        switch self {
        case .id(let id): ("id", id.text)
        case .style(let style): ("class", Self.word(style))
        case .mark(let mark): ("data-mark", Self.word(mark))
        case .href(let link): ("href", link.text)
        case .scope(let scope): ("scope", Self.word(scope))
        case .time(let instant): ("datetime", "\(instant)")
        case .label(let text): ("aria-label", text)
        case .labelledBy(let id): ("aria-labelledby", id.text)
        case .describedBy(let id): ("aria-describedby", id.text)
        case .series(let number): ("data-series", "\(number)")
        case .hidden: ("aria-hidden", "true")
        case .picture: ("role", "img")
        case .focusable: ("tabindex", "0")
        case .group: ("role", "group")
        case .open: ("open", "")
        case .measure(let dimension, let measure): (dimension.rawValue, measure.text)
        }
    }

    /// Every name is ours, every value is escaped and stands in double quotes.
    func write(to out: inout String) {
        out += " \(pair.name)=\"\(Escapes.markup.text(pair.value))\""
        // An address elsewhere learns nothing of the page that led to it.
        if case .href(.elsewhere) = self { out += " rel=\"noopener noreferrer\"" }
    }

    private static func word(_ name: some RawRepresentable<String>) -> SafeText {
        "\(word: name.rawValue)"
    }
}
