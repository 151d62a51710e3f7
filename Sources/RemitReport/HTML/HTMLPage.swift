/// A whole document that can be mailed, filed and printed.
///
/// It is one file without a script, and the browser is told to refuse any, together with everything from elsewhere:
/// the policy allows the one style sheet, by its digest (https://www.w3.org/TR/CSP3/).
package struct HTMLPage: Hashable, Sendable {
    private let title: SafeText
    private let heading: [HTML]
    private let lead: [HTML]
    private let parts: [HTML.Part]
    private let closing: [HTML]

    /// - Parameters:
    ///   - title: What the browser's window is called.
    ///   - heading: The one heading of level 1; the title where it is empty.
    ///   - lead: What stands first, before the parts.
    ///   - parts: Each with a heading of level 2, listed as contents where there are several.
    ///   - closing: What stands below: what made the page, and from what.
    package init(
        title: SafeText, heading: [HTML] = [], lead: [HTML], parts: [HTML.Part], closing: [HTML]
    ) {
        self.title = title
        self.heading = heading
        self.lead = lead
        self.parts = parts
        self.closing = closing
    }

    static let policy =
        "default-src 'none'; style-src 'sha256-\(cssDigest)'; base-uri 'none'; form-action 'none'"

    package var text: String {
        var out = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>\(Escapes.markup.text(title))</title>
            <style>\(Self.css)</style>
            </head>
            <body>
            <header>
            <h1>
            """
        HTML.write(heading.isEmpty ? [.text(title)] : heading, to: &out)
        out += "</h1>\n"
        HTML.write(lead, to: &out)
        out += "</header>\n"
        if parts.count > 1 { writeContents(to: &out) }
        out += "<main>\n"
        HTML.write(parts.map(HTML.part), to: &out)
        out += "</main>\n<footer>\n"
        HTML.write(closing, to: &out)
        out += "</footer>\n</body>\n</html>\n"
        return out
    }

    private func writeContents(to out: inout String) {
        out += "<nav aria-label=\"Contents\">\n"
        let links: [[HTML]] = parts.map { [.element(.a, [.href(.here($0.id))], $0.heading)] }
        HTML.write([.list(links, style: .row)], to: &out)
        out += "</nav>\n"
    }
}
