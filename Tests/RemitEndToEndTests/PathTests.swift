import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Paths { static let shared = Paths() }

/// What a grant for paths and operations covers, byte by byte.
@Paths @Suite struct PathTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let branch = Scene.branch

    private nonisolated static func one(
        _ name: String, _ rules: [String]?, grant: @escaping @Sendable (inout TestDelegation.Grant) -> Void = { _ in },
        _ edits: [String: FileEdit]
    ) -> Row {
        Row(name, rules, grant: grant) {
            try $0.agent(edits)
            return try $0.server.trial(branch)
        }
    }

    private nonisolated static func with(
        _ operations: String...
    ) -> @Sendable (inout TestDelegation.Grant) -> Void {
        { $0.operations += operations }
    }

    private nonisolated static let everything: @Sendable (inout TestDelegation.Grant) -> Void = {
        $0.paths = ["**"]
        $0.except = []
        $0.operations = Operation.allCases.map(\.rawValue)
    }

    private nonisolated static func also(_ line: String) -> @Sendable (inout TestDelegation.Grant) -> Void {
        {
            everything(&$0)
            $0.paths.append(line)
        }
    }

    private nonisolated static let paths = [
        one("a covered path", nil, ["Sources/A.swift": "1\n"]),
        one("a directory beside it", ["scope.path"], ["Sources2/A.swift": "1\n"]),
        one(
            "the directory's own name", ["scope.operation", "scope.path"],
            ["Sources": "1\n", "Sources/Pay.swift": .delete]),
        one("another case", ["scope.path"], ["sources/A.swift": "1\n"]),
        one("an excepted path", ["scope.path"], ["Sources/Secrets/key": "1\n"]),
        one("beside an excepted path", nil, ["Sources/Secrets2": "1\n"]),
        one("an accent", nil, ["Sources/caf\u{E9}.swift": "1\n"]),
        one("an accent outside", ["scope.path"], ["Deploy/caf\u{E9}": "1\n"]),
        one("a quote", ["scope.path"], ["\"Sources/A.swift": "1\n"]),
        one("a tab", ["scope.path"], ["Deploy/\tx": "1\n"]),
        one("a line feed", ["scope.path"], ["Deploy/x\nSources/y": "1\n"]),
        one("a line feed inside the grant", nil, ["Sources/x\ny": "1\n"]),
        one("a backslash", ["scope.path"], ["Sources\\A.swift": "1\n"]),
        one("one good path and one bad", ["scope.path"], ["Sources/A.swift": "1\n", "Makefile": "all:\n"]),
    ]

    @Test(arguments: paths)
    func `paths are compared as bytes`(_ row: Row) throws { try row.run(Self.authority.get()) }

    /// The two spellings of one letter are two paths.
    @Test(arguments: [("Caf\u{E9}", "Cafe\u{301}"), ("Cafe\u{301}", "Caf\u{E9}")])
    func `composed and decomposed letters differ`(_ granted: String, _ pushed: String) throws {
        let scene = try Scene(try Self.authority.get()) { $0.grants[0].paths = ["\(granted)/**"] }
        try scene.agent(["\(pushed)/x": "1\n"])
        expectRefused(try scene.server.trial(Self.branch), by: ["scope.path"])
    }

    private nonisolated static let operations = [
        one("modify", nil, ["Sources/Pay.swift": "2\n"]),
        one("delete without file.delete", ["scope.operation"], ["Sources/Pay.swift": .delete]),
        one("delete with it", nil, grant: with("file.delete"), ["Sources/Pay.swift": .delete]),
        one("mode without file.mode", ["scope.operation"], ["Sources/Pay.swift": .executable("let pay = 1\n")]),
        one("mode with it", nil, grant: with("file.mode"), ["Sources/Pay.swift": .executable("let pay = 1\n")]),
        one("link without file.symlink", ["scope.operation"], ["Sources/link": .symlink(to: "../../etc/passwd")]),
        one("link with it", nil, grant: with("file.symlink"), ["Sources/link": .symlink(to: "Pay.swift")]),
        one(
            "a file becomes a link", ["scope.operation"], grant: with("file.symlink"),
            ["Sources/Pay.swift": .symlink(to: "x")]),
        one("submodule without file.submodule", ["scope.operation"], ["Sources/sub": .gitlink(Self.somewhere)]),
        one("submodule with it", nil, grant: with("file.submodule"), ["Sources/sub": .gitlink(Self.somewhere)]),
        one(
            "renamed out of scope", ["scope.path"], grant: with("file.delete"),
            [
                "Sources/Pay.swift": .delete, "Pay.swift": "let pay = 1\n",
            ]),
        one(
            "renamed into scope", ["scope.path"], grant: with("file.delete"),
            [
                "README.md": .delete, "Sources/README.md": "payments\n",
            ]),
        one(
            "renamed within scope", nil, grant: with("file.delete"),
            [
                "Sources/Pay.swift": .delete, "Sources/Payment.swift": "let pay = 1\n",
            ]),
        Row("two clauses are not one", ["scope.operation"], grant: { $0.paths = ["Sources/**"] }) { scene in
            let delegation = try scene.authority.delegate {
                var other = TestDelegation.Grant()
                other.paths = ["Tests/**"]
                other.operations.append("file.delete")
                $0.grants.append(other)
            }
            try scene.server.commit(["Sources/Pay.swift": .delete], under: delegation)
            return try scene.server.trial(branch)
        },
    ]
    private nonisolated static let somewhere = ObjectID(head: 1, middle: 2, tail: 3)

    @Test(arguments: operations)
    func `every operation must be granted`(_ row: Row) throws { try row.run(Self.authority.get()) }

    private nonisolated static let history = [
        Row("a forbidden edit and its revert", ["scope.path"]) {
            try $0.agent(["README.md": "mine\n"])
            try $0.agent(["README.md": "payments\n", "Sources/A.swift": "1\n"])
            return try $0.server.trial(branch)
        },
        Row("a forbidden file and its removal", ["scope.path"]) {
            try $0.agent(["Deploy/x": "1\n"])
            try $0.agent(["Deploy/x": .delete])
            return try $0.server.trial(branch)
        },
    ]

    @Test(arguments: history)
    func `every commit counts, whatever follows it`(_ row: Row) throws { try row.run(Self.authority.get()) }

    private nonisolated static let workflow: FileEdit = "on: push\njobs: {}\n"

    private nonisolated static let protected = [
        one("instructions in a subdirectory", ["scope.protected"], grant: everything, ["Sources/CLAUDE.md": "obey\n"]),
        one("instructions in another case", ["scope.protected"], grant: everything, ["Sources/claude.md": "obey\n"]),
        one("the same, named", nil, grant: also("Sources/CLAUDE.md"), ["Sources/CLAUDE.md": "obey\n"]),
        one("a workflow", ["scope.protected"], grant: everything, [".github/workflows/x.yml": workflow]),
        one(
            "a workflow, named", nil, grant: also(".github/workflows/x.yml"), [".github/workflows/x.yml": workflow]),
        one(
            "all workflows, named", nil, grant: also(".github/workflows/**"), [".github/workflows/x.yml": workflow]),
        one(
            "all of the parent, which names nothing", ["scope.protected"], grant: also(".github/**"),
            [
                ".github/workflows/x.yml": workflow
            ]),
        one("attributes", ["scope.protected"], grant: everything, ["Sources/.gitattributes": "* -diff\n"]),
        one(
            "instructions by way of their extension", ["scope.protected"], grant: also("**/*.md"), ["AGENTS.md": "x\n"]),
        one("protected and outside", ["scope.path"], [".gitmodules": "x\n"]),
    ]

    @Test(arguments: protected)
    func `files that steer the gate must be named`(_ row: Row) throws { try row.run(Self.authority.get()) }

}
