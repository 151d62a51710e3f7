import RemitModel
import RemitTestGit

/// What git says, in the form in which Remit is asked.
extension TestRepository {
    /// The bytes and headers of some commits.
    func commitQuestions(_ commits: some Sequence<ListedCommit>) throws -> [CommitQuestion] {
        let commits = Array(commits)
        let input = Array(commits.map { "\($0.id)\n" }.joined().utf8)
        let objects = try git(["cat-file", "--batch"], input: input).stdout
        let values = try git(
            [
                "log", "--stdin", "--no-walk=unsorted", "-z", "--date=raw",
                "--format=tformat:\(CommitQuestion.format)",
            ], input: input
        ).fields
        let width = CommitQuestion.fields.count
        guard values.count == commits.count * width else { throw Misread(what: "log tells another number of commits") }
        var position = 0
        return try commits.enumerated().map { index, commit in
            let content = try Self.object(objects, &position)
            let own = Array(values[(index * width)..<((index + 1) * width)])
            return CommitQuestion(listed: commit, bytes: content, values: own)
        }
    }

    /// `<id> commit <size> LF <content> LF`.
    private static func object(_ output: [UInt8], _ position: inout Int) throws -> [UInt8] {
        guard let end = output[position...].firstIndex(of: UInt8(ascii: "\n")),
            let size = Int(String(decoding: output[(position + ObjectID.hexCount + 8)..<end], as: UTF8.self)),
            end + size + 1 < output.count
        else { throw Misread(what: "cat-file tells of no commit") }
        position = end + size + 2
        return Array(output[(end + 1)...(end + size)])
    }

    /// The lines that some comparisons' files gain and lose.
    func linesQuestions(_ comparisons: some Sequence<Comparison>) throws -> [LinesQuestion] {
        try comparisons.map { comparison in
            let sides = [(comparison.parent ?? Comparison.emptyTree).hex, comparison.commit.hex]
            let rows = try git(["diff-tree", "-r", "-z", "--no-renames", "--numstat"] + sides).fields
            var counts: [ByteString: [Int]] = [:]
            for row in rows {
                let parts = row.split(separator: UInt8(ascii: "\t"), maxSplits: 2)
                guard parts.count == 3 else { throw Misread(what: "numstat tells of no path") }
                counts[ByteString(parts[2])] = parts[..<2].map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
            }
            return LinesQuestion(comparison: comparison, counts: counts)
        }
    }

    func rangeQuestion(
        _ commit: ObjectID, without excluded: [ObjectID], _ parents: [ObjectID: [ObjectID]]
    ) throws -> RangeQuestion {
        let lines = try git(["rev-list", "--topo-order", commit.hex] + excluded.map { "^\($0)" }).lines
        return RangeQuestion(
            commit: commit, excluded: excluded, expected: Set(try lines.map { try Self.parsed($0.utf8) }),
            parents: parents)
    }

    func basesQuestion(_ one: ObjectID, _ two: ObjectID) throws -> BasesQuestion {
        let output = try attempt(["merge-base", "--all", one.hex, two.hex])
        // Status 1 with nothing said: there are none.
        guard output.status == 0 || output.status == 1 && output.stderr.isEmpty else {
            throw Misread(what: "merge-base fails: \(output.errorText)")
        }
        let expected = try output.lines.map { try Self.parsed($0.utf8) }.sorted()
        return BasesQuestion(commit: one, other: two, expected: expected)
    }
}
