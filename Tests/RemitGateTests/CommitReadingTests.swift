import RemitDifferential
import RemitFormats
import RemitGit
import RemitModel
import RemitTestSupport
import Testing

@testable import RemitGate

@Suite struct CommitReadingTests {
    /// As the gate does it: the next run is read, and trees are, while other threads verify.
    @Test func `reading goes on while signatures are verified, and each comes out as by itself`() throws {
        let key = try SoftSecurityKey(.securityKeyEd25519)
        let test = try TestRepository()
        var history = RandomHistory(seed: 5) { try key.sign($0, namespace: "git") }
        try history.write(1_200, to: test)
        let listed = try test.listedCommits()
        let expected = try Dictionary(grouping: test.comparisons(of: listed), by: \.commit)
        let location = try RepositoryLocation(gitDirectory: ByteString(test.gitDirectory))
        let reader = GitReader(try Repository(at: location))

        var rest = listed.map(\.id)[...]
        func read() throws -> CommitReading? {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(CommitReading.runLength) }
            return try CommitReading(rest.prefix(CommitReading.runLength), from: reader)
        }
        var seen = 0
        var good = 0
        var reading = try read()
        while let current = reading {
            reading = try read()
            for (id, parsed) in zip(current.ids, current.finish()) {
                guard case .commit(let commit, let status) = parsed else {
                    Issue.record("\(id) is malformed")
                    continue
                }
                seen += 1
                if case .good = status { good += 1 }
                #expect(status == (commit.signature == nil ? .unsigned : CommitReading.status(of: commit)), "\(id)")
                for comparison in expected[id, default: []] {
                    let base: ObjectID? =
                        if let parent = comparison.parent { try reader.repository.tree(of: parent) } else { nil }
                    let changes = try reader.repository.changes(fromTree: base, toTree: commit.tree)
                    #expect(changes == comparison.changes, "\(id) against \(String(describing: base))")
                }
            }
        }
        #expect(seen == 1_200)
        #expect(good > 300)
    }
}
