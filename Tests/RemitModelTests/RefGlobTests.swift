import RemitModel
import RemitTestSupport
import Testing

@Suite struct RefGlobTests {
    @Test(arguments: [
        ("refs/pull/*/head", "refs/pull/42/head", true), ("refs/pull/*/head", "refs/pull/4/2/head", true),
        ("refs/pull/*/head", "refs/pull//head", false), ("refs/pull/*/head", "refs/pull/42/merge", false),
        ("refs/pull/*/head", "refs/pull/head", false), ("refs/heads/*", "refs/heads/a/b", true),
        ("refs/heads/*", "refs/heads/", false), ("refs/heads/main", "refs/heads/main", true),
        ("refs/heads/main", "refs/heads/main2", false), ("refs/*", "refs/x", true),
    ])
    func `a star is any part of a name`(glob: String, name: String, matches: Bool) throws {
        #expect(try RefGlob(glob).matches(ByteString(name)) == matches)
    }

    @Test(arguments: [
        ("", RefGlob.Fault.notARef), ("heads/*", .notARef), ("refs/*/*", .stars), ("refs/a b", .character),
        ("refs/a?", .character), ("refs/\u{1}", .character),
        ("refs/" + String(repeating: "a", count: 1020), .tooLong),
    ])
    func `anything else is refused`(glob: String, fault: RefGlob.Fault) {
        #expect(throws: fault) { try RefGlob(glob) }
    }

    @Test func `whatever text is given, what it takes matches only what begins as it says`() {
        var random = SplitMix64(seed: 4)
        let letters = Array("refs/*ab?\\ \u{7F}é".unicodeScalars)
        for _ in 0..<20_000 {
            var text = Bool.random(using: &random) ? "refs/" : ""
            for _ in 0..<Int.random(in: 0..<8, using: &random) {
                text.unicodeScalars.append(letters[Int.random(in: 0..<letters.count, using: &random)])
            }
            do throws(RefGlob.Fault) {
                let glob = try RefGlob(text)
                #expect(!glob.matches("refs"))
                let name = ByteString(text.replacing("*", with: "x"))
                #expect(glob.matches(name))
                #expect(name.bytes.starts(with: glob.prefix.bytes))
            } catch {
                #expect(!text.hasPrefix("refs/") || text.contains { "?\\ \u{7F}*".contains($0) })
            }
        }
    }
}
