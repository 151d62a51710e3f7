import RemitModel
import RemitTestGit

/// A random history that git and Remit read, and what they were asked.
///
/// Git's answers are held for a thousand commits at a time.
package struct Differential {
    package struct Tally: Sendable, CustomStringConvertible {
        package var commits = 0
        package var comparisons = 0
        package var changes = 0
        /// Files whose lines were counted.
        package var lines = 0
        /// Ranges and merge bases.
        package var ranges = 0
        /// In the order found, a few for each run of commits.
        package var disagreements: [Disagreement] = []

        package init() {}

        package mutating func add(_ other: Tally) {
            commits += other.commits
            comparisons += other.comparisons
            changes += other.changes
            lines += other.lines
            ranges += other.ranges
            disagreements += other.disagreements
        }

        package var description: String {
            "\(commits) commits, \(comparisons) comparisons, \(changes) changes, lines of \(lines) files, \(ranges) ranges"
        }
    }

    /// Commits whose answers are held at once.
    private static let runLength = 1_000
    /// Comparisons of each run whose lines are counted, a process of git's each.
    private static let linesPerRun = 12
    private static let rangesPerRun = 4
    /// More say nothing that the first do not.
    private static let disagreementLimit = 5

    package let seed: UInt64
    package let commits: Int
    /// In how many threads everything is read, one after the other; each thread has a `Repository` of its own.
    package let threads: [Int]

    package init(seed: UInt64, commits: Int, threads: [Int]) {
        self.seed = seed
        self.commits = commits
        self.threads = threads
    }

    package func run() throws -> Tally {
        let repository = try TestRepository()
        var history = RandomHistory(seed: seed)
        try history.write(commits, to: repository)
        let listed = try repository.listedCommits()
        guard listed.count == commits else { throw Misread(what: "\(listed.count) commits of \(commits) are listed") }
        let parents = Dictionary(uniqueKeysWithValues: listed.map { ($0.id, $0.parents) })
        let everything = Set(parents.keys)
        let heads = everything.subtracting(parents.values.joined()).sorted()
        var tally = Tally()
        ask([WalkQuestion(tips: heads, expected: everything)], in: repository, &tally)
        var random = SplitMix64(seed: seed)
        for start in stride(from: 0, to: listed.count, by: Self.runLength) {
            let run = listed[start..<min(start + Self.runLength, listed.count)]
            var questions = try changes(of: run, in: repository, &random, &tally)
            for _ in 0..<Self.rangesPerRun {
                let picked = (0..<4).map { _ in listed[random.below(listed.count)].id }
                let excluded = Array(picked[1..<(1 + random.below(4))])
                questions.append(try repository.rangeQuestion(picked[0], without: excluded, parents))
                questions.append(try repository.basesQuestion(picked[0], picked[1]))
            }
            tally.ranges += 2 * Self.rangesPerRun
            tally.commits += run.count
            ask(questions, in: repository, &tally)
        }
        return tally
    }

    /// All that is asked about some commits by themselves.
    private func changes(
        of run: ArraySlice<ListedCommit>, in repository: TestRepository, _ random: inout SplitMix64,
        _ tally: inout Tally
    ) throws -> [any Question] {
        let comparisons = try repository.comparisons(of: run)
        tally.comparisons += comparisons.count
        tally.changes += comparisons.reduce(0) { $0 + $1.changes.count }
        var questions: [any Question] = comparisons.map { ChangesQuestion(comparison: $0) }
        questions += try repository.commitQuestions(run)
        let sample = (0..<Self.linesPerRun).map { _ in comparisons[random.below(comparisons.count)] }
        let lines = try repository.linesQuestions(sample)
        tally.lines += lines.reduce(0) { $0 + $1.counts.count }
        questions += lines as [any Question]
        questions += sample.map { EntriesQuestion(comparison: $0) } as [any Question]
        let tenth = run.filter { $0.id.tail % 10 == 0 }
        questions +=
            try repository.comparisons(of: tenth, tellsTrees: true).map { comparison in
                ChangesQuestion(comparison: comparison.keepingEmptyDirectories, tellsEmpty: true)
            } as [any Question]
        return questions
    }

    /// Asks Remit everything in each number of threads.
    private func ask(_ questions: [any Question], in repository: TestRepository, _ tally: inout Tally) {
        for count in threads {
            let found = Reading(questions, at: repository.gitDirectory).run(threads: count)
            tally.disagreements += found.prefix(Self.disagreementLimit).map { disagreement in
                var disagreement = disagreement
                disagreement.place =
                    "seed \(seed), \(commits) commits, \(count == 1 ? "one thread" : "\(count) threads")"
                return disagreement
            }
        }
    }
}
