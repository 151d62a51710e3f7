/// A channel's escaping: the ASCII characters that mean something to it, and what stands for each.
///
/// Given to text that is `SafeText` already, so control characters, line breaks, and `##` have become visible before.
struct Escapes: Sendable {
    private let replacements: [Unicode.Scalar: String]

    init(_ replacements: [Unicode.Scalar: String]) {
        self.replacements = replacements
    }

    func text(_ text: SafeText) -> String { self.text(shown: text.text) }

    /// Text that `Escaping` has made.
    func text(shown text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            if let replacement = replacements[scalar] {
                out += replacement
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// Lines as one value: the channel has a way to write LF, or a blank has to do.
    func text(_ lines: [SafeText]) -> String {
        text(shown: lines.map(\.text).joined(separator: "\n"))
    }
}

extension Escapes {
    /// XML 1.0 and HTML, between tags and in quoted attributes; backtick and bar for HTML inside Markdown tables and code.
    static let markup = Escapes([
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;", "`": "&#96;", "|": "&#124;",
    ])
}
