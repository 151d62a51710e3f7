import RemitGit
import RemitModel
import RemitTestSupport
import Testing

/// Notes are found where git finds them.
@Suite struct NotesTests {
    /// Ids of commits that are nowhere: a note needs none.
    private static func id(_ number: Int) throws -> ObjectID {
        var random = SplitMix64(seed: UInt64(number))
        let hex = (0..<3).map { _ in
            let word = String(random.next(), radix: 16)
            return String(repeating: "0", count: 16 - word.count) + word
        }
        return try #require(ObjectID(hex: String(hex.joined().prefix(40))))
    }

    /// Notes with as many levels of directories as git or another writer makes.
    private static func repository(_ count: Int, levels: Int) throws -> TestRepository {
        let repository = try TestRepository()
        var stream = "commit refs/notes/ai\ncommitter A <a@example.org> 1 +0000\ndata 0\n"
        for number in 0..<count {
            let hex = try id(number).hex
            var path = ""
            for level in 0..<levels { path += hex.dropFirst(2 * level).prefix(2) + "/" }
            path += hex.dropFirst(2 * levels)
            stream += "M 100644 inline \(path)\ndata <<END\nnote \(number)\nEND\n"
        }
        try repository.fastImport(Array(stream.utf8))
        return repository
    }

    private static func tip(_ repository: TestRepository) throws -> ObjectID { try repository.resolve("refs/notes/ai") }

    @Test(arguments: [0, 1, 2, 3])
    func `every note is found through each fan-out, as git finds it`(levels: Int) throws {
        let repository = try Self.repository(300, levels: levels)
        let ours = try repository.open()
        var expected: [String: String] = [:]
        for line in try repository.git("notes", "--ref=ai", "list").lines {
            let words = line.split(separator: " ").map(String.init)
            expected[words[1]] = words[0]
        }
        #expect(expected.count == 300)
        for number in 0..<300 {
            let id = try Self.id(number)
            #expect(try ours.notes(on: id, at: Self.tip(repository)).map(\.hex) == [expected[id.hex]])
        }
        #expect(try ours.notes(on: Self.id(300), at: Self.tip(repository)).isEmpty)
    }

    @Test func `what git itself fans out is found`() throws {
        let repository = try TestRepository()
        let commit = try repository.commit(["a": "1"])
        var stream = "commit refs/notes/ai\ncommitter A <a@example.org> 1 +0000\ndata 0\n"
        for number in 0..<600 { stream += "N inline \(try Self.id(number))\ndata 2\nx\n\n" }
        // fast-import wants the annotated objects to be there, so that git is asked to write the tree anew instead.
        stream = stream.replacing("N inline ", with: "M 100644 inline ")
        try repository.fastImport(Array(stream.utf8))
        try repository.git(["notes", "--ref=ai", "add", "-m", "own", commit.hex])
        let fannedOut = try repository.git("ls-tree", "refs/notes/ai").lines.allSatisfy { $0.hasPrefix("040000 tree") }
        #expect(fannedOut)
        let ours = try repository.open()
        let note = try repository.resolve("refs/notes/ai:\(commit.hex.prefix(2))/\(commit.hex.dropFirst(2))")
        #expect(try ours.notes(on: commit, at: Self.tip(repository)) == [note])
        for number in 0..<600 { #expect(try ours.notes(on: Self.id(number), at: Self.tip(repository)).count == 1) }
    }

    @Test func `two notes on one commit are both given, the flat one first`() throws {
        let repository = try TestRepository()
        let one = try repository.write("blob", Array("one".utf8))
        let two = try repository.write("blob", Array("two".utf8))
        let id = try Self.id(1)
        let directory = try repository.writeTree([("100644", Array(id.hex.dropFirst(2).utf8), two)])
        let root = try repository.writeTree([
            ("40000", Array(id.hex.prefix(2).utf8), directory), ("100644", Array(id.hex.utf8), one),
        ])
        #expect(try repository.open().notes(on: id, at: root) == [one, two])
    }

    @Test(arguments: ["40000", "120000", "160000"])
    func `what is no file is no note, as for git`(mode: String) throws {
        let repository = try TestRepository()
        let id = try Self.id(1)
        let blob = try repository.write("blob", Array("Sources".utf8))
        let target = mode == "40000" ? try repository.writeTree([("100644", Array("a".utf8), blob)]) : blob
        let root = try repository.writeTree([(mode, Array(id.hex.utf8), target)])
        #expect(try repository.open().notes(on: id, at: root).isEmpty)
        let commit = try repository.commitTree(root, parents: [], message: "notes\n")
        try repository.setRef("refs/notes/ai", to: commit)
        #expect(try repository.attempt(["notes", "--ref=ai", "list", id.hex]).status == 1)
    }

    @Test func `a ref of notes that leads to no tree holds none`() throws {
        let repository = try TestRepository()
        let blob = try repository.write("blob", Array("x".utf8))
        #expect(try repository.open().notes(on: Self.id(1), at: blob).isEmpty)
    }

    @Test func `a directory of notes beyond the bound, or out of order, is an error`() throws {
        let repository = try TestRepository()
        let blob = try repository.write("blob", Array("x".utf8))
        var entries: [UInt8] = []
        for number in 0..<60_000 {
            let digits = String(number, radix: 16)
            entries += Array("100644 ".utf8) + Array(String(repeating: "0", count: 42 - digits.count).utf8)
            entries += Array(digits.utf8) + [0] + blob.bytes
        }
        let huge = try repository.write("tree", entries)
        let limit = try gitError { _ = try repository.open().notes(on: Self.id(1), at: huge) }
        #expect(limit.code == .limit)
        #expect(limit.reason == "tree \(huge) is larger than 4194304 bytes")
        let unordered = try repository.writeTree([("100644", [0x62], blob), ("100644", [0x61], blob)])
        let malformed = try gitError { _ = try repository.open().notes(on: Self.id(1), at: unordered) }
        #expect(malformed.code == .malformedTree)
    }
}
