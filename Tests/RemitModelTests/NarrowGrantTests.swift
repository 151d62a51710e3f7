import RemitModel
import RemitTestSupport
import Testing

/// What would have sufficed of a grant, from what was done under it.
@Suite struct NarrowGrantTests {
    /// Patterns, what was used, and the patterns that suffice.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let granted: [String]
        let used: [String]
        let narrower: [String]

        init(_ name: String, _ granted: [String], _ used: [String], _ narrower: [String]) {
            (self.name, self.granted, self.used, self.narrower) = (name, granted, used, narrower)
        }

        var testDescription: String { name }
    }

    static let pathRows = [
        Row("one directory", ["Sources/**"], ["Sources/Pay/A.swift", "Sources/Pay/B.swift"], ["Sources/Pay/**"]),
        Row(
            "the deepest directory", ["**"], ["Sources/Pay/Retry/A.swift", "Sources/Pay/Retry/In/B.swift"],
            ["Sources/Pay/Retry/**"]),
        Row(
            "two directories", ["Sources/**"], ["Sources/A/x.swift", "Sources/B/C/y.swift", "Sources/B/C/z.swift"],
            ["Sources/A/**", "Sources/B/C/**"]),
        Row("a file in the directory itself", ["Sources/**"], ["Sources/x.swift"], ["Sources/x.swift"]),
        Row(
            "a file and a directory", ["Sources/**"], ["Sources/x.swift", "Sources/A/y.swift"],
            ["Sources/A/**", "Sources/x.swift"]),
        Row("an exact name stays", ["Package.swift"], ["Package.swift"], ["Package.swift"]),
        Row("a suffix stays a suffix", ["**/*.md"], ["Docs/a.md", "Docs/b/c.md"], ["Docs/**/*.md"]),
        Row("what nothing used goes", ["Sources/**", "Tests/**"], ["Tests/A/a.swift"], ["Tests/A/**"]),
        Row("the first pattern that fits is the one", ["Sources/**", "**"], ["Sources/A/a.swift"], ["Sources/A/**"]),
        Row(
            "more than eight parts stay one", ["**"], (1...9).map { "d\($0)/a" }, ["**"]),
        Row(
            "eight parts are told apart", ["**"], (1...8).map { "d\($0)/a" }, (1...8).map { "d\($0)/**" }),
        Row("a protected file by its name", ["AGENTS.md", "**"], ["AGENTS.md"], ["AGENTS.md"]),
        Row(
            "a protected directory by its files", [".github/workflows/**"], [".github/workflows/ci.yml"],
            [".github/workflows/ci.yml"]),
        Row("a name that no pattern can say", ["Docs/**"], ["Docs/a*b"], ["Docs/**"]),
    ]

    @Test(arguments: pathRows)
    func `paths`(row: Row) throws {
        let found = NarrowPatterns.paths(
            of: try row.granted.map { try PathPattern(path: $0) }, covering: Set(row.used.map { ByteString($0) }),
            ProtectedPaths())
        #expect(found.map(\.description) == row.narrower)
    }

    static let refRows = [
        Row(
            "a space of its own stays", ["refs/heads/agent/PAY-42/**"], ["refs/heads/agent/PAY-42/work"],
            ["refs/heads/agent/PAY-42/**"]),
        Row(
            "the whole of the heads", ["refs/heads/**"], ["refs/heads/agent/PAY-42/work"],
            ["refs/heads/agent/PAY-42/**"]),
        Row("one branch of all", ["refs/heads/**"], ["refs/heads/fix"], ["refs/heads/fix"]),
        Row("an exact ref", ["refs/heads/main", "refs/heads/next"], ["refs/heads/main"], ["refs/heads/main"]),
    ]

    @Test(arguments: refRows)
    func `refs`(row: Row) throws {
        let found = NarrowPatterns.refs(
            of: try row.granted.map { try PathPattern(ref: $0) }, covering: Set(row.used.map { ByteString($0) }))
        #expect(found.map(\.description) == row.narrower)
    }

    static let branch: DelegationUse.Place = .acting("refs/heads/agent/PAY-42/work")

    private func grant(_ change: (inout TestDelegation.Grant) -> Void = { _ in }) throws -> Grant {
        var grant = TestDelegation.Grant()
        change(&grant)
        return Grant(
            repository: grant.repository, refs: try grant.refs.map { try PathPattern(ref: $0) },
            mergeInto: try grant.mergeInto.map { try PathPattern(ref: $0) },
            paths: PathScope(
                try grant.paths.map { try PathPattern(path: $0) },
                except: try grant.except.map { try PathPattern(path: $0) }),
            operations: Set(grant.operations.compactMap { RemitModel.Operation(rawValue: $0) }),
            environments: Set(grant.environments))
    }

    @Test func `a clause keeps what was used of it, and the exceptions that still matter`() throws {
        let granted = try grant { $0.environments = ["production"] }
        var use = DelegationUse(of: [granted], protectedPaths: ProtectedPaths())
        use.change("Sources/Pay/A.swift", by: [.fileModify], at: Self.branch, in: "payments")
        use.reach(Self.branch, by: .refUpdate, in: "payments")
        // Of another repository, outside the paths, and without the operation: nothing of the delegation.
        use.change("Sources/B.swift", by: [.fileModify], at: Self.branch, in: "billing")
        use.change("Deploy/prod.yml", by: [.fileModify], at: Self.branch, in: "payments")
        use.change("Sources/C.swift", by: [.fileDelete], at: Self.branch, in: "payments")
        let narrower = use.narrower(awaitingLanding: false)
        #expect(
            narrower == [
                try grant {
                    ($0.paths, $0.except, $0.mergeInto) = (["Sources/Pay/**"], [], [])
                    $0.operations = ["ref.update", "file.modify"]
                }
            ])
        #expect(use.narrower(awaitingLanding: true).first?.mergeInto == granted.mergeInto)
        let unused = use.unused
        #expect(unused.paths.map(\.description) == ["Tests/**"])
        #expect(unused.mergeInto.map(\.description) == ["refs/heads/main"])
        #expect(unused.operations == [.refCreate, .fileCreate])
        #expect(unused.environments == ["production"])
        #expect(unused.repositories.isEmpty && unused.refs.isEmpty)
    }

    @Test func `of what is not known nothing is said, and nothing is taken`() throws {
        let granted = [try grant(), try grant { $0.repository = "billing" }]
        var use = DelegationUse(of: granted, protectedPaths: ProtectedPaths())
        use.change("Sources/Pay/A.swift", by: [.fileModify], at: Self.branch, in: "payments")
        use.obscure(.landing("refs/heads/main"), in: "payments")
        use.obscure(repository: "billing")
        #expect(use.unused.isEmpty)
        #expect(use.narrower(awaitingLanding: false) == granted)
    }

    @Test func `more paths than are kept apart are not told apart`() throws {
        var use = DelegationUse(of: [try grant()], protectedPaths: ProtectedPaths())
        for number in 0...DelegationUse.pathsKept {
            use.change(ByteString("Sources/Pay/\(number)"), by: [.fileModify], at: Self.branch, in: "payments")
        }
        #expect(use.clauses[0].isObscure && use.clauses[0].paths.isEmpty)
        #expect(use.narrower(awaitingLanding: false) == [try grant()])
    }

    @Test func `a clause that nothing used goes, and its repository is named`() throws {
        var use = DelegationUse(
            of: [try grant { $0.repository = "billing" }, try grant()], protectedPaths: ProtectedPaths())
        use.change("Sources/Pay/A.swift", by: [.fileModify], at: Self.branch, in: "payments")
        #expect(use.unused.repositories == ["billing"])
        #expect(use.narrower(awaitingLanding: false).map(\.repository) == ["payments"])
    }

    @Test func `where nothing was done there is nothing to propose`() throws {
        let use = DelegationUse(of: [try grant()], protectedPaths: ProtectedPaths())
        #expect(use.isUnused && use.narrower(awaitingLanding: true).isEmpty)
    }
}

