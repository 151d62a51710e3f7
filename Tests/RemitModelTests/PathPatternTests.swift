import RemitModel
import RemitTestSupport
import Testing

@Suite struct PathPatternTests {
    @Test(
        arguments: [
            ("Package.swift", PathPattern.Kind.exact, "Package.swift"), ("a/b c/é", .exact, "a/b c/é"),
            ("Sources/**", .subtree, "Sources"), ("a/b/**", .subtree, "a/b"), ("**", .subtree, ""),
            ("**/*.md", .suffix(".md"), ""), ("Docs/**/*.md", .suffix(".md"), "Docs"),
            ("Docs/**/*.tar.gz", .suffix(".tar.gz"), "Docs"), (".hidden", .exact, ".hidden"), ("...", .exact, "..."),
        ] as [(String, PathPattern.Kind, ByteString)])
    func `reads the three forms and prints them again`(text: String, kind: PathPattern.Kind, literal: ByteString) throws
    {
        let pattern = try PathPattern(path: text)
        #expect(pattern.kind == kind)
        #expect(pattern.literal == literal)
        #expect(pattern.description == text)
    }

    @Test(
        arguments: [
            ("", .empty), (String(repeating: "a", count: 4097), .tooLong), ("*.swift", .wildcard), ("a*", .wildcard),
            ("a?", .wildcard), ("[ab]", .wildcard), ("a/*/b", .wildcard), ("**/a", .wildcard), ("a/**/b", .wildcard),
            ("a/**/**", .wildcard), ("**/*", .wildcard), ("**/*.", .wildcard), ("a/**/*.*", .wildcard),
            ("a/**/*.a[b]", .wildcard), ("a/**/*md", .wildcard), ("a/*.md", .wildcard), ("/", .segment),
            ("/a", .segment),
            ("a/", .segment), ("a//b", .segment), ("./a", .segment), ("a/../b", .segment), ("..", .segment),
            ("/**", .segment), ("a//**", .segment), ("../**/*.md", .segment), ("a\\b", .character),
            ("a\nb", .character),
            ("a\u{0}", .character), ("a\u{7F}", .character),
        ] as [(String, PathPattern.Fault)])
    func `refuses every other form`(text: String, fault: PathPattern.Fault) {
        #expect(throws: fault) { try PathPattern(path: text) }
    }

    @Test(
        arguments: [
            ("refs/heads/main", nil), ("refs/heads/**", nil), ("refs/**", nil), ("heads/main", .notARef),
            ("refs", .notARef), ("**", .notARef), ("", .notARef), ("refs/", .segment), ("refs/heads/*", .wildcard),
            ("refs/**/*.md", .wildcard), ("refs/heads/../tags/**", .segment),
        ] as [(String, PathPattern.Fault?)])
    func `a ref pattern begins with refs and knows no suffix`(text: String, fault: PathPattern.Fault?) {
        do throws(PathPattern.Fault) {
            #expect(try PathPattern(ref: text).description == text)
            #expect(fault == nil)
        } catch {
            #expect(error == fault)
        }
    }

