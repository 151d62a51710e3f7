import RemitAttribution
package import RemitFormats
import RemitModel
import RemitSignatures

/// How the commits of each stratum come out.
package struct AttributionMeasurement: Sendable {
    /// What became of the commits of one stratum.
    package struct Tally: Sendable, Hashable {
        package var commits = 0
        /// The labelled agent is among those that were found; of a bot, that the word is `bot`.
        package var found = 0
        /// No agent was found.
        package var missed = 0
        /// Agents were found, the labelled one not among them.
        package var wrong = 0
        /// An agent was found in a person's or a bot's commit.
        package var alarms = 0

        package init(commits: Int = 0, found: Int = 0, missed: Int = 0, wrong: Int = 0, alarms: Int = 0) {
            self.commits = commits
            self.found = found
            self.missed = missed
            self.wrong = wrong
            self.alarms = alarms
        }
    }

    /// By what is in the message and the identities, at `strong` or better.
    package private(set) var byMarks: [Stratum: Tally] = [:]
    /// The same, and by the key whose signature over the commit is good.
    package private(set) var byKeys: [Stratum: Tally] = [:]
    /// The commits that are not as they should be, and why.
    package private(set) var exceptions: [(commit: LabelledCommit, reason: String)] = []

    private let attributor = Attributor()

    package init() {}

    /// Reads one commit and counts it.
    ///
    /// `object` is the commit's exact bytes.
    package mutating func take(_ commit: LabelledCommit, _ object: [UInt8]) throws(MalformedObject) {
        let raw = try CommitParser.parse(object)
        let key = CommitSignature.status(of: raw).key
        let marks = attributor.attribution(of: raw, key: nil, ref: nil, pusher: nil)
        let all = attributor.attribution(of: raw, key: key, ref: nil, pusher: nil)
        count(marks, of: commit, in: &byMarks)
        let tally = count(all, of: commit, in: &byKeys)
        if tally.alarms > 0 {
            exceptions.append((commit, "false alarm: \(all.agents.joined(separator: ", "))"))
        } else if tally.wrong > 0 {
            exceptions.append((commit, "wrong agent: \(all.agents.joined(separator: ", "))"))
        } else if tally.missed > 0, commit.stratum.holdsEvidence {
            exceptions.append((commit, "missed"))
        } else if tally.found > 0, commit.stratum == .nothing {
            exceptions.append((commit, "found where nothing was thought to be"))
        }
    }

    @discardableResult
    private func count(
        _ attribution: Attribution, of commit: LabelledCommit, in tallies: inout [Stratum: Tally]
    ) -> Tally {
        var one = Tally()
        one.commits = 1
        let agents = attribution.agents
        if !commit.stratum.isAgents {
            if !agents.isEmpty {
                one.alarms = 1
            } else if commit.stratum == .bot {
                if attribution.word == .bot { one.found = 1 } else { one.missed = 1 }
            }
        } else if agents.contains(commit.label) {
            one.found = 1
        } else if agents.isEmpty {
            one.missed = 1
        } else {
            one.wrong = 1
        }
        tallies[commit.stratum, default: Tally()].add(one)
        return one
    }
}

extension AttributionMeasurement.Tally {
    fileprivate mutating func add(_ other: Self) {
        commits += other.commits
        found += other.found
        missed += other.missed
        wrong += other.wrong
        alarms += other.alarms
    }
}

extension AttributionMeasurement {
    /// The table, in Markdown; what cannot happen in a stratum is a dash.
    package var table: String {
        var lines = [
            "| what the commit's own bytes hold | commits | found | missed | wrong agent | false alarms "
                + "| found with keys | missed with keys |",
            "|---|--:|--:|--:|--:|--:|--:|--:|",
        ]
        var sums = (marks: Tally(), keys: Tally())
        for stratum in Stratum.allCases {
            guard let marks = byMarks[stratum], let keys = byKeys[stratum] else { continue }
            lines.append(Self.row(stratum.title, marks, keys, stratum))
            guard stratum.isAgents else { continue }
            sums.marks.add(marks)
            sums.keys.add(keys)
        }
        lines.append(Self.row("**all agents' commits**", sums.marks, sums.keys, .nothing))
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ title: String, _ marks: Tally, _ keys: Tally, _ stratum: Stratum) -> String {
        let (isAgents, isPerson) = (stratum.isAgents, stratum == .person)
        let cells = [
            title, "\(marks.commits)", isPerson ? "–" : "\(marks.found)", isPerson ? "–" : "\(marks.missed)",
            isAgents ? "\(keys.wrong)" : "–", isAgents ? "–" : "\(keys.alarms)", isPerson ? "–" : "\(keys.found)",
            isPerson ? "–" : "\(keys.missed)",
        ]
        return "| \(cells.joined(separator: " | ")) |"
    }
}