/// Random grants and random acts: what is proposed lies within what was granted, and allows every act that it allowed.
@Suite struct NarrowGrantPropertyTests {
    static let names = [
        "Sources", "Tests", "a", "b", "AGENTS.md", ".github", "workflows", "x.md", "y.swift", "Secrets",
    ]
    static let branches = ["main", "agent/PAY-42/work", "agent/PAY-42/more", "agent/PAY-43/x", "release/1"]

    static let protected = ["AGENTS.md", ".github/workflows/x.md", "Sources/AGENTS.md", ".github/workflows/a/b.swift"]

    static func path(_ random: inout SplitMix64) -> String {
        if random.oneIn(4) { return protected[random.below(protected.count)] }
        return anyPath(&random)
    }

    private static func anyPath(_ random: inout SplitMix64) -> String {
        (0...random.below(4)).map { _ in names[random.below(names.count)] }.joined(separator: "/")
    }

    static func pattern(_ random: inout SplitMix64) throws -> PathPattern {
        let path = path(&random)
        let text = [
            "**", "\(path)/**", "\(path)/**/*.md", "**/*.swift", path, ".github/workflows/**", "AGENTS.md",
        ][random.below(7)]
        return try PathPattern(path: text)
    }

    static func refPattern(_ random: inout SplitMix64) throws -> PathPattern {
        try PathPattern(
            ref: [
                "refs/heads/**", "refs/heads/agent/**", "refs/heads/agent/PAY-42/**", "refs/heads/main",
                "refs/heads/release/1",
            ][random.below(5)])
    }

