@testable import RemitAttribution
import RemitModel
import Testing

@Suite struct CatalogueTests {
    @Test func `ids are unique and sorted`() {
        let ids = MarkCatalogue.builtIn.tools.map(\.id)
        #expect(ids == Array(Set(ids)).sorted())
        #expect(!MarkCatalogue.builtIn.version.isEmpty)
    }

    /// Matching folds the text, not the pattern, so an upper-case letter in a pattern would never match.
    @Test func `every pattern is in lower case and every key is a fingerprint`() {
        for mark in MarkCatalogue.builtIn.tools.flatMap(\.marks) {
            let text = "\(mark.form)"
            if case .key(let fingerprint) = mark.form {
                #expect(KeyFingerprint(fingerprint) != nil)
                continue
            }
            for literal in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            where !literal.offset.isMultiple(of: 2) {
                #expect(literal.element == literal.element.lowercased())
            }
        }
    }

    @Test func `every first byte of a footer and of a line passes the first test`() {
        for text in [
            "Generated", "https://", "I am", "🤖", "*Generated", "_Generated", "-- Generated", "Aider: ", "# a",
        ] {
            #expect(text.utf8.first.map(MarkCatalogue.builtIn.canBeginLine) == true)
        }
    }

    @Test(
        arguments: [
            (Pattern.leadingWord("claude"), "Claude:opus", true), (.leadingWord("claude"), "claudette", false),
            (.word("ai"), "an AI tool", true), (.word("ai"), "maintain", false), (.suffix("x"), "", false),
            (.shape([.text("a"), .run(.digit, 2...3)], .nothing), "A12", true),
            (.shape([.text("a"), .run(.digit, 2...3)], .nothing), "a1", false),
            (.shape([.text("a"), .run(.digit, 2...3)], .nothing), "a1234", false),
            (.shape([.text("c/")], .tail([.text("-"), .run(.hex, 4...4)])), "c/x-12ab", true),
            (.shape([.text("c/")], .tail([.text("-"), .run(.hex, 4...4)])), "c/-12ab", false),
            (.shape([.text("c/")], .tail([.text("-"), .run(.hex, 4...4)])), "c/x-12a", false),
            (.anything, "", false), (.exact("a"), "A", true), (.contains("bc"), "aBCd", true),
        ] as [(Pattern, String, Bool)])
    func `a pattern matches what it says`(pattern: Pattern, text: String, expected: Bool) {
        #expect(pattern.matches(ArraySlice(text.utf8)) == expected)
        #expect(pattern.matches(ArraySlice("__\(text)__".utf8).dropFirst(2).dropLast(2)) == expected)
    }
}
