import RemitModel
import RemitTestSupport
import Testing

/// What a scan counts in awkward histories, against what git itself lists.
@Suite struct ScanOracleTests {
    /// A stream for fast-import: agents and persons at random, octopus and criss-cross merges, renames, empty commits,
    /// several beginnings, awkward names, dates that lie.
    private static func stream(seed: UInt64, commits: Int) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        let people = [
            "Claude <noreply@anthropic.com>", "Dana Example <dana@example.org>", "Cursor <cursoragent@cursor.com>",
            "Sam Example <sam@example.org>",
        ]
        let names = [
            "a", "a-b", "a.b", "A", "d/x", "d/y z", "d/e/f", "d/e", "caf\u{E9}", "\\\"q\\\"", "tab\\t", "line\\nfeed",
            "\\377\\376", "-dash", ".hidden", "sub/\\001",
        ]
        var text = ""
        for mark in 1...commits {
            let branch = random.below(4)
            text += "reset refs/heads/b\(branch)\n\ncommit refs/heads/b\(branch)\nmark :\(mark)\n"
            let date = HermeticGit.epoch + Int64(random.below(400)) * 86_400 - 200 * 86_400
            text += "author \(people[random.below(people.count)]) \(date - 5) +0130\n"
            text += "committer Dana Example <dana@example.org> \(date) -0800\ndata 2\nm\n\n"
            if mark > 1, !random.oneIn(40) {
                text += "from :\(random.below(min(6, mark - 1)) + max(1, mark - 6))\n"
                if random.oneIn(3) {
                    for _ in 0...random.below(3) { text += "merge :\(random.below(mark - 1) + 1)\n" }
                }
            }
            for _ in 0..<random.below(4) {
                let (name, other) = (names[random.below(names.count)], names[random.below(names.count)])
                switch random.below(8) {
                case 0: text += "D \"\(name)\"\n"
                case 1: text += "M 120000 inline \"\(name)\"\ndata 1\n\(random.below(9))\n"
                case 2: text += "M 160000 \(String(repeating: "\(1 + random.below(9))", count: 40)) \"\(name)\"\n"
                // A rename counts on both sides.
                case 3: text += "M 100644 inline \"\(other)\"\ndata 2\nr\n\nR \"\(other)\" \"\(other)~\"\n"
                default: text += "M 100644 inline \"\(name)\"\ndata 2\n\(random.below(9))\n\n"
                }
            }
            text += "\n"
        }
        return Array(text.utf8)
    }

    /// Git without what puts other parents in the place of a commit's own.
    private static func git(_ test: TestRepository, _ arguments: [String]) throws -> Output {
        try test.git(
            arguments, environment: ["GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": "/dev/null"])
    }

    private static func expectSame(
        _ scanned: Scanned, _ test: TestRepository, _ revisions: [String],
        at location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(
            try git(test, ["rev-list", "--count"] + revisions).text == "\(scanned.commits.total)",
            sourceLocation: location)
        #expect(
            try git(test, ["rev-list", "--count", "--merges"] + revisions).text == "\(scanned.commits.merges)",
            sourceLocation: location)
        for (id, address) in [("claude-code", "<noreply@anthropic.com>"), ("cursor", "<cursoragent@cursor.com>")] {
            let author = ["--fixed-strings", "--author=\(address)"]
            let dated = try git(test, ["log", "--format=%ct %H"] + author + revisions).lines
                .map { $0.split(separator: " ") }
            let order = try dated.map { (date: try #require(Int64($0[0])), commit: String($0[1])) }
            let tool = try #require(scanned.tool(id), sourceLocation: location)
            #expect(tool.commits == order.count, sourceLocation: location)
            let first = try #require(order.min { ($0.date, $0.commit) < ($1.date, $1.commit) })
            let last = try #require(order.max { ($0.date, $1.commit) < ($1.date, $0.commit) })
            #expect(
                tool.first == .init(at: Instant(seconds: first.date).description, commit: first.commit),
                sourceLocation: location)
            #expect(
                tool.last == .init(at: Instant(seconds: last.date).description, commit: last.commit),
                sourceLocation: location)
            let log = ["log", "--format=", "--name-only", "-z", "--no-renames", "--no-merges"] + author + revisions
            let paths = Set(try git(test, log).stdout.split(separator: 0).map(Array.init))
            #expect(tool.files == .init(count: paths.count, complete: true), sourceLocation: location)
        }
    }

    @Test(arguments: [11, 12, 13, 14] as [UInt64])
    func `commits, first and last, and files are those that git log lists`(seed: UInt64) throws {
        let scene = try ScanScene()
        let test = scene.repository
        try test.fastImport(Self.stream(seed: seed, commits: 250))
        // Tags of tags; a tag of a file leads to no commit. Both ways to replace parents change nothing.
        let early = try test.resolve("refs/heads/b1~5")
        try test.git("tag", "-a", "-m", "one", "one", early.hex)
        try test.git("tag", "-a", "-m", "two", "two", "one")
        try test.git("tag", "file", try test.write("blob", "x".utf8).hex)
        let root = try test.commit(["z": "1\n"], on: "refs/heads/root", parents: [])
        try test.git("replace", "--graft", try test.resolve("refs/heads/b0").hex, root.hex)
        try writeFile(
            Array("\(try test.resolve("refs/heads/b2")) \(root)\n".utf8), to: "\(test.gitDirectory)/info/grafts")
        try Self.expectSame(scene.json(), test, ["--branches", "--tags"])
        try Self.expectSame(scene.json(["--ref", "refs/tags/two", "--ref", "refs/heads/b3"]), test, ["two", "b3"])
        try test.git("repack", "-adq")
        try test.git("pack-refs", "--all")
        try Self.expectSame(scene.json(), test, ["--branches", "--tags"])
    }

    @Test func `the dates of a period are the committers', and end no walk`() throws {
        let scene = try ScanScene()
        try scene.repository.fastImport(Self.stream(seed: 15, commits: 200))
        let (since, until) = (HermeticGit.epoch - 90 * ScanScene.day, HermeticGit.epoch + 90 * ScanScene.day)
        let scanned = try scene.json([
            "--since", Instant(seconds: since).description, "--until", Instant(seconds: until).description,
        ])
        let dates = try scene.repository.git("log", "--branches", "--format=%ct").lines.compactMap(Int64.init)
        #expect(dates.count > 50)
        #expect(scanned.commits.total == dates.filter { since <= $0 && $0 < until }.count)
        #expect(scanned.months.map(\.commits).reduce(0, +) == scanned.commits.total)
    }
}