    static func operations(_ random: inout SplitMix64, oneIn: Int) -> Set<RemitModel.Operation> {
        Set(RemitModel.Operation.allCases.filter { _ in random.oneIn(oneIn) })
    }

    static func grant(_ random: inout SplitMix64) throws -> Grant {
        Grant(
            repository: ["payments", "billing"][random.below(2)],
            refs: try (0..<random.below(3)).map { _ in try refPattern(&random) },
            mergeInto: try (0..<random.below(3)).map { _ in try refPattern(&random) },
            paths: PathScope(
                try (0...random.below(3)).map { _ in try pattern(&random) },
                except: try (0..<random.below(3)).map { _ in try pattern(&random) }),
            operations: operations(&random, oneIn: 2).union([.fileModify]),
            environments: Set(["staging", "production"].filter { _ in random.oneIn(2) }))
    }

    struct Act {
        let path: ByteString
        let operations: Set<RemitModel.Operation>
        let place: DelegationUse.Place
        let repository: String

        init(_ random: inout SplitMix64) {
            path = ByteString(NarrowGrantPropertyTests.path(&random))
            operations = NarrowGrantPropertyTests.operations(&random, oneIn: 8).union([.fileModify])
            let ref = ByteString("refs/heads/\(branches[random.below(branches.count)])")
            place =
                switch random.below(3) {
                case 0: .acting(ref)
                case 1: .landing(ref)
                default: .deploying(["staging", "production"][random.below(2)])
                }
            repository = ["payments", "billing"][random.below(2)]
        }

        /// Whether one clause allows all of it, by the rules' own words.
        func isAllowed(by grant: Grant, _ protected: ProtectedPaths) -> Bool {
            let reaches =
                switch place {
                case .acting(let ref): grant.refs.contains { $0.matches(ref) }
                case .landing(let ref): grant.mergeInto.contains { $0.matches(ref) }
                case .deploying(let environment): grant.environments.contains(environment)
                }
            let names = grant.paths.patterns.contains { protected.isNamed(path, by: $0) }
            return grant.repository == repository && reaches && operations.isSubset(of: grant.operations)
                && grant.paths.allows(path) && (!protected.covers(path) || names)
        }
    }

    @Test func `what is proposed lies within what was granted and allows all that was done`() throws {
        var random = SplitMix64(seed: 20_261_121)
        let protected = ProtectedPaths()
        var (used, narrowed, protectedUses, refused) = (0, 0, 0, 0)
        for _ in 0..<3_000 {
            let grants = try (0...random.below(3)).map { _ in try Self.grant(&random) }
            let acts = (0..<random.below(30)).map { _ in Act(&random) }
            var use = DelegationUse(of: grants, protectedPaths: protected)
            for act in acts { use.change(act.path, by: act.operations, at: act.place, in: act.repository) }
            let proposed = use.narrower(awaitingLanding: random.oneIn(2))
            for grant in proposed { #expect(grant.excess(beyond: grants) == nil, "\(grant) of \(grants)") }
            for act in acts where grants.contains(where: { act.isAllowed(by: $0, protected) }) {
                used += 1
                if protected.covers(act.path) { protectedUses += 1 }
                #expect(proposed.contains { act.isAllowed(by: $0, protected) }, "\(act) by \(proposed) of \(grants)")
            }
            if !proposed.isEmpty, proposed != grants { narrowed += 1 }
            // Whatever else could be done: no more of it than before, protected paths included.
            for _ in 0..<30 {
                let other = Act(&random)
                guard !grants.contains(where: { other.isAllowed(by: $0, protected) }) else { continue }
                refused += 1
                #expect(!proposed.contains { other.isAllowed(by: $0, protected) }, "\(other) by \(proposed)")
            }
        }
        // The samples say something.
        let counts = [used, narrowed, protectedUses, refused]
        #expect(zip(counts, [500, 300, 100, 10_000]).allSatisfy { $0 > $1 }, "\(counts)")
    }
}
