import RemitGit
import RemitModel
import RemitTestSupport
import Testing

/// Looking a path up, in directories of any width.
@Suite struct DirectoryTests {
    @Test func `every name of a directory is found, and no other`() throws {
        let repository = try TestRepository()
        // Git sorts a directory as if its name ended with a slash: `a-b`, `a.b`, `a/`, `a0`.
        let blob = try repository.write("blob", Array("x".utf8))
        let subtree = try repository.writeTree([("100644", Array("inner".utf8), blob)])
        let files = ["a-b", "a.b", "a0", "ab", "b", "b.c", "long-name-of-more-than-eight-bytes", "\u{E9}"]
        let rows =
            files.map { ("100644", Array($0.utf8), blob) }
            + ["a", "b-d", "c"].map { ("40000", Array($0.utf8), subtree) }
        let sorted = rows.sorted { one, other in
            func key(_ row: (String, [UInt8], ObjectID)) -> [UInt8] { row.1 + (row.0 == "40000" ? [0x2F] : []) }
            return key(one).lexicographicallyPrecedes(key(other))
        }
        let tree = try repository.writeTree(sorted)
        let ours = try repository.open()
        let listed = try #require(try ours.list("", inTree: tree))
        #expect(listed.map(\.name) == sorted.map { ByteString($0.1) })
        for (name, entry) in listed { #expect(try ours.entry(at: name, inTree: tree) == entry) }
        for name in ["", "A", "a-", "a-bc", "a.", "a/x", "aa", "b-", "b-d.", "bb", "c0", "d", "~"] {
            #expect(try ours.entry(at: ByteString(name), inTree: tree) == nil, "\(name)")
        }
        #expect(try ours.entry(at: "c/inner", inTree: tree)?.id == blob)
    }

    /// What many look-ups in directories of so many files read: objects, and steps of a walk.
    private static func reads(_ count: Int) throws -> UInt32 {
        let repository = try TestRepository()
        let blob = try repository.write("blob", Array("x".utf8))
        func name(_ number: Int) -> String { "\(100_000 + number).toml" }
        let wide = try repository.writeTree((0..<count).map { ("100644", Array(name($0).utf8), blob) })
        let tree = try repository.writeTree([("40000", Array("keys".utf8), wide)])
        let ours = try repository.open()
        for number in 0..<10 {
            #expect(try ours.entry(at: ByteString("keys/\(name(number))"), inTree: tree)?.id == blob)
            #expect(try ours.entry(at: ByteString("keys/\(name(number)).sig"), inTree: tree) == nil)
        }
        return ours.stopwatch.reads
    }

    @Test func `a wide directory is read once, however often it is looked into`() throws {
        let (few, many) = (try Self.reads(10), try Self.reads(5_000))
        #expect(few == many)
    }

    @Test func `a directory that is at hand is not looked into once the time is over`() throws {
        let repository = try TestRepository()
        let commit = try repository.commit(["agents/claude.toml": "x = 1"])
        let ours = try repository.open()
        #expect(try ours.entry(at: "agents/claude.toml", inTree: commit) != nil)
        ours.stopwatch.start(until: .now)
        _ = ours.stopwatch.look()
        let tree = try gitError { _ = try ours.entry(at: "agents/claude.toml", inTree: commit) }
        #expect(tree.code == .deadline)
    }
}
