import RemitModel
import RemitTestSupport
import Testing

@testable import RemitReport

/// The form of HTML, piece by piece.
@Suite struct HTMLTests {
    private func written(_ pieces: HTML...) -> String {
        var out = ""
        HTML.write(pieces, to: &out)
        return out
    }

    @Test func `text and attributes are escaped, and what cannot be seen is written out`() {
        let hostile = "<b title='x'>&amp;\"`|\u{202e}\u{0}"
        #expect(
            written(.paragraph("said: \(plain: hostile)"))
                == "<p>said: &lt;b title=&#39;x&#39;&gt;&amp;amp;&quot;&#96;&#124;\\u{202e}\\x00</p>\n")
        #expect(
            written(.element(.span, [.label("\(plain: hostile)")]))
                == "<span aria-label=\"&lt;b title=&#39;x&#39;&gt;&amp;amp;&quot;&#96;&#124;\\u{202e}\\x00\"></span>")
    }

    @Test func `a part's heading has the level of its depth, and names it`() {
        let inner = HTML.section(HTML.ID("entry", 0, 12), "Inner", content: [])
        let outer = HTML.section(HTML.ID("outer"), "Outer", style: .card, content: [inner])
        #expect(
            written(outer) == """
                <section id="outer" aria-labelledby="heading-outer" class="card"><h2 id="heading-outer">Outer</h2>
                <section id="entry-0-12" aria-labelledby="heading-entry-0-12"><h3 id="heading-entry-0-12">Inner</h3>
                </section>
                </section>

                """)
        #expect(
            written((0..<9).reduce(outer) { nested, _ in .section(HTML.ID("x"), "x", content: [nested]) })
                .contains("<h6 id=\"heading-outer\">Outer</h6>"))
    }

    @Test func `a badge says in a word what its colour says`() {
        #expect(
            written(.badge(HTML.Mark(.refused), "refused"))
                == "<span data-mark=\"bad\"><span aria-hidden=\"true\">✗ </span>refused</span>")
        #expect(Set(HTML.Mark.allCases.map(\.sign)).count == HTML.Mark.allCases.count)
    }

    @Test func `a table names its columns, its rows and itself`() {
        #expect(
            written(.table("Limits", columns: ["limit", "used"], rows: [["commits", "3"]])) == """
                <div class="scroll" role="group" tabindex="0" aria-label="Limits"><table><caption>Limits</caption>
                <thead><tr><th scope="col">limit</th>
                <th scope="col">used</th>
                </tr>
                </thead>
                <tbody><tr><th scope="row">commits</th>
                <td>3</td>
                </tr>
                </tbody>
                </table>
                </div>

                """)
    }

    @Test(arguments: [(0, "0.00%"), (5, "0.05%"), (1234, "12.34%"), (10_000, "100.00%"), (-7, "0.00%")])
    func `a share is written with two digits`(share: Int, text: String) {
        #expect(written(.element(.rect, [.measure(.x, .share(share))])) == "<rect x=\"\(text)\"></rect>\n")
    }

    @Test(arguments: [
        "https://ci.example.org/runs/7?attempt=2#step:1", "https://ci.example.org:8443/a%20b/(c)/'d'",
        "https://xn--bcher-kva.example/", "https://10.0.0.1",
    ])
    func `an https address is a link that gives nothing away`(url: String) {
        let shown = Escapes.markup.text(shown: url)
        #expect(
            written(.link(url: url)) == "<a href=\"\(shown)\" rel=\"noopener noreferrer\">\(shown)</a>")
    }

    @Test(arguments: [
        "http://ci.example.org/", "javascript:alert(1)", "data:text/html,x", "HTTPS://ci.example.org/", "https://",
        "https:///x", "https://git.example.org@evil.example/", "https://git.example.org:x@evil.example/",
        "https://ci.example.org/ x", "https://ci.example.org/\" onclick=\"x", "https://ci.example.org/<b>",
        "https://ci.example.org\\@evil.example/", "https://bücher.example/", "https://ci.example.org/\u{202e}",
        "https://ci.example.org/\u{0}", "https://ci.example.org/##vso[x]", "//ci.example.org/", "/etc/passwd", "",
        "https://ci.example.org/" + String(repeating: "x", count: 1024), "https://.example/", "https://[::1]/",
    ])
    func `any other address is shown and leads nowhere`(url: String) {
        #expect(HTML.Address(url) == nil)
        #expect(written(.link(url: url)).hasPrefix("<code>"))
    }

    @Test func `an id is a word and numbers`() {
        #expect(
            written(.link(to: HTML.ID("entry", 1, 42), "decision 42")) == "<a href=\"#entry-1-42\">decision 42</a>")
    }
}
