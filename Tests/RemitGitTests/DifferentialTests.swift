import RemitGit
import RemitModel
import RemitTestSupport
import Testing

@testable import RemitDifferential

/// `make differential` reads ten times as many commits, built for release.
@Suite struct DifferentialTests {
    /// One seed for each way of keeping objects.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `git and Remit read a random history alike, in one thread and in four`(seed: UInt64) throws {
        let tally = try Differential(seed: seed, commits: 2_500, threads: [1, 4]).run()
        #expect(tally.disagreements.isEmpty, "\(tally.disagreements.map(\.description).joined(separator: "\n"))")
        #expect(tally.commits == 2_500)
        #expect(tally.comparisons > 2_500 && tally.changes > 10_000 && tally.lines > 100 && tally.ranges > 10)
    }

    @Test func `the same seed gives the same commits`() throws {
        func heads(_ seed: UInt64) throws -> [String] {
            let repository = try TestRepository()
            var history = RandomHistory(seed: seed)
            try history.write(200, to: repository)
            return try repository.git("for-each-ref", "--format=%(objectname)").lines
        }
        #expect(try heads(7) == heads(7))
        #expect(try heads(7) != heads(8))
    }

    @Test func `a random history holds what trees and commits can be`() throws {
        let repository = try TestRepository()
        var history = RandomHistory(seed: 3)
        try history.write(2_500, to: repository)
        let commits = try repository.listedCommits()
        #expect(commits.count { $0.parents.isEmpty } > 3)
        #expect(commits.count { $0.parents.count == 2 } > 200)
        #expect(commits.count { $0.parents.count > 2 } > 20)
        #expect((commits.map(\.parents.count).max() ?? 0) > 6)

        // Lines that were merged into each other crosswise have several bases.
        let merges = commits.filter { $0.parents.count == 2 }.prefix(60)
        #expect(
            try merges.contains { merge in
                try repository.basesQuestion(merge.parents[0], merge.parents[1]).expected.count > 1
            })

        let comparisons = try repository.comparisons(of: commits, tellsTrees: true)
        #expect(comparisons.count { $0.changes.isEmpty } > 100)
        let empty = ObjectPack.id(.tree, [])
        let changes = comparisons.flatMap(\.changes)
        #expect(changes.count { $0.new?.id == empty } > 50)
        for (old, new) in [
            (.regular, .executable), (.regular, .symlink), (.symlink, .gitlink), (.gitlink, .regular),
        ] as [(FileMode, FileMode)] {
            #expect(changes.contains { $0.old?.mode == old && $0.new?.mode == new }, "\(old) to \(new)")
        }
        // A file goes where a directory comes, in two rows of one path.
        #expect(
            comparisons.count { comparison in
                let gone = Set(comparison.changes.filter { $0.new == nil && $0.old?.mode != .tree }.map(\.path))
                return comparison.changes.contains { $0.new?.mode == .tree && gone.contains($0.path) }
            } > 50)
        let directories = Dictionary(grouping: Set(changes.map(\.path))) { path in
            path.bytes[..<(path.bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0)]
        }
        #expect((directories.values.map(\.count).max() ?? 0) > 300)
        #expect((changes.map { $0.path.bytes.count { $0 == UInt8(ascii: "/") } }.max() ?? 0) > 100)
        #expect(changes.contains { String(validating: $0.path.bytes, as: UTF8.self) == nil })

        // Directories are moved whole: one path loses the tree that another gets.
        #expect(
            comparisons.count { comparison in
                let trees = comparison.changes.filter { ($0.old ?? $0.new)?.mode == .tree }
                let gone = Set(trees.compactMap { $0.new == nil ? $0.old?.id : nil })
                return trees.contains { $0.old == nil && gone.contains($0.new?.id ?? empty) }
            } > 50)

        let trees = try repository.git(
            ["cat-file", "--batch-all-objects", "--batch", "--unordered"], input: []
        ).stdout
        for spelling in ["100664", "00100755", "0120000", "040000", "60000"] {
            #expect(trees.contains(Array("\(spelling) ".utf8)), "\(spelling)")
        }
    }

    @Test func `where git and Remit differ is told, to the commit, the parent and the path`() throws {
        let repository = try TestRepository()
        let first = try repository.commit(["a": "1", "b": "1", "c": "1"])
        let second = try repository.commit(["a": "2", "b": "2", "c": .executable("1")])
        let comparison = try #require(repository.comparisons().first { $0.commit == second })
        let ours = try repository.open()
        func answer(_ comparison: Comparison) -> String? {
            ChangesQuestion(comparison: comparison).answer(ours)?.description
        }
        #expect(answer(comparison) == nil)

        func told(_ change: (inout [Change]) -> Void) throws -> String {
            var changes = comparison.changes
            change(&changes)
            let wrong = Comparison(commit: second, parent: first, changes: changes)
            return try #require(answer(wrong))
        }
        func with(_ change: Change, mode: FileMode? = nil, id: ObjectID? = nil) -> Change {
            let new = change.new.map { Change.Entry(mode: mode ?? $0.mode, id: id ?? $0.id) }
            return Change(path: change.path, old: change.old, new: new)
        }
        let mode = try told { $0[2] = with($0[2], mode: .symlink) }
        #expect(mode.contains("changes of \(second) against \(first) at 'c': git says ':100644 120000 "))
        #expect(mode.contains(", Remit says ':100644 100755 "))
        // An id that differs in its last bit alone.
        let id = try #require(comparison.changes[0].new?.id)
        let near = ObjectID(head: id.head, middle: id.middle, tail: id.tail ^ 1)
        #expect(try told { $0[0] = with($0[0], id: near) }.contains(near.hex))
        #expect(try told { $0.swapAt(0, 1) }.contains("at 'b'"))
        #expect(try told { $0.removeLast() }.contains("at 'c': git says no more"))
        #expect(try told { $0.append($0[0]) }.contains("Remit says no more"))
        let lost = answer(Comparison(commit: near, parent: first, changes: []))
        #expect(
            lost?.contains(
                "changes of \(near) against \(first): git says it can be read, Remit says missingObject") == true)
    }
}
