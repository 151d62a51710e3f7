import RemitModel
import RemitTestSupport
import Testing

@testable import RemitReport

/// Whole pages, with hostile text in every place that takes any, read back by a parser that is not ours.
@Suite struct HTMLPageTests {
    private static let texts =
        Hostile.texts
        + [
            "</style><script>alert(1)</script>", "</title><script>alert(1)</script>", "<!-- ", "-->", "--!>",
            "<![CDATA[",
            "\" onmouseover=\"alert(1)", "' autofocus onfocus='alert(1)", "` onload=`", "x onclick=alert(1) y",
            "</main></body></html><h1>owned</h1>", "<svg/onload=alert(1)>", "</svg><img src=x>", "&lt;b&gt;",
            "&#60;b&#62;",
            "&", "&amp", "<", ">", "<a", "</", "<?php ?>", "<!DOCTYPE html>", "javascript:alert(1)",
            "https://e.test/\"onclick=x", "https://e.test/'onclick=x", "<base href=https://e.test/>",
            "<meta http-equiv=refresh content=0>", "<plaintext>", "<textarea>", "<template>", "{{7*7}}", "</pre>",
            "</code>",
            "\u{FEFF}", "\u{85}", "\r\n", "\t", "\u{2066}<b>\u{2069}", "شركة", "a  b",
        ].map { Array($0.utf8) } + [[0x3C, 0x00, 0x73], [0xC0, 0xBC], [0xE0, 0x80, 0xBC], [0x3C, 0xFF, 0x62]]

    /// A page with the text in every place there is, and the pieces that stand in its body.
    private static func page(_ bytes: [UInt8]) -> (page: HTMLPage, pieces: [HTML]) {
        let raw = ByteString(bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        let said: HTML = "\(quoted: raw) \(word: raw) \(plain: text) \(cell: text, 9)"
        let inside: [HTML] = HTML.Tag.allCases.map { tag in .element(tag, [.label("\(plain: text)")], [said]) }
        let part = HTML.Part(
            HTML.ID("kit"), said, style: .card,
            content: inside + [
                .link(url: text), .link(url: "https://e.test/" + text), .code("\(word: raw)"),
                .command("git log \(word: raw)"), .badge(.bad, "\(word: raw)"), .list([[said]], style: .row),
                .numbered([[said]]), .facts([(name: "\(word: raw)", values: [[said], [said]])]),
                .table("\(plain: text)", columns: ["\(word: raw)"], rows: [[said, said]]),
                .details([said], isOpen: true, [said]), .link(to: HTML.ID("other"), said),
                .section(HTML.ID("inner"), said, content: [.paragraph(said, style: .quiet)]),
            ])
        let other = HTML.Part(HTML.ID("other"), said, content: [])
        let page = HTMLPage(title: "\(word: raw)", lead: [said], parts: [part, other], closing: [said])
        let contents: [[HTML]] = [part, other].map { [.element(.a, [.href(.here($0.id))], $0.heading)] }
        return (page, [said, .list(contents, style: .row), .part(part), .part(other), said])
    }

    @Test func `another parser sees what was meant and nothing else`() throws {
        let directory = try TemporaryDirectory()
        var meant: [String] = []
        for (number, bytes) in Self.texts.enumerated() {
            let (page, pieces) = Self.page(bytes)
            try directory.write(Array(page.text.utf8), to: "\(number).html")
            let title: SafeText = "\(word: ByteString(bytes))"
            meant.append(Tree.page(title, pieces).joined(separator: "\n"))
        }
        let output = try spawn(
            ["python3", Tree.reader, String(Self.texts.count)], environment: HermeticGit.environment(home: "/"),
            directory: directory.path)
        let seen = output.text.split(separator: "\u{1}\n", omittingEmptySubsequences: false).map(String.init)
        #expect(output.status == 0, "\(output.errorText.suffix(500))")
        try #require(seen.count == meant.count)
        for (number, pair) in zip(seen, meant).enumerated() {
            let (seen, meant) = (pair.0.split(separator: "\n"), pair.1.split(separator: "\n"))
            let first = zip(seen, meant).first { $0 != $1 }
            #expect(seen.count == meant.count && first == nil, "text \(number): \(first.debugDescription)")
        }
    }

    @Test func `the policy knows the style sheet by its digest`() throws {
        let output = try spawn(
            ["sh", "-c", "openssl dgst -sha256 -binary | base64"], input: Array(HTMLPage.css.utf8),
            environment: HermeticGit.environment(home: "/"))
        #expect(
            output.text == HTMLPage.cssDigest, "the style sheet has changed: write this digest into HTMLPage+CSS.swift")
        #expect(!HTMLPage.css.contains("url(") && !HTMLPage.css.contains("@import") && !HTMLPage.css.contains("<"))
    }

    @Test func `every class has a look`() {
        for style in HTML.Style.allCases {
            #expect(HTMLPage.css.contains(".\(style.rawValue) ") || HTMLPage.css.contains(".\(style.rawValue),"))
        }
        for mark in HTML.Mark.allCases { #expect(HTMLPage.css.contains("[data-mark=\(mark.rawValue)]")) }
    }

    @Test func `one part needs no contents`() {
        let part = HTML.Part(HTML.ID("only"), "Only", content: [])
        let page = HTMLPage(title: "t", lead: [], parts: [part], closing: [])
        #expect(!page.text.contains("<nav"))
        #expect(page.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"))
    }
}
