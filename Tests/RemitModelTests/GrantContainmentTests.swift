import RemitModel
import RemitTestSupport
import Testing

/// Random clauses over a few names, so that many lie inside one another.
private struct Sampler {
    static let seed: UInt64 = 20_261_121
    static let repositories = ["payments", "web"]
    static let environments = ["staging", "production", "lab"]
    static let branches = ["main", "agent", "agent/PAY-42", "agent/PAY-42/fix", "release", "release/1"]

    var random = SplitMix64(seed: seed)

    mutating func ref() -> String { "refs/heads/\(Self.branches[random.below(Self.branches.count)])" }

    mutating func refPattern() throws -> PathPattern {
        switch random.below(5) {
        case 0: try PathPattern(ref: "refs/heads/**")
        case 1, 2: try PathPattern(ref: "\(ref())/**")
        default: try PathPattern(ref: ref())
        }
    }

    mutating func refPatterns() throws -> [PathPattern] {
        try (0...random.below(3)).map { _ in try refPattern() }
    }

    mutating func some<Element: Hashable>(_ elements: [Element]) -> Set<Element> {
        Set(elements.filter { _ in !random.oneIn(3) })
    }

    mutating func grant() throws -> Grant {
        Grant(
            repository: Self.repositories[random.below(2)], refs: try refPatterns(), mergeInto: try refPatterns(),
            paths: try PathPatternPropertyTests.scope(&random), operations: some(Operation.allCases),
            environments: some(Self.environments))
    }

    /// What lies inside a clause: some of its patterns, or literal paths below them, and more exceptions.
    mutating func narrowed(_ grant: Grant) throws -> Grant {
        Grant(
            repository: grant.repository, refs: try narrowed(grant.refs, ref: true),
            mergeInto: try narrowed(grant.mergeInto, ref: true),
            paths: PathScope(
                try narrowed(grant.paths.patterns, ref: false),
                except: grant.paths.except + [try PathPattern(path: PathPatternPropertyTests.path(&random))]),
            operations: some(Array(grant.operations)), environments: some(Array(grant.environments)))
    }

    private mutating func narrowed(_ patterns: [PathPattern], ref: Bool) throws -> [PathPattern] {
        try patterns.filter { _ in !random.oneIn(3) }.map { pattern in
            guard pattern.kind == .subtree, !pattern.literal.isEmpty, random.oneIn(2) else { return pattern }
            let text = String(decoding: pattern.literal.bytes, as: UTF8.self) + (random.oneIn(2) ? "/a/**" : "/a")
            return ref ? try PathPattern(ref: text) : try PathPattern(path: text)
        }
    }

    mutating func act() -> Act {
        Act(
            repository: Self.repositories[random.below(2)],
            ref: ByteString(random.oneIn(2) ? ref() : "\(ref())/a"),
            path: ByteString(PathPatternPropertyTests.path(&random)),
            operation: Operation.allCases[random.below(Operation.allCases.count)],
            environment: Self.environments[random.below(3)])
    }
}

/// One thing that somebody could do under a clause.
private struct Act {
    let repository: String
    let ref: ByteString
    let path: ByteString
    let operation: RemitModel.Operation
    let environment: String

    /// Each respect by itself, so that a clause without refs or environments still says something.
    func respects(allowedBy grant: Grant) -> [Bool] {
        let here = repository == grant.repository
        return [
            here && grant.refs.contains { $0.matches(ref) }, here && grant.mergeInto.contains { $0.matches(ref) },
            here && grant.paths.allows(path), here && grant.operations.contains(operation),
            here && grant.environments.contains(environment),
        ]
    }

    func respects(allowedBy role: DelegatorRole) -> [Bool] {
        let here = role.repositories.contains("*") || role.repositories.contains(repository)
        let ref = here && role.refs.contains { $0.matches(self.ref) }
        return [
            ref, ref, here && role.paths.allows(path), here && role.operations.contains(operation),
            here && role.environments.contains(environment),
        ]
    }
}

/// Whatever lies inside allows nothing that what bounds it does not.
@Suite struct GrantContainmentTests {
    private static let comment: Comment = "seed \(Sampler.seed)"

    private static func role(of grant: Grant, repositories: [String], lifetime: Int64) -> DelegatorRole {
        DelegatorRole(
            person: "dana@example.org", repositories: repositories, refs: grant.refs + grant.mergeInto,
            paths: grant.paths, operations: grant.operations, environments: grant.environments, lifetime: lifetime)
    }

    @Test func `whatever a contained clause allows, the containing one allows`() throws {
        var sampler = Sampler()
        var (held, refused) = (0, 0)
        for round in 0..<3000 {
            let outer = try sampler.grant()
            let inner = round.isMultiple(of: 2) ? try sampler.narrowed(outer) : try sampler.grant()
            guard inner.excess(beyond: outer) == nil else {
                refused += 1
                continue
            }
            held += 1
            for _ in 0..<60 {
                let act = sampler.act()
                let escaped = zip(act.respects(allowedBy: inner), act.respects(allowedBy: outer)).contains { $0 && !$1 }
                #expect(!escaped, "\(act) escapes \(outer) by \(inner), seed \(Sampler.seed)")
            }
        }
        #expect(held > 1000 && refused > 1000, Self.comment)
    }

