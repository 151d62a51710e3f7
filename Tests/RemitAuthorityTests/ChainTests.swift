import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// A delegation that was handed on: narrower in every respect than one that stands.
@Suite struct ChainTests {
    /// A delegation that bounds everything, and may be handed on twice.
    private static func bounded(_ delegation: inout TestDelegation) {
        delegation.hops = 2
        delegation.model = "claude-opus-4-6"
        delegation.tools = ["edit", "bash"]
        delegation.grants[0].environments = ["staging"]
        delegation.limits = ["commits": 40, "files": 60, "lines": 2000, "bytes": 9000, "pushes": 20]
    }

    private static func handedOn(_ delegation: inout TestDelegation) {
        bounded(&delegation)
        delegation.hops = 1
    }

    private static func verified(_ world: MemoryAuthority, _ id: RecordID) throws -> VerifiedDelegation? {
        if case .verified(let verified) = try world.load().delegation(id) { verified } else { nil }
    }

    @Test func `one that is as wide as its parent stands, and knows what is above it`() throws {
        var world = try MemoryAuthority()
        let root = try world.delegate(Self.bounded)
        let child = try world.subdelegate(under: root, Self.handedOn)
        let print = try world.cast.task.fingerprint()
        let grandchild = try world.subdelegate(under: child, signedBy: [world.cast.subtask]) {
            Self.handedOn(&$0)
            $0.hops = nil
            $0.keys = [print]
        }
        #expect(try Self.verified(world, root)?.ancestors.isEmpty == true)
        #expect(try Self.verified(world, child)?.ancestors.map(\.id) == [root])
        #expect(try Self.verified(world, grandchild)?.ancestors.map(\.id) == [child, root])
        #expect(try Self.verified(world, grandchild)?.delegation.delegator == "dana@example.org")
    }

    @Test func `one that is narrower stands, beside a parent that bounds little`() throws {
        var world = try MemoryAuthority()
        let root = try world.delegate { $0.hops = 1 }
        let child = try world.subdelegate(under: root) {
            $0.issuedAt = $0.issuedAt.adding(seconds: 60)
            $0.expiresAt = $0.expiresAt.adding(seconds: -60)
            $0.mergeBy = nil
            $0.model = "claude-haiku-4-5"
            $0.tools = ["edit"]
            $0.limits = ["commits": 1]
            $0.grants[0].refs = ["refs/heads/agent/PAY-42/part"]
            $0.grants[0].mergeInto = []
            $0.grants[0].paths = ["Sources/Retry/**", "Tests/**/*.swift"]
            $0.grants[0].except = []
            $0.grants[0].operations = ["ref.create", "file.create"]
        }
        #expect(try DelegationLookupTests.rejection(world, child) == nil)
    }

