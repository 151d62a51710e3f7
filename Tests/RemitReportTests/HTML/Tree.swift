import Foundation
import RemitModel

@testable import RemitReport

/// An HTML tree as lines, said twice: from the value it was made of, and by Python's `html.parser` from the text.
enum Tree {
    /// Reads `0.html` and so on; a line with the byte 1 stands between pages.
    static let reader = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Scripts/htmltree.py").path

    /// The whole page: what every page has, around the pieces, which are the lead, the contents, two parts, the closing.
    static func page(_ title: SafeText, _ pieces: [HTML]) -> [String] {
        var lines = [
            "declaration DOCTYPE html", "<html lang=\"en\"", "<head", "<meta charset=\"utf-8\"",
            "<meta http-equiv=\"Content-Security-Policy\" content=\(json(HTMLPage.policy))",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"",
            "<meta name=\"referrer\" content=\"no-referrer\"", "<meta name=\"color-scheme\" content=\"light dark\"",
            "<title", "text \(json(title.text))", "</title", "<style",
            "text \(json(trimmed(HTMLPage.css)))", "</style", "</head", "<body", "<header", "<h1",
            "text \(json(title.text))", "</h1",
        ]
        lines += self.lines([pieces[0]]) + ["</header", "<nav aria-label=\"Contents\""] + self.lines([pieces[1]])
        lines +=
            ["</nav", "<main"] + self.lines(Array(pieces[2...3])) + ["</main", "<footer"] + self.lines([pieces[4]])
        return lines + ["</footer", "</body", "</html"]
    }

    static func lines(_ pieces: [HTML], level: Int = 2) -> [String] {
        var lines: [String] = []
        var words = ""
        func flush() {
            if !trimmed(words).isEmpty { lines.append("text \(json(trimmed(words)))") }
            words = ""
        }
        for piece in pieces {
            switch piece {
            case .text(let text): words += text.text
            case .element(let tag, let attributes, let content):
                flush()
                lines.append("<\(tag.rawValue)" + attributes.map { " \(self.attribute($0))" }.joined())
                lines += self.lines(content, level: level) + ["</\(tag.rawValue)"]
            case .part(let part):
                flush()
                let name = "heading-\(part.id.text.text)"
                let style = part.style.map { " class=\"\($0.rawValue)\"" } ?? ""
                lines.append("<section id=\"\(part.id.text.text)\" aria-labelledby=\"\(name)\"\(style)")
                lines += ["<h\(level) id=\"\(name)\""] + self.lines(part.heading) + ["</h\(level)"]
                lines += self.lines(part.content, level: level + 1) + ["</section"]
            }
        }
        flush()
        return lines
    }

    private static func attribute(_ attribute: HTML.Attribute) -> String {
        switch attribute {
        case .id(let id): "id=\(json(id.text.text))"
        case .style(let style): "class=\(json(style.rawValue))"
        case .mark(let mark): "data-mark=\(json(mark.rawValue))"
        case .href(.here(let id)): "href=\(json("#" + id.text.text))"
        case .href(.elsewhere(let address)): "href=\(json(address.text.text)) rel=\"noopener noreferrer\""
        case .scope(let scope): "scope=\(json(scope.rawValue))"
        case .time(let instant): "datetime=\(json(instant.description))"
        case .label(let text): "aria-label=\(json(text.text))"
        case .labelledBy(let id): "aria-labelledby=\(json(id.text.text))"
        case .describedBy(let id): "aria-describedby=\(json(id.text.text))"
        case .series(let number): "data-series=\(json(String(number)))"
        case .hidden: "aria-hidden=\"true\""
        case .picture: "role=\"img\""
        case .focusable: "tabindex=\"0\""
        case .group: "role=\"group\""
        case .open: "open=\"\""
        case .measure(let dimension, let measure): "\(dimension.rawValue)=\(json(measure.text.text))"
        }
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first == "\n" { text.removeFirst() }
        while text.last == "\n" { text.removeLast() }
        return String(text)
    }

    /// As Python's `json.dumps` writes it: ASCII, with escapes in lower case and short ones where there are any.
    private static func json(_ text: String) -> String {
        "\""
            + text.utf16.map { unit in
                switch unit {
                case 0x22: "\\\""
                case 0x5C: "\\\\"
                case 0x0A: "\\n"
                case 0x20..<0x7F: String(decoding: [UInt8(truncatingIfNeeded: unit)], as: UTF8.self)
                default:
                    "\\u" + String(repeating: "0", count: 4 - String(unit, radix: 16).count) + String(unit, radix: 16)
                }
            }.joined() + "\""
    }
}