    @Test func `whatever a clause inside a role allows, the role allows`() throws {
        var sampler = Sampler()
        var (held, refused) = (0, 0)
        for round in 0..<3000 {
            let bounds = try sampler.grant()
            let inner = round.isMultiple(of: 2) ? try sampler.narrowed(bounds) : try sampler.grant()
            let names = [["*"], ["payments"], ["web", "payments"]][sampler.random.below(3)]
            let role = Self.role(of: bounds, repositories: names, lifetime: 100)
            guard inner.excess(beyond: [role], life: 100) == nil else {
                refused += 1
                continue
            }
            held += 1
            for _ in 0..<60 {
                let act = sampler.act()
                let escaped = zip(act.respects(allowedBy: inner), act.respects(allowedBy: role)).contains { $0 && !$1 }
                #expect(!escaped, "\(act) escapes \(role) by \(inner), seed \(Sampler.seed)")
            }
        }
        #expect(held > 800 && refused > 800, Self.comment)
    }

    private struct Widening: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let excess: Excess
        let widen: @Sendable (Grant) -> Grant
    }

    private static func widening(
        _ name: String, _ excess: Excess, repository: String? = nil, refs: [PathPattern] = [],
        mergeInto: [PathPattern] = [], paths: [PathPattern] = [], except: [PathPattern]? = nil,
        operations: Set<RemitModel.Operation> = [], environments: Set<String> = []
    ) -> Widening {
        Widening(testDescription: name, excess: excess) { grant in
            Grant(
                repository: repository ?? grant.repository, refs: grant.refs + refs,
                mergeInto: grant.mergeInto + mergeInto,
                paths: PathScope(grant.paths.patterns + paths, except: except ?? grant.paths.except),
                operations: grant.operations.union(operations), environments: grant.environments.union(environments))
        }
    }

    private static func widenings() throws -> [Widening] {
        let tag = try PathPattern(ref: "refs/tags/v1")
        let (own, secrets) = (try PathPattern(path: "own/**"), try PathPattern(path: "own/secrets/**"))
        return [
            widening("repository", .repository("billing"), repository: "billing"),
            widening("ref", .ref(tag), refs: [tag]),
            widening("merge_into", .mergeInto(tag), mergeInto: [tag]),
            widening("path", .path(try PathPattern(path: "other")), paths: [try PathPattern(path: "other")]),
            widening("except", .exception(secrets, of: own), paths: [own], except: []),
            widening("operation", .operation(.deploy), operations: [.deploy]),
            widening("environment", .environment("moon"), environments: ["moon"]),
        ]
    }

    @Test func `a clause that is widened in one respect is refused for that one`() throws {
        var sampler = Sampler()
        let secrets = try PathPattern(path: "own/secrets/**")
        for _ in 0..<400 {
            let drawn = try sampler.grant()
            // Exceptions that everything drawn meets would be missed before the one that is taken away.
            let outer = Grant(
                repository: drawn.repository, refs: drawn.refs, mergeInto: drawn.mergeInto,
                paths: PathScope([try PathPattern(path: "a/**"), try PathPattern(path: "own/**")], except: [secrets]),
                operations: drawn.operations.subtracting([.deploy]), environments: drawn.environments)
            let inner = try sampler.narrowed(outer)
            let role = Self.role(of: outer, repositories: [outer.repository], lifetime: 100)
            #expect(inner.excess(beyond: outer) == nil, Self.comment)
            #expect(inner.excess(beyond: [role], life: 100) == nil, Self.comment)
            #expect(inner.excess(beyond: [role], life: 101) == .life(101, atMost: 100), Self.comment)
            for widening in try Self.widenings() {
                let wide = widening.widen(inner)
                #expect(wide.excess(beyond: outer) == widening.excess, "\(widening.testDescription)")
                #expect(wide.excess(beyond: [role], life: 100) == widening.excess, "\(widening.testDescription)")
            }
        }
    }

    @Test func `bounds are never mixed, and the closest one tells`() throws {
        func grant(_ repository: String, _ ref: String, _ path: String) throws -> Grant {
            Grant(
                repository: repository, refs: [try PathPattern(ref: ref)], mergeInto: [],
                paths: PathScope([try PathPattern(path: path)]), operations: [.fileModify], environments: [])
        }
        let bounds = [
            try grant("web", "refs/heads/**", "**"), try grant("payments", "refs/heads/a", "Sources/**"),
            try grant("payments", "refs/heads/b", "Tests/**"),
        ]
        #expect(try grant("payments", "refs/heads/a", "Sources/x").excess(beyond: bounds) == nil)
        #expect(try grant("payments", "refs/heads/b", "Tests/x").excess(beyond: bounds) == nil)
        #expect(
            try grant("payments", "refs/heads/a", "Tests/x").excess(beyond: bounds)
                == .path(try PathPattern(path: "Tests/x")))
        #expect(try grant("billing", "refs/heads/a", "x").excess(beyond: bounds) == .repository("billing"))
        #expect(try grant("billing", "refs/heads/a", "x").excess(beyond: [] as [Grant]) == .repository("billing"))
    }

    @Test func `no limit is wider than any`() {
        let names = ["commits", "files", "lines", "bytes", "pushes"]
        func limits(_ name: String, _ value: Int?) -> Limits {
            func pick(_ own: String) -> Int? { own == name ? value : 7 }
            return Limits(
                commits: pick("commits"), files: pick("files"), lines: pick("lines"), bytes: pick("bytes"),
                pushes: pick("pushes"))
        }
        for name in names {
            let bounds = limits(name, 7)
            #expect(limits(name, 7).excess(beyond: bounds) == nil)
            #expect(limits(name, 0).excess(beyond: bounds) == nil)
            #expect(limits(name, 8).excess(beyond: bounds) == .limit(name, 8, atMost: 7))
            #expect(limits(name, nil).excess(beyond: bounds) == .limit(name, nil, atMost: 7))
            #expect(limits(name, 8).excess(beyond: limits(name, nil)) == nil)
        }
        #expect(Limits.none.excess(beyond: .none) == nil)
    }
}