    /// A sub-delegation that is wider in one respect.
    struct Wider: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout TestDelegation) -> Void

        init(_ reason: String, _ change: @escaping @Sendable (inout TestDelegation) -> Void) {
            testDescription = reason
            self.change = change
        }
    }

    private static let wider = [
        Wider("its delegator is sam@example.org, its parent's dana@example.org") { $0.delegator = "sam@example.org" },
        Wider("it is issued at 2026-11-20T10:59:59Z, its parent not before 2026-11-20T11:00:00Z") {
            $0.issuedAt = $0.issuedAt.adding(seconds: -1)
        },
        Wider("it expires at 2026-11-20T20:00:01Z, its parent at 2026-11-20T20:00:00Z") {
            $0.expiresAt = $0.expiresAt.adding(seconds: 1)
        },
        Wider("its work may land until 2026-11-27T12:00:01Z, its parent's until 2026-11-27T12:00:00Z") {
            $0.mergeBy = $0.mergeBy?.adding(seconds: 1)
        },
        Wider("its repository web is outside its parent's") { $0.grants[0].repository = "web" },
        Wider("its ref refs/heads/agent/** is outside its parent's") {
            $0.grants[0].refs.append("refs/heads/agent/**")
        },
        Wider("its merge_into ref refs/heads/agent/PAY-42/x is outside its parent's") {
            $0.grants[0].mergeInto.append("refs/heads/agent/PAY-42/x")
        },
        Wider("its path Docs/** is outside its parent's") { $0.grants[0].paths.append("Docs/**") },
        Wider("its path Sources/** without the exception of Sources/Secrets/** is outside its parent's") {
            $0.grants[0].except = ["Sources/Secrets/old/**"]
        },
        Wider("its operation file.delete is outside its parent's") { $0.grants[0].operations.append("file.delete") },
        Wider("its environment production is outside its parent's") { $0.grants[0].environments.append("production") },
        Wider("it allows 41 commits, its parent 40") { $0.limits["commits"] = 41 },
        Wider("it allows 61 files, its parent 60") { $0.limits["files"] = 61 },
        Wider("it allows 2001 lines, its parent 2000") { $0.limits["lines"] = 2001 },
        Wider("it allows 9001 bytes, its parent 9000") { $0.limits["bytes"] = 9001 },
        Wider("it allows any number of pushes, its parent 20") { $0.limits["pushes"] = nil },
        Wider("its model is claude-haiku-4-5, its parent's claude-opus-4-6") { $0.model = "claude-haiku-4-5" },
        Wider("it names no model, its parent claude-opus-4-6") { $0.model = nil },
        Wider("its tool web is not among its parent's") { $0.tools.append("web") },
        Wider("it names no tools, its parent edit, bash") { $0.tools = [] },
    ]

    @Test(arguments: wider)
    func `one that is wider is refused for that`(wider: Wider) throws {
        var world = try MemoryAuthority()
        let root = try world.delegate(Self.bounded)
        let child = try world.subdelegate(under: root) {
            Self.handedOn(&$0)
            wider.change(&$0)
        }
        try DelegationLookupTests.expect(.delegationChain, wider.testDescription, world, child)
    }

    @Test func `one key does not stand for two delegations of a chain`() throws {
        var world = try MemoryAuthority()
        let key = try world.cast.task.print()
        let root = try world.delegate(Self.bounded)
        let child = try world.subdelegate(under: root) {
            Self.handedOn(&$0)
            $0.keys.append(key.description)
        }
        try DelegationLookupTests.expect(.delegationChain, "its task key \(key) is its parent's too", world, child)
    }

    @Test func `a second clause is bounded like the first`() throws {
        var world = try MemoryAuthority()
        let root = try world.delegate {
            $0.hops = 1
            var tests = TestDelegation.Grant()
            tests.refs = ["refs/heads/agent/tests"]
            tests.paths = ["Tests/**"]
            $0.grants[0].paths = ["Sources/**"]
            $0.grants.append(tests)
        }
        // Each respect lies within some clause of the parent, all of them within none.
        let child = try world.subdelegate(under: root) {
            var mixed = TestDelegation.Grant()
            mixed.refs = ["refs/heads/agent/tests"]
            mixed.paths = ["Sources/**"]
            $0.grants[0].paths = ["Sources/Retry/**"]
            $0.grants.append(mixed)
        }
        try DelegationLookupTests.expect(
            .delegationChain, "its path Sources/** is outside its parent's", world, child)
    }

    @Test func `hops run out`() throws {
        var world = try MemoryAuthority()
        let (task, subtask) = (world.cast.task, world.cast.subtask)
        let prints = (try task.fingerprint(), try subtask.fingerprint())
        var ids = [try world.delegate { $0.hops = 16 }]
        for depth in 1...16 {
            ids.append(
                try world.subdelegate(under: ids[depth - 1], signedBy: [depth.isMultiple(of: 2) ? subtask : task]) {
                    $0.hops = 16 - depth
                    $0.keys = [depth.isMultiple(of: 2) ? prints.0 : prints.1]
                })
        }
        #expect(try Self.verified(world, ids[16])?.ancestors.map(\.id) == ids.dropLast().reversed())
        let deep = try world.subdelegate(under: ids[16], signedBy: [task])
        try DelegationLookupTests.expect(
            .delegationChain, "its parent \(ids[16].abbreviated) allows no sub-delegation", world, deep)
        let equal = try world.subdelegate(under: ids[1], signedBy: [subtask]) { $0.hops = 15 }
        try DelegationLookupTests.expect(
            .delegationChain, "it allows 15 further hops, its parent \(ids[1].abbreviated) only 14", world, equal)
        // What hangs on a broken link falls with it.
        let below = try world.subdelegate(under: equal, signedBy: [subtask]) { $0.keys = [prints.0] }
        try DelegationLookupTests.expect(
            .delegationChain,
            "its parent \(equal.abbreviated) is rejected: it allows 15 further hops, its parent \(ids[1].abbreviated) "
                + "only 14", world, below)
    }

    @Test func `a chain that bites its own tail`() throws {
        var world = try MemoryAuthority()
        // A digest cannot be chosen, so one of the two has another name than its bytes.
        let head = RecordID(of: [7])
        let tail = try world.subdelegate(under: head) { $0.hops = 3 }
        let text = TestDelegation(at: MemoryAuthority.now, keys: [try world.cast.task.fingerprint()])
        var biting = text
        biting.parent = tail
        biting.hops = 4
        try world.put(biting.text, at: MemoryAuthority.path(head), signedBy: [world.cast.subtask], "remit-delegation")
        try DelegationLookupTests.expect(
            .delegationChain, "its parent \(head.abbreviated) is rejected: its bytes are not those of its name", world,
            tail)
    }
}
