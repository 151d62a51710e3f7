import RemitGit
import RemitModel
import RemitTestSupport
import Testing

@Suite struct HostileTreeTests {
    typealias Row = (mode: String, name: String)

    private static func tree(_ rows: [Row], in repository: TestRepository) throws -> ObjectID {
        let blob = try repository.write("blob", Array("x".utf8))
        let subtree = try repository.writeTree([("100644", Array("inner".utf8), blob)])
        return try repository.writeTree(
            rows.map { ($0.mode, Array($0.name.utf8), $0.mode.hasSuffix("40000") ? subtree : blob) })
    }

    @Test(
        arguments: [
            ([("100644", "a"), ("100644", "a")], "two entries have the same name"),
            ([("100644", "a"), ("40000", "a")], "two entries have the same name"),
            ([("100644", "a"), ("100644", "a-b"), ("40000", "a")], "two entries have the same name"),
            (
                [("100644", "a"), ("100644", "a-b"), ("100644", "a-c"), ("40000", "a")],
                "two entries have the same name"
            ),
            ([("100644", "b"), ("100644", "a")], "entries are not in git's order"),
            ([("40000", "a"), ("100644", "a-b")], "entries are not in git's order"),
            ([("100644", "")], "a name is empty, '.', '..', '.git' or holds '/'"),
            ([("100644", "a/b")], "a name is empty, '.', '..', '.git' or holds '/'"),
            ([("40000", ".")], "a name is empty, '.', '..', '.git' or holds '/'"),
            ([("40000", "..")], "a name is empty, '.', '..', '.git' or holds '/'"),
            ([("40000", ".git")], "a name is empty, '.', '..', '.git' or holds '/'"),
            ([("40000", ".GiT")], "a name is empty, '.', '..', '.git' or holds '/'"),
            ([("10064x", "a")], "a mode is not octal"),
            ([("", "a")], "a mode is not octal"),
            ([("777777777", "a")], "a mode is not octal"),
        ] as [([Row], String)])
    func `a tree that may be read in two ways is refused`(rows: [Row], reason: String) throws {
        let repository = try TestRepository()
        let tree = try Self.tree(rows, in: repository)
        let ours = try repository.open()
        for (old, new) in [(nil, tree), (tree, nil)] as [(ObjectID?, ObjectID?)] {
            let error = try gitError { _ = try ours.changes(from: old, to: new) as [Change] }
            #expect(error.code == .malformedTree)
            #expect(error.reason == "tree \(tree): \(reason)")
        }
        #expect(try gitError { _ = try ours.list("", inTree: tree) }.code == .malformedTree)
    }

    @Test func `a dot before a control character is a name like others`() throws {
        let repository = try TestRepository()
        // 0x0E is 0x2E, a dot, but for the bit by which letters differ in case.
        let tree = try Self.tree([("100644", ".\u{E}"), ("100644", ".gi"), ("100644", ".giu")], in: repository)
        let ours = try repository.open()
        #expect(try ours.changes(from: nil, to: tree).map(\.path) == [".\u{E}", ".gi", ".giu"])
        #expect(try ours.entry(at: ".\u{E}", inTree: tree)?.mode == .regular)
    }

    @Test(arguments: [0, 3, 20, 27]) func `a tree that is cut off is refused`(kept: Int) throws {
        let repository = try TestRepository()
        let whole = Array("100644 a\0".utf8) + Array(repeating: 7, count: 20)
        let tree = try repository.write("tree", whole + whole.prefix(kept) + (kept == 0 ? [0x31] : []))
        let ours = try repository.open()
        let error = try gitError { _ = try ours.changes(from: nil, to: tree) as [Change] }
        #expect(error.reason.hasSuffix("an entry is cut off"))
    }

    @Test func `a fault beside an equal run is found`() throws {
        let repository = try TestRepository()
        let good = try Self.tree([("100644", "a-b"), ("40000", "a"), ("100644", "z")], in: repository)
        let double = try Self.tree(
            [("100644", "a"), ("100644", "a-b"), ("40000", "a"), ("100644", "z")], in: repository)
        let late = try Self.tree(
            [("100644", "a-b"), ("40000", "a"), ("100644", "z"), ("100644", "y")], in: repository)
        let ours = try repository.open()
        for tree in [double, late] {
            let error = try gitError { _ = try ours.changes(from: good, to: tree) as [Change] }
            #expect(error.code == .malformedTree)
        }
    }

    @Test func `modes that differ only in spelling are no change`() throws {
        let repository = try TestRepository()
        let plain = try Self.tree([("100644", "a"), ("40000", "b")], in: repository)
        let padded = try Self.tree([("100664", "a"), ("040000", "b")], in: repository)
        #expect(try repository.open().changes(from: plain, to: padded).isEmpty)
    }

    @Test func `directories nested without end reach a limit`() throws {
        let repository = try TestRepository()
        var stream = "commit refs/heads/main\ncommitter D <d@e> 0 +0000\ndata 0\n"
        let path = Array(repeating: "d", count: 4_096).joined(separator: "/")
        stream += "M 100644 inline \(path)\ndata 1\nx\n"
        let shallow = try repository.commit([String(path.dropFirst(4)): "x"], on: "refs/heads/shallow")
        try repository.fastImport(Array(stream.utf8))
        let ours = try repository.open()
        #expect(try ours.changes(from: nil, to: shallow).count == 1)
        try repository.commit(["d/\(path)": "x"])
        let deep = try repository.resolve("main")
        #expect(try gitError { _ = try ours.changes(from: nil, to: deep) as [Change] }.code == .limit)
    }

    @Test func `trees that unfold without end reach a limit`() throws {
        let repository = try TestRepository()
        var tree = try repository.write("tree", [])
        for _ in 0..<8 {
            tree = try repository.writeTree((0..<10).map { ("40000", Array("d\($0)".utf8), tree) })
        }
        let bomb = tree
        let ours = try repository.open()
        #expect(try gitError { _ = try ours.changes(from: nil, to: bomb) as [Change] }.code == .limit)
    }

    @Test func `a missing subtree is a missing object, and a blob in its place the wrong kind`() throws {
        let repository = try TestRepository()
        let blob = try repository.write("blob", Array("x".utf8))
        let absent = try #require(ObjectID(hex: String(repeating: "7", count: 40)))
        let broken = try repository.writeTree([("40000", Array("d".utf8), absent)])
        let swapped = try repository.writeTree([("40000", Array("d".utf8), blob)])
        let ours = try repository.open()
        let missing = try gitError { _ = try ours.changes(from: nil, to: broken) as [Change] }
        #expect(missing.code == .missingObject)
        #expect(missing.reason.contains(absent.hex))
        #expect(try gitError { _ = try ours.changes(from: nil, to: swapped) as [Change] }.code == .wrongKind)
    }
}
