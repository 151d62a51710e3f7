import RemitDifferential
import RemitGit
import RemitModel
import RemitTestSupport
import Testing

@Suite struct ChangesTests {
    /// Every swap of kinds at one path, beside names that sort oddly.
    private static func awkward() throws -> TestRepository {
        let repository = try TestRepository()
        let first = try repository.commit(["a": "file", "a-b": "x", "a.c": "x", "keep/deep/er": "same", "b/c/d": "1"])
        try repository.commit(["a": .delete, "a/b": "now a directory", "a/c/d": "deep"])
        try repository.commit(["a/b": .symlink(to: "../keep"), "a/c": .delete, "a/c/d/e": "file became directory"])
        try repository.commit(["a": .delete, "a0": "x"])
        try repository.commit(["a": .gitlink(first), "b": .symlink(to: "keep")])
        try repository.commit(["a": .executable("file"), "b": .delete, "b/c/d": "1"])
        try repository.commit(["a": .executable("file"), "keep/deep/er": .executable("same")])
        try repository.commit(["a": .file("file"), "moved": "same", "keep": .delete])
        try repository.commit(["quote\"tab\tline\nfeed\\": "odd", "caf\u{E9}": "composed"])
        // Another key of the same dictionary would be equal to Swift, which compares text by meaning.
        try repository.commit(["cafe\u{301}": "decomposed"])
        let left = try repository.commit(["left": "1"], on: "refs/heads/left", parents: [repository.resolve("main")])
        let right = try repository.commit(["right": "1"], on: "refs/heads/right", parents: [first])
        let orphan = try repository.commit(["a": "unrelated"], on: "refs/heads/orphan", parents: [])
        try repository.commit(["evil": "merge"], parents: [repository.resolve("main"), left, right, orphan])
        try repository.commit([:], message: "nothing\n")
        for name in try repository.git("ls-tree", "-z", "--name-only", "main").fields {
            try repository.commit([String(decoding: name, as: UTF8.self): .delete])
        }
        try repository.commit([Array(repeating: "d", count: 300).joined(separator: "/"): "deep"])
        return repository
    }

    private static func expectEqual(_ repository: TestRepository) throws -> Int {
        let ours = try repository.open()
        var count = 0
        for comparison in try repository.comparisons() {
            let changes = try ours.changes(from: comparison.parent, to: comparison.commit)
            #expect(
                changes == comparison.changes, "\(comparison.commit) against \(String(describing: comparison.parent))")
            count += changes.count
        }
        return count
    }

    @Test func `every change of an awkward history is what git finds, in git's order`() throws {
        #expect(try Self.expectEqual(Self.awkward()) > 50)
    }

    @Test func `an empty tree that is not stored is empty all the same`() throws {
        let repository = try TestRepository()
        let commit = try repository.commit(["a": "x"])
        let ours = try repository.open()
        #expect(try ours.changes(from: Repository.emptyTree, to: commit).count == 1)
        #expect(try ours.changes(from: commit, to: nil).map(\.path) == ["a"])
        #expect(try ours.changes(from: nil, to: nil).isEmpty)
    }

    @Test func `a visitor's error ends the walk and comes out`() throws {
        struct Enough: Error {}
        let repository = try TestRepository()
        let commit = try repository.commit(["a": "x", "b": "y"])
        let ours = try repository.open()
        var seen = 0
        #expect(throws: Enough.self) {
            try ours.changes(from: nil, to: commit) { _ in
                seen += 1
                throw Enough()
            }
        }
        #expect(seen == 1)
    }

    @Test func `lines are counted as numstat counts them`() throws {
        let repository = try TestRepository()
        var random = SplitMix64(seed: 7)
        print("seed 7")
        func text() -> String {
            (0..<random.below(60)).map { _ in "line \(random.below(12))" }.joined(separator: "\n")
                + (random.oneIn(2) ? "\n" : "")
        }
        for _ in 0..<30 {
            var edits: [String: FileEdit] = [:]
            for name in 0..<8 { edits["f\(name)"] = random.oneIn(6) ? .executable(text()) : .file(text()) }
            edits["binary"] = .file("a\0\(random.below(3))")
            edits["link"] = .symlink(to: "f\(random.below(8))")
            edits["sub"] = .gitlink(try #require(ObjectID(bytes: random.bytes(20))))
            edits["f\(random.below(8))"] = .delete
            try repository.commit(edits)
        }
        let ours = try repository.open()
        for comparison in try repository.comparisons() {
            let sides = [comparison.parent?.hex ?? Repository.emptyTree.hex, comparison.commit.hex]
            let numstat = try repository.git(["diff-tree", "-r", "-z", "--no-renames", "--numstat"] + sides).fields
            let expected = Dictionary(
                uniqueKeysWithValues: numstat.map { line in
                    let parts = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2).map { Array($0) }
                    return (ByteString(parts[2]), parts[..<2].map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 })
                })
            for change in comparison.changes {
                let counts = try ours.lineCounts(change)
                #expect([counts.added, counts.deleted] == expected[change.path], "\(change) in \(comparison.commit)")
            }
        }
    }
}
