import RemitEvidence
import Testing

@Suite struct NameSearchTests {
    @Test(arguments: [
        ("bob", #"{"login":"bob"}"#, true),
        ("bob", #"{"bob":1}"#, true),
        ("bob", #"["Bob <bob@example.org>"]"#, true),
        ("bob", #"{"login":"bobby"}"#, false),
        ("bob", #"{"login":"m\u00f6bob"}"#, false),
        ("bob@example.org", #"{"text":"by bob@example.org, for us"}"#, true),
        ("bob@example.org", #"{"text":"bob@example.organisation"}"#, false),
        // "author bob\xFF" stands in base64.
        ("bob", #"{"commit":{"base64":"YXV0aG9yIGJvYiD/"}}"#, true),
        ("bob", "0 1 refs/heads/bob/work\n", true),
        ("bob", "0 1 refs/heads/bobo/work\n", false),
        ("J\u{FC}rgen", #"{"name":"J\u00fcrgen Example"}"#, true),
    ])
    func `a name is found where it stands by itself`(name: String, text: String, isFound: Bool) throws {
        let search = try #require(NameSearch(name))
        #expect(search.isIn(Array(text.utf8)) == isFound)
    }

    @Test(arguments: ["", "ab", "a\nb c"]) func `less would be found everywhere`(name: String) {
        #expect(NameSearch(name) == nil)
    }
}
