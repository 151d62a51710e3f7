package import RemitModel

/// What pages are put together from.
extension HTML {
    package static func paragraph(_ content: HTML..., style: Style? = nil) -> HTML {
        .element(.p, style.map { [.style($0)] } ?? [], content)
    }

    /// A value from outside: its blanks are kept, and letters that run from right to left move nothing beside them.
    package static func code(_ text: SafeText) -> HTML { .element(.code, [], [.text(text)]) }

    /// Something to type into a shell.
    package static func command(_ text: SafeText) -> HTML { .element(.pre, [], [.element(.code, [], [.text(text)])]) }

    package static func link(to id: ID, _ content: HTML...) -> HTML {
        .element(.a, [.href(.here(id))], content)
    }

    /// A link to an address from outside, or only its text where it is none that can be followed.
    package static func link(url: String) -> HTML {
        guard let address = Address(url) else { return .code("\(plain: url, limit: Address.sizeAtMost)") }
        return .element(.a, [.href(.elsewhere(address))], [.text(address.text)])
    }

    package static func time(_ instant: Instant) -> HTML { .element(.time, [.time(instant)], ["\(instant)"]) }

    /// What became of something, in a word, with a sign that does without colour.
    package static func badge(_ mark: Mark, _ word: SafeText) -> HTML {
        .element(
            .span, [.mark(mark)], [.element(.span, [.hidden], [.text("\(mark.sign) ")]), .text(word)])
    }

    package static func list(_ items: [[HTML]], style: Style? = nil) -> HTML {
        .element(.ul, style.map { [.style($0)] } ?? [], items.map { .element(.li, [], $0) })
    }

    package static func numbered(_ items: [[HTML]], style: Style? = nil) -> HTML {
        .element(.ol, style.map { [.style($0)] } ?? [], items.map { .element(.li, [], $0) })
    }

    /// Names and what they stand for; a name can have several values.
    package static func facts(_ facts: [(name: SafeText, values: [[HTML]])]) -> HTML {
        let rows: [HTML] = facts.map { fact in
            let values: [HTML] = fact.values.map { .element(.dd, [], $0) }
            return .element(.div, [], [.element(.dt, [], [.text(fact.name)])] + values)
        }
        return .element(.dl, [.style(.facts)], rows)
    }

    /// A table whose first column names the rows; where the page is narrow it scrolls by itself.
    package static func table(_ caption: SafeText, columns: [SafeText], rows: [[HTML]]) -> HTML {
        let head: [HTML] = columns.map { .element(.th, [.scope(.column)], [.text($0)]) }
        let body: [HTML] = rows.map { row in
            .element(
                .tr, [],
                row.enumerated().map { index, cell in
                    index == 0 ? .element(.th, [.scope(.row)], [cell]) : .element(.td, [], [cell])
                })
        }
        let table: HTML = .element(
            .table, [],
            [
                .element(.caption, [], [.text(caption)]),
                .element(.thead, [], [.element(.tr, [], head)]),
                .element(.tbody, [], body),
            ])
        return .element(.div, [.style(.scroll), .group, .focusable, .label(caption)], [table])
    }

    /// Several pieces where one is wanted, such as in a cell.
    package static func joined(_ pieces: HTML...) -> HTML { .element(.span, [], pieces) }

    /// What is seen only when asked for, though always on paper.
    package static func details(_ summary: [HTML], isOpen: Bool = false, _ content: [HTML]) -> HTML {
        .element(.details, isOpen ? [.open] : [], [.element(.summary, [], summary)] + content)
    }

    /// A part with a heading, inside another.
    package static func section(_ id: ID, _ heading: HTML..., style: Style? = nil, content: [HTML]) -> HTML {
        .part(Part(id, heading: heading, style: style, content: content))
    }
}

extension HTML.Mark {
    /// How the outcome of a decision is marked.
    package init(_ outcome: Outcome) {
        self =
            switch outcome {
            case .allowed: .good
            case .refused: .bad
            case .undecided: .unsure
            }
    }
}
