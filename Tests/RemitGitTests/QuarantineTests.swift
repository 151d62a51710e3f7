import RemitGit
import RemitModel
import RemitTestSupport
import Testing

@Suite struct QuarantineTests {
    /// A repository with a commit, and a second commit that lies in an object directory of its own.
    private static func push(name: String, packed: Bool) throws -> (TestRepository, old: ObjectID, new: ObjectID) {
        let repository = try TestRepository(name: name)
        let old = try repository.commit(["a": "old"])
        let sender = try TestRepository()
        try sender.git(["fetch", "-q", repository.path, "main:main"])
        let new = try sender.commit(["a": "new"])
        let pack = try sender.git(
            ["pack-objects", "--revs", "--stdout", "-q"], input: Array("main\n^\(old)\n".utf8)
        ).stdout
        let quarantine = "\(repository.gitDirectory)/objects/tmp_objdir-incoming-X"
        try writeFile([], to: "\(quarantine)/pack/none")
        try repository.git(
            packed ? ["index-pack", "--stdin", "-v"] : ["unpack-objects", "-q"], input: pack,
            environment: ["GIT_OBJECT_DIRECTORY": quarantine, "GIT_ALTERNATE_OBJECT_DIRECTORIES": quoted(repository)])
        return (repository, old, new)
    }

    /// As git writes `GIT_ALTERNATE_OBJECT_DIRECTORIES` for a hook.
    private static func quoted(_ repository: TestRepository) -> String {
        let path = "\(repository.gitDirectory)/./objects"
        guard path.contains(":") else { return path }
        return "\"" + path.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
    }

    @Test(arguments: ["plain.git", "we\"ird:r epo.git"], [false, true])
    func `objects of a push are seen through its quarantine only`(name: String, packed: Bool) throws {
        let (repository, old, new) = try Self.push(name: name, packed: packed)
        #expect(try gitError { _ = try repository.open().history(of: new) }.code == .missingObject)
        let quarantine = Quarantine(
            objectDirectory: Array("\(repository.gitDirectory)/objects/tmp_objdir-incoming-X".utf8),
            alternates: Array(Self.quoted(repository).utf8))
        let ours = try repository.open(quarantine: quarantine)
        #expect(try ours.history(of: new, excluding: [old]) == [new])
        #expect(try ours.changes(from: old, to: new).map(\.path) == ["a"])
        let relative = Quarantine(objectDirectory: Array("objects/tmp_objdir-incoming-X".utf8))
        #expect(try repository.open(quarantine: relative).history(of: new) == [old, new])
    }

    @Test func `a pool is found through the environment and through a quoted line`() throws {
        let pool = try TestRepository(name: "po\"ol:x.git")
        let commit = try pool.commit(["a": "x"])
        let path = "\"\(pool.gitDirectory.split(separator: "\"").joined(separator: "\\\""))/objects\""
        let fork = try TestRepository()
        #expect(try gitError { _ = try fork.open().kind(of: commit) }.code == .missingObject)
        let environment = Quarantine(alternates: Array("/nowhere::\(path)".utf8))
        #expect(try fork.open(quarantine: environment).kind(of: commit) == .commit)
        try writeFile(Array("# pool\n\(path)\n".utf8), to: "\(fork.gitDirectory)/objects/info/alternates")
        #expect(try fork.open().kind(of: commit) == .commit)
        // Git agrees.
        #expect(try fork.git("cat-file", "-t", commit.hex).text == "commit")
        // A fork of the fork: the quoted line is one level further down.
        let next = try TestRepository()
        try writeFile(
            Array("\(fork.gitDirectory)/objects\n".utf8), to: "\(next.gitDirectory)/objects/info/alternates")
        #expect(try next.open().kind(of: commit) == .commit)
    }

    @Test func `a quarantine that is not there is an error, an empty name is none`() throws {
        let repository = try TestRepository()
        let error = try gitError {
            _ = try repository.open(quarantine: Quarantine(objectDirectory: Array("/nowhere".utf8)))
        }
        #expect(error.code == .notFound)
        #expect(error.reason == "no such object directory: /nowhere")
        #expect(throws: Never.self) { _ = try repository.open(quarantine: Quarantine(objectDirectory: [])) }
    }
}
