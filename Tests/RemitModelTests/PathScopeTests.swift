import RemitModel
import Testing

@Suite struct PathScopeTests {
    static func scope(_ patterns: [String], _ except: [String] = []) throws -> PathScope {
        PathScope(try patterns.map { try PathPattern(path: $0) }, except: try except.map { try PathPattern(path: $0) })
    }

    @Test(
        arguments: [
            ("Sources/a", true), ("Sources/Secrets/k", false), ("Tests/a", true), ("README.md", false),
            ("Sources", false),
            ("Sources/Secrets", true), ("Sources/SecretsNot/k", true),
        ] as [(ByteString, Bool)])
    func `an exception outweighs every pattern`(path: ByteString, expected: Bool) throws {
        let scope = try Self.scope(["Sources/**", "Sources/Secrets/**", "Tests/**"], ["Sources/Secrets/**"])
        #expect(scope.allows(path) == expected)
    }

    @Test func `no pattern allows nothing`() throws {
        #expect(try !Self.scope([], ["a"]).allows("a"))
        #expect(try !Self.scope([]).allows("b"))
        #expect(try Self.scope([]).contains(Self.scope([])))
        #expect(try !Self.scope([]).contains(Self.scope(["a"])))
    }

    @Test(
        arguments: [
            (["**"], [], ["a/**"], [], true),
            (["**"], ["s/**"], ["a/**"], [], true),
            (["**"], ["s/**"], ["**"], [], false),
            (["**"], ["s/**"], ["**"], ["s/**"], true),
            (["**"], ["s/**"], ["**"], ["s/t/**"], false),
            (["**"], ["s/t/**"], ["**"], ["s/**"], true),
            (["**"], ["s/k"], ["s/**"], [], false),
            (["**"], ["**/*.key"], ["s/**"], [], false),
            (["**"], ["**/*.key"], ["s/**"], ["**/*.key"], true),
            (["**"], ["**/*.key"], ["s/a"], [], true),
            (["a/**", "b/**"], [], ["b/c", "a/d/**"], [], true),
            (["a/**"], [], ["a/b", "c"], [], false),
        ] as [([String], [String], [String], [String], Bool)])
    func `containment heeds the exceptions of both`(
        patterns: [String], except: [String], inner: [String], innerExcept: [String], expected: Bool
    ) throws {
        let outer = try Self.scope(patterns, except)
        #expect(try outer.contains(Self.scope(inner, innerExcept)) == expected)
    }

    @Test func `says itself in words`() throws {
        #expect(try Self.scope(["a/**", "b"], ["a/c"]).words == ["a/**", "b", "except a/c"])
    }
}
