import RemitDifferential
import RemitModel
import RemitTestSupport
import Testing

@testable import RemitGit

@Suite struct CommitWalkTests {
    private static func walked(
        _ repository: borrowing Repository, from starts: [ObjectID], cut: Set<ObjectID> = []
    ) throws -> [ObjectID] {
        var walk = CommitWalk(cut: cut)
        walk.add(starts)
        var commits: [ObjectID] = []
        while let (id, bytes) = try repository.next(&walk) {
            #expect(try repository.read(id, expecting: .commit) == bytes)
            commits.append(id)
        }
        return commits
    }

    private static func listed(_ repository: TestRepository, _ arguments: [String]) throws -> [String] {
        try repository.git(
            ["rev-list"] + arguments, environment: ["GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": "/dev/null"]
        ).lines.sorted()
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a walk comes to each commit once, as rev-list does`(seed: UInt64) throws {
        let test = try TestRepository()
        var history = RandomHistory(seed: seed)
        try history.write(300, to: test)
        // Another parent in the place of a commit's own, by each of the ways that git has.
        let heads = try test.git("for-each-ref", "--format=%(objectname)").lines
        try #require(heads.count > 1)
        let root = try test.commit([:], on: "refs/heads/other")
        try test.git("replace", "--graft", heads[0], root.hex)
        try writeFile(Array("\(heads[1]) \(root)\n".utf8), to: "\(test.gitDirectory)/info/grafts")
        try test.git("commit-graph", "write", "--reachable")
        let repository = try Repository(
            at: RepositoryLocation(gitDirectory: ByteString(test.gitDirectory)), accepting: .grafts)
        let tips = try repository.references(prefix: "refs/heads/").map(\.id)
        let seen = try Self.walked(repository, from: tips + tips)
        #expect(try seen.map(\.hex).sorted() == Self.listed(test, ["--branches"]))
    }

    @Test func `what a walk has come to is not a branch's own`() throws {
        let test = try TestRepository()
        let base = try test.commit(["a": "1\n"])
        let one = try test.commit(["b": "1\n"], on: "refs/heads/topic", parents: [base])
        let two = try test.commit(["c": "1\n"], on: "refs/heads/topic")
        let orphan = try test.commit(["d": "1\n"], on: "refs/heads/orphan", parents: [])
        let repository = try Repository(at: RepositoryLocation(gitDirectory: ByteString(test.gitDirectory)))
        var walk = CommitWalk()
        walk.add([base])
        while try repository.next(&walk) != nil {}
        #expect(try repository.own(of: two, besides: walk) == [one, two].sorted())
        #expect(try repository.own(of: base, besides: walk) == [])
        // Nothing says from where it goes out.
        #expect(try repository.own(of: orphan, besides: walk) == nil)
        #expect(try repository.own(of: two, besides: CommitWalk()) == nil)
    }

    @Test func `a shallow history ends where it was cut, and only where that is accepted`() throws {
        let test = try TestRepository()
        for number in 1...4 { try test.commit(["a": .file("\(number)\n")]) }
        let clone = try TestRepository()
        try clone.git("fetch", "-q", "--depth", "2", "file://\(test.path)", "refs/heads/main:refs/heads/main")
        let location = try RepositoryLocation(gitDirectory: ByteString(clone.gitDirectory))
        let fault = #expect(throws: GitError.self) { _ = try Repository(at: location) }
        #expect(fault?.code == .shallow)
        let repository = try Repository(at: location, accepting: .shallow)
        let cut = try repository.shallowCommits()
        #expect(try cut.map(\.hex) == [clone.resolve("refs/heads/main~1").hex])
        let seen = try Self.walked(repository, from: [clone.resolve("refs/heads/main")], cut: cut)
        #expect(try seen.map(\.hex).sorted() == Self.listed(clone, ["--branches"]))
    }

    @Test func `a commit that is missing ends the walk with its name`() throws {
        let test = try TestRepository()
        let tip = try test.commit(["a": "2\n"])
        let repository = try Repository(at: RepositoryLocation(gitDirectory: ByteString(test.gitDirectory)))
        let lost = String(repeating: "d", count: 40)
        let orphan = try test.write(
            "commit",
            Array(
                """
                tree \(Repository.emptyTree)
                parent \(lost)
                author A <a@example.org> 1 +0000
                committer A <a@example.org> 1 +0000

                x

                """.utf8))
        let fault = #expect(throws: GitError.self) { _ = try Self.walked(repository, from: [tip, orphan]) }
        #expect(fault?.code == .missingObject && fault?.reason.contains(lost) == true)
    }

    @Test func `a file that should name where a history is cut, and does not, is an error`() throws {
        let test = try TestRepository()
        try test.commit(["a": "1\n"])
        try writeFile(Array("nonsense\n".utf8), to: "\(test.gitDirectory)/shallow")
        let repository = try Repository(
            at: RepositoryLocation(gitDirectory: ByteString(test.gitDirectory)), accepting: .shallow)
        let fault = #expect(throws: GitError.self) { _ = try repository.shallowCommits() }
        #expect(
            fault?.reason
                == "a line of '\(repository.location.commonDirectory.debugDescription)/shallow' is no id of a commit")
    }
}