    @Test(
        arguments: [
            ("a/b", ["a/b"], ["a", "a/b/c", "a/B", "A/b", "a/bc"]),
            ("a/**", ["a/b", "a/b/c", "a/.b"], ["a", "ab", "ab/c", "A/b", "", "a/"]),
            ("**", ["a", "a/b", ".git"], [""]),
            ("**/*.md", ["a.md", "b/a.md", ".md", "b/.md"], ["md", "a.MD", "a.md/b", "amd", ""]),
            ("d/**/*.md", ["d/a.md", "d/e/a.md"], ["d.md", "a.md", "d/a.txt", "de/a.md", "d"]),
        ] as [(String, [ByteString], [ByteString])])
    func `matches by whole segments and exact bytes`(text: String, yes: [ByteString], no: [ByteString]) throws {
        let pattern = try PathPattern(path: text)
        for path in yes { #expect(pattern.matches(path), "\(path.debugDescription)") }
        for path in no { #expect(!pattern.matches(path), "\(path.debugDescription)") }
    }

    @Test func `a path need not be UTF-8, and no normal form is another`() throws {
        let pattern = try PathPattern(path: "é/**")
        #expect(pattern.matches("é/x"))
        #expect(!pattern.matches("e\u{301}/x"))
        #expect(try PathPattern(path: "a/**").matches(ByteString([0x61, 0x2F, 0xFF])))
    }

    @Test(arguments: [
        ("**", "a", true), ("**", "a/**", true), ("**", "**", true), ("**", "**/*.md", true), ("a/**", "a/**", true),
        ("a/**", "a/b/**", true), ("a/**", "a/b", true), ("a/**", "a", false), ("a/**", "ab/**", false),
        ("a/b/**", "a/**", false), ("a/**", "**", false), ("a/**", "a/**/*.md", true), ("a", "a", true),
        ("a", "a/**", false), ("**/*.md", "**", false), ("**/*.md", "a/**/*.md", true),
        ("**/*.md", "a/**/*.x.md", true), ("**/*.x.md", "**/*.md", false), ("**/*.md", "a/b.md", true),
        ("a/**/*.md", "**/*.md", false), ("**/*.md", "a.md/**", false),
    ])
    func `containment`(outer: String, inner: String, expected: Bool) throws {
        #expect(try PathPattern(path: outer).contains(PathPattern(path: inner)) == expected)
    }

    @Test(arguments: [
        ("a", "a", true), ("a", "b", false), ("a/**", "a", false), ("a/**", "a/b", true), ("a/**", "a/b/**", true),
        ("a/b/**", "a/**", true), ("a/**", "b/**", false), ("a/**", "ab/**", false), ("**", "x", true),
        ("**/*.md", "a/b.txt", false), ("**/*.md", "a/b.md", true),
        // A file may end in both only if one ending ends in the other; doubt is answered yes.
        ("**/*.md", "**/*.txt", true),
    ])
    func `overlap`(one: String, other: String, expected: Bool) throws {
        let (one, other) = (try PathPattern(path: one), try PathPattern(path: other))
        #expect(one.overlaps(other) == expected)
        #expect(other.overlaps(one) == expected)
    }
}

/// Random patterns over a few segments, so that many of them meet.
@Suite struct PathPatternPropertyTests {
    static let seed: UInt64 = 20_261_120
    static let segments = ["a", "b", "a.md", "b.x.md", ".md", "ab"]

    static func path(_ random: inout SplitMix64) -> String {
        (0...random.below(4)).map { _ in segments[random.below(segments.count)] }.joined(separator: "/")
    }

    static func pattern(_ random: inout SplitMix64) throws -> PathPattern {
        let path = path(&random)
        switch random.below(8) {
        case 0: return try PathPattern(path: "**")
        case 1: return try PathPattern(path: "**/*.md")
        case 2: return try PathPattern(path: "\(path)/**/*.md")
        case 3: return try PathPattern(path: "\(path)/**/*.x.md")
        case 4, 5: return try PathPattern(path: "\(path)/**")
        default: return try PathPattern(path: path)
        }
    }

    static func scope(_ random: inout SplitMix64) throws -> PathScope {
        PathScope(
            try (0...random.below(3)).map { _ in try pattern(&random) },
            except: try (0..<random.below(3)).map { _ in try pattern(&random) })
    }

    static let comment: Comment = "seed \(seed)"

    @Test func `whatever a contained pattern matches, the containing one matches`() throws {
        var random = SplitMix64(seed: Self.seed)
        let paths = (0..<400).map { _ in ByteString(Self.path(&random)) }
        var held = 0
        for _ in 0..<4000 {
            let (outer, inner) = (try Self.pattern(&random), try Self.pattern(&random))
            guard outer.contains(inner) else { continue }
            held += 1
            let escaped = paths.first { inner.matches($0) && !outer.matches($0) }
            #expect(escaped == nil, "\(outer) holds \(inner), seed \(Self.seed)")
        }
        #expect(held > 300, Self.comment)
    }

    @Test func `patterns that a path matches both overlap`() throws {
        var random = SplitMix64(seed: Self.seed)
        let paths = (0..<400).map { _ in ByteString(Self.path(&random)) }
        var apart = 0
        for _ in 0..<4000 {
            let (one, other) = (try Self.pattern(&random), try Self.pattern(&random))
            guard !one.overlaps(other) else { continue }
            apart += 1
            let shared = paths.first { one.matches($0) && other.matches($0) }
            #expect(shared == nil, "\(one) and \(other), seed \(Self.seed)")
        }
        #expect(apart > 300, Self.comment)
    }

    @Test func `whatever a contained scope allows, the containing one allows`() throws {
        var random = SplitMix64(seed: Self.seed)
        let paths = (0..<400).map { _ in ByteString(Self.path(&random)) }
        var held = 0
        for _ in 0..<20_000 {
            let (outer, inner) = (try Self.scope(&random), try Self.scope(&random))
            guard outer.contains(inner) else { continue }
            held += 1
            let escaped = paths.first { inner.allows($0) && !outer.allows($0) }
            #expect(escaped == nil, "\(outer.words) holds \(inner.words), seed \(Self.seed)")
        }
        #expect(held > 300, Self.comment)
    }
}
