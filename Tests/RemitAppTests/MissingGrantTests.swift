import RemitModel
import RemitReport
import RemitTestSupport
import Testing

@testable import RemitApp

/// What a refused push lacked, and no more.
@Suite struct MissingGrantTests {
    private static let ref: ByteString = "refs/heads/agent/PAY-42/retry"
    private static let id = RecordID(String(repeating: "ab", count: 32))

    private static func grant(
        refs: [String] = ["refs/heads/agent/PAY-42/**"], into: [String] = ["refs/heads/main"],
        paths: [String] = ["Sources/**"], except: [String] = ["Sources/Secrets/**"],
        _ operations: Set<RemitModel.Operation> = [.refCreate, .refUpdate, .fileCreate, .fileModify],
        repository: String = "payments"
    ) throws -> Grant {
        Grant(
            repository: repository, refs: try refs.map { try PathPattern(ref: $0) },
            mergeInto: try into.map { try PathPattern(ref: $0) },
            paths: PathScope(
                try paths.map { try PathPattern(path: $0) }, except: try except.map { try PathPattern(path: $0) }),
            operations: operations, environments: [])
    }

    private static func base(
        _ grants: [Grant]? = nil, limits: Limits = Limits(commits: 4, files: nil, lines: nil, bytes: nil, pushes: 2)
    ) throws -> Delegation {
        let now = Instant(seconds: HermeticGit.epoch)
        return Delegation(
            organisation: "example.org", delegator: "dana@example.org", agent: "claude-code", task: "PAY-42",
            purpose: "Retry", issuedAt: now, expiresAt: now.adding(seconds: 60), mergeBy: now.adding(seconds: 60),
            keys: [], hops: 0, parent: nil, context: nil, grants: try grants ?? [grant()], limits: limits)
    }

    private static func finding(
        _ rule: RuleCode, path: ByteString? = nil, operation: RemitModel.Operation? = nil, ref: ByteString? = ref,
        used: Int? = nil, isNamed: Bool = true
    ) -> Finding {
        Finding(
            rule, ref: ref, path: path,
            facts: Finding.Facts(
                delegation: isNamed ? id : nil, operation: operation, limit: used.map { $0 - 1 }, used: used))
    }

    private static func missing(_ findings: Finding..., base: Delegation) -> MissingGrant {
        MissingGrant(
            RefusedDecision(repository: "payments", findings: findings, findingCount: findings.count), under: base)
    }

    @Test func `a path outside is asked for exactly, on exactly that ref`() throws {
        let base = try Self.base()
        let missing = Self.missing(
            Self.finding(.scopePath, path: "Deploy/run.sh"), Self.finding(.scopePath, path: "Deploy/run.sh"),
            Self.finding(.scopePath, path: "Deploy/stop.sh"), base: base)
        let added = try Self.grant(
            refs: ["refs/heads/agent/PAY-42/retry"], paths: ["Deploy/run.sh", "Deploy/stop.sh"], except: [],
            [.fileCreate, .fileModify])
        #expect(missing.grants == base.grants + [added])
        #expect(missing.limits == base.limits)
        #expect(missing.isAnything)
        #expect(missing.unmendable.isEmpty)
    }

    @Test func `an exception is lifted for one file, and kept for all others`() throws {
        let missing = Self.missing(Self.finding(.scopePath, path: "Sources/Secrets/a"), base: try Self.base())
        #expect(missing.grants[0].paths.allows("Sources/Secrets/b") == false)
        #expect(missing.grants[1].paths.allows("Sources/Secrets/a"))
        #expect(missing.grants.count == 2)
    }

    @Test func `a deletion is asked for where it was refused, not everywhere`() throws {
        let missing = Self.missing(
            Self.finding(.scopeOperation, path: "Sources/old.swift", operation: .fileDelete), base: try Self.base())
        #expect(missing.grants[0].operations.contains(.fileDelete) == false)
        #expect(missing.grants[1].paths.words == ["Sources/old.swift"])
        #expect(missing.grants[1].operations == [.fileCreate, .fileModify, .fileDelete])
    }

    @Test func `two operations that one change needs stand in one clause`() throws {
        let missing = Self.missing(
            Self.finding(.scopeOperation, path: "Sources/run", operation: .fileMode),
            Self.finding(.scopeOperation, path: "Sources/run", operation: .fileSymlink), base: try Self.base())
        #expect(missing.grants.count == 2)
        #expect(missing.grants[1].operations == [.fileCreate, .fileModify, .fileMode, .fileSymlink])
    }

