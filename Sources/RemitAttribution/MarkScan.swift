package import RemitModel

/// What the marks of a commit, ref, pusher or key say, by kind of tool.
package struct MarkScan: Sendable, Hashable {
    /// Agents: what rules act on.
    package private(set) var agents: [Evidence] = []
    /// Assistants and undirected declarations: shown, acted on by no rule.
    package private(set) var assistants: [Evidence] = []
    /// Fixed programs.
    package private(set) var bots: [Evidence] = []

    package init() {}

    /// The most evidence that is kept of each kind; more says nothing more.
    package static let maximumEvidence = 64

    /// Everything, the agents first.
    package var evidence: [Evidence] { agents + assistants + bots }

    /// How many pieces of evidence there are.
    package var count: Int { agents.count + assistants.count + bots.count }

    mutating func add(_ evidence: Evidence) {
        switch evidence.kind {
        case .agent: Self.add(evidence, to: &agents)
        case .assistant: Self.add(evidence, to: &assistants)
        case .bot: Self.add(evidence, to: &bots)
        }
    }

    mutating func add(_ other: MarkScan) {
        for evidence in other.evidence { add(evidence) }
    }

    /// Every agent is reported, but a place once: a weaker mark beside a stronger one of the same bytes adds nothing.
    private static func add(_ evidence: Evidence, to list: inout [Evidence]) {
        let same = list.firstIndex {
            $0.agent == evidence.agent && $0.place == evidence.place && $0.excerpt == evidence.excerpt
        }
        if let same {
            if list[same].confidence < evidence.confidence { list[same] = evidence }
        } else if list.count < maximumEvidence || !list.contains(where: { $0.agent == evidence.agent }) {
            list.append(evidence)
        }
    }
}
