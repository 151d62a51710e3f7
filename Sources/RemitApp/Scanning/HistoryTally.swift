import RemitModel

/// Counts the commits of a history by who wrote them.
struct HistoryTally {
    /// Malformed commits that are named.
    private static let examplesAtMost = 5
    /// Distinct paths that are told apart, all agents together: 64 MiB or so.
    static let pathsAtMost = 1 << 22

    private(set) var commits = HistoryScan.Commits()
    private var tools: [Key: ToolTally] = [:]
    private var months: [Int: MonthTally] = [:]
    private var roomForPaths = pathsAtMost

    private struct Key: Hashable {
        let kind: MarkKind
        let id: String
    }

    private struct MonthTally {
        var agents: [String: Int] = [:]
        var (several, assisted, bots, weak, noEvidence) = (0, 0, 0, 0, 0)
    }

    mutating func add(malformed id: ObjectID, because reason: String) {
        commits.total += 1
        commits.malformed += 1
        if commits.examples.count < Self.examplesAtMost {
            commits.examples.append(HistoryScan.Malformed(id, reason: reason))
        }
    }

    /// Counts a commit, and gives the agents that surely took part in it.
    mutating func add(_ id: ObjectID, _ commit: RawCommit, _ evidence: [Evidence]) -> [String] {
        commits.total += 1
        if commit.parents.count > 1 { commits.merges += 1 }
        let moment = Instant(seconds: commit.committer.seconds)
        if commits.span == nil { commits.span = HistoryScan.Span(id, at: moment) }
        commits.span?.add(id, at: moment)
        let month = HistoryScan.Month.number(of: moment)
        if month == nil { commits.undated += 1 }

        var byTool: [Key: [Evidence]] = [:]
        for mark in evidence { byTool[Key(kind: mark.kind, id: mark.agent), default: []].append(mark) }
        for (key, marks) in byTool { tools[key, default: ToolTally()].add(id, commit, marks) }

        let attribution = Attribution(evidence: evidence)
        let agents = attribution.agents
        func count(_ part: WritableKeyPath<MonthTally, Int>) {
            if let month { months[month, default: MonthTally()][keyPath: part] += 1 }
        }
        if let agent = agents.first {
            commits.agents += 1
            if agents.count > 1 {
                commits.several += 1
                count(\.several)
            } else if let month {
                months[month, default: MonthTally()].agents[agent, default: 0] += 1
            }
        } else if !attribution.named(.assistant).isEmpty {
            commits.assisted += 1
            count(\.assisted)
        } else if !attribution.named(.bot).isEmpty {
            commits.bots += 1
            count(\.bots)
        } else if !evidence.isEmpty {
            commits.weak += 1
            count(\.weak)
        } else {
            commits.noEvidence += 1
            count(\.noEvidence)
        }
        return agents
    }

    /// Counts what a commit of agents changes; `nil` where that cannot be told.
    mutating func add(_ paths: ChangedPaths?, by agents: [String]) {
        guard let paths else {
            commits.incomparable += 1
            return
        }
        for agent in agents { tools[Key(kind: .agent, id: agent)]?.add(paths, room: &roomForPaths) }
    }

    func scan(_ scope: HistoryScan.Scope, inventory: Inventory, people: Int) -> HistoryScan {
        let told = tools.compactMap { key, tally in
            tally.tool(
                key.id, key.kind, vendor: inventory.vendor(of: key.id),
                registration: key.kind == .agent ? inventory.registration(of: key.id) : nil, people: people)
        }
        return HistoryScan(
            scope: scope, commits: commits,
            tools: told.sorted { left, right in
                let (one, other) = (Self.order(left), Self.order(right))
                return one == other ? left.id < right.id : one.lexicographicallyPrecedes(other)
            },
            months: months.keys.sorted().map { number in
                let month = months[number] ?? MonthTally()
                return HistoryScan.Month(
                    number: number, agents: month.agents, several: month.several, assisted: month.assisted,
                    bots: month.bots, weak: month.weak, noEvidence: month.noEvidence)
            })
    }

    /// Agents first, and of them those that are sure, and of those the ones that nobody registered; then by commits.
    private static func order(_ tool: HistoryScan.Tool) -> [Int] {
        [
            MarkKind.allCases.firstIndex(of: tool.kind) ?? 0, tool.commits > 0 ? 0 : 1, tool.registration?.rank ?? 0,
            -tool.commits, -tool.weak,
        ]
    }
}
