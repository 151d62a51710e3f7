import RemitGit
import RemitModel
import RemitTestSupport
import Testing

@Suite struct ReflogTests {
    @Test func `a log is read as git reads it`() throws {
        let test = try TestRepository()
        try test.git("config", "core.logAllRefUpdates", "true")
        for number in 1...3 { try test.commit(["a": .init(stringLiteral: "\(number)\n")], message: "\(number)\n") }
        let main = "refs/heads/main"
        let repository = try Repository(at: RepositoryLocation.discover(from: ByteString(test.path)))
        let told = try test.git("log", "-g", "--format=%H %ct", main).lines
        let read = try repository.reflog(of: ByteString(main))
        #expect(read.reversed().map { "\($0.update.new) \($0.at.seconds)" } == told)
        #expect(read.first?.update.isCreation == true)
        #expect(zip(read, read.dropFirst()).allSatisfy { $0.update.new == $1.update.old })
    }

    @Test func `a log that is not kept is not made`() throws {
        let test = try TestRepository()
        try test.commit(["a": "1\n"], message: "1\n")
        let repository = try Repository(at: RepositoryLocation.discover(from: ByteString(test.path)))
        #expect(try repository.reflog(of: "refs/heads/main").isEmpty)
        #expect(try test.attempt(["reflog", "exists", "refs/heads/main"]).status == 1)
    }
}
