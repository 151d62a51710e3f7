/// A piece of an HTML page, as a value.
///
/// Text and the values of attributes are `SafeText`, which the one renderer escapes once more for HTML; tags, classes
/// and ids are lists of ours, and an address is a place on the page or an `https` URL. So nothing that came from a
/// commit, a pusher or a record can become markup: there is no way to say it.
package indirect enum HTML: Hashable, Sendable {
    case text(SafeText)
    case element(Tag, [Attribute] = [], [HTML] = [])
    /// A part with a heading, whose level follows from how deep the part stands.
    case part(Part)

    package struct Part: Hashable, Sendable {
        package let id: ID
        package let heading: [HTML]
        package let content: [HTML]
        package let style: Style?

        package init(_ id: ID, _ heading: HTML..., style: Style? = nil, content: [HTML]) {
            self.init(id, heading: heading, style: style, content: content)
        }

        package init(_ id: ID, heading: [HTML], style: Style? = nil, content: [HTML]) {
            self.id = id
            self.heading = heading
            self.style = style
            self.content = content
        }
    }

    /// The elements that a page of ours is made of; what is part of every page is written by `HTMLPage` alone.
    package enum Tag: String, Hashable, Sendable, CaseIterable {
        case a
        case caption
        case code
        case dd
        case details
        case div
        case dl
        case dt
        case em
        case li
        case ol
        case p
        case pre
        case span
        case strong
        case summary
        case table
        case tbody
        case td
        case th
        case thead
        case time
        case tr
        case ul
        // SVG, in the same document: https://www.w3.org/TR/SVG2/
        case svg
        case circle
        case desc
        case g
        case line
        case rect
        case text
        case title

        /// Whether a line break may follow it without being seen.
        fileprivate var isBlock: Bool {
            switch self {
            case .a, .code, .em, .span, .strong, .time: false
            default: true
            }
        }
    }
}

extension HTML {
    /// An element's id, or where on the page a link leads: a word of ours and numbers, such as `entry-0-12`.
    package struct ID: Hashable, Sendable {
        let text: SafeText

        package init(_ word: StaticString, _ numbers: Int...) {
            let parts: [SafeText] = [SafeText(stringLiteral: word)] + numbers.map { "\($0)" }
            text = SafeText.joined(parts, by: "-")
        }
    }
}

extension HTML: ExpressibleByStringInterpolation {
    package init(stringLiteral value: StaticString) {
        self = .text(SafeText(stringLiteral: value))
    }

    package init(stringInterpolation: SafeText.Interpolation) {
        self = .text(SafeText(stringInterpolation: stringInterpolation))
    }
}

// MARK: Rendering

extension HTML {
    /// The level of a part that stands in no other: the page's title is the one heading of level 1.
    static let firstLevel = 2
    private static let lastLevel = 6

    static func write(_ pieces: [HTML], level: Int = firstLevel, to out: inout String) {
        for piece in pieces { piece.write(level: level, to: &out) }
    }

    private func write(level: Int, to out: inout String) {
        switch self {
        case .text(let text):
            out += Escapes.markup.text(text)
        case .element(let tag, let attributes, let content):
            Self.open(tag.rawValue, attributes, to: &out)
            Self.write(content, level: level, to: &out)
            Self.close(tag.rawValue, to: &out)
            if tag.isBlock { out += "\n" }
        case .part(let part):
            // The name of the part, for those who hear the page: its heading.
            let heading = "h\(min(level, Self.lastLevel))"
            let name = ID("heading", of: part.id)
            Self.open("section", [.id(part.id), .labelledBy(name)] + (part.style.map { [.style($0)] } ?? []), to: &out)
            Self.open(heading, [.id(name)], to: &out)
            Self.write(part.heading, level: level, to: &out)
            Self.close(heading, to: &out)
            out += "\n"
            Self.write(part.content, level: level + 1, to: &out)
            Self.close("section", to: &out)
            out += "\n"
        }
    }

    private static func open(_ name: String, _ attributes: [Attribute], to out: inout String) {
        out += "<\(name)"
        for attribute in attributes { attribute.write(to: &out) }
        out += ">"
    }

    private static func close(_ name: String, to out: inout String) {
        out += "</\(name)>"
    }
}

extension HTML.ID {
    fileprivate init(_ word: SafeText, of other: HTML.ID) {
        text = "\(word)-\(other.text)"
    }
}