    @Test func `a protected path is named by a line of its own`() throws {
        let missing = Self.missing(
            Self.finding(.scopeProtected, path: "Sources/.gitattributes"), base: try Self.base())
        #expect(missing.grants[1].paths.words == ["Sources/.gitattributes"])
    }

    @Test func `a ref outside is added to the clauses of that repository only`() throws {
        let base = try Self.base([Self.grant(), Self.grant(repository: "ledger")])
        let missing = Self.missing(
            Self.finding(.refScope, ref: "refs/heads/feature/x"), Self.finding(.refScope, ref: "refs/heads/feature/x"),
            base: base)
        #expect(missing.grants.count == 2)
        #expect(missing.grants[0].refs.map(\.description) == ["refs/heads/agent/PAY-42/**", "refs/heads/feature/x"])
        #expect(missing.grants[1] == base.grants[1])
    }

    @Test func `an operation on a ref is asked for on that ref, and covers no path`() throws {
        let missing = Self.missing(Self.finding(.refOperation, operation: .refRewind), base: try Self.base())
        #expect(missing.grants[1].refs.map(\.description) == ["refs/heads/agent/PAY-42/retry"])
        #expect(missing.grants[1].operations == [.refRewind])
        #expect(missing.grants[1].paths.patterns.isEmpty)
    }

    @Test func `what is landed is asked for where it is landed`() throws {
        let missing = Self.missing(
            Self.finding(.scopePath, path: "Deploy/run.sh", ref: "refs/heads/main"), base: try Self.base())
        #expect(missing.grants[1].refs.isEmpty)
        #expect(missing.grants[1].mergeInto.map(\.description) == ["refs/heads/main"])
    }

    @Test(arguments: [
        (RuleCode.limitCommits, Limits(commits: 9, files: nil, lines: nil, bytes: nil, pushes: 2)),
        (.limitPushes, Limits(commits: 4, files: nil, lines: nil, bytes: nil, pushes: 9)),
        (.limitFiles, Limits(commits: 4, files: nil, lines: nil, bytes: nil, pushes: 2)),
    ])
    func `a limit becomes what was needed, and none is made`(rule: RuleCode, limits: Limits) throws {
        let missing = Self.missing(Self.finding(rule, used: 9), base: try Self.base())
        #expect(missing.limits == limits)
        #expect(missing.grants == (try Self.base().grants))
    }

    @Test(arguments: [RuleCode.delegationExpired, .delegationMissing])
    func `new time is asked for with the same clauses`(rule: RuleCode) throws {
        let base = try Self.base()
        let missing = Self.missing(Self.finding(rule), base: base)
        #expect(missing.isAnything)
        #expect(missing.grants == base.grants)
    }

    @Test(arguments: [
        RuleCode.delegationPossession, .delegationSuspended, .refReserved, .attributionMalformed, .approvalMissing,
        .contextChanged, .delegationRevoked, .undecidedAuthority,
    ])
    func `what no grant mends is named and not asked for`(rule: RuleCode) throws {
        let base = try Self.base()
        let missing = Self.missing(Self.finding(rule), base: base)
        #expect(!missing.isAnything)
        #expect(missing.unmendable.map(\.rule) == [rule])
        #expect(missing.grants == base.grants)
    }

    /// A file may be called like a pattern, or by bytes that are not text.
    @Test(arguments: ["**", "Deploy/**", "**/*.sh", "a*b", "Deploy/\\x", "a/../b"])
    func `a name that would be a pattern is never asked for`(name: String) throws {
        let missing = Self.missing(Self.finding(.scopePath, path: ByteString(name)), base: try Self.base())
        #expect(!missing.isAnything)
        #expect(missing.unmendable.count == 1)
    }

    @Test func `bytes that are not text, and acts without an author, are not asked for`() throws {
        let missing = Self.missing(
            Self.finding(.scopePath, path: ByteString([0xFF])),
            Self.finding(.refOperation, operation: .refDelete, isNamed: false),
            Self.finding(.scopePath, path: "x", ref: "refs/heads/elsewhere"), base: try Self.base())
        #expect(!missing.isAnything)
        #expect(missing.unmendable.count == 3)
    }
}
