import RemitAuthority
import RemitModel

/// Where the marks of a commit, its key, its pusher and what is said beside it name different agents.
///
/// Nothing is odd about a tool and a model of different makers (`Co-authored-by: Claude` under Cursor), about a commit of
/// one agent that another or a person rebases, nor about tools of one maker. So what counts is the committer alone, who
/// is whoever made this very commit, and signed it; and under a delegation nothing that its own rules refuse already.
struct Contradictions {
    private let commit: CommitCase
    private let circumstances: Circumstances
    private let evidence: [Evidence]

    init(_ commit: CommitCase, _ circumstances: Circumstances) {
        self.commit = commit
        self.circumstances = circumstances
        evidence = commit.attribution.evidence.filter { $0.kind == .agent }
    }

    var all: [Oddity] {
        guard !evidence.isEmpty else { return [] }
        return undelegated + statements + mangled
    }

    // MARK: Key and pusher

    private var undelegated: [Oddity] {
        // What stands under a delegation is held to its agent by `attribution.mismatch` and `delegation.agent`.
        guard case .none = commit.claim else { return [] }
        let made = committed(by: signer).map {
            Oddity(.committerKey, agent: $0.agent, found: $0.excerpt, reason: keyed)
        }
        let pushed = committed(by: pusher).map {
            Oddity(.committerPusher, agent: $0.agent, found: $0.excerpt, reason: accounted)
        }
        return [made ?? unnamed, pushed].compactMap(\.self)
    }

    /// The mark of another agent than this one on the committer.
    private func committed(by acting: Evidence?) -> Evidence? {
        guard let acting else { return nil }
        let marks = evidence.filter { $0.place == .committer && $0.confidence >= .strong }
        // One mark can mean several agents; it is enough that one of them is meant.
        return marks.contains { isSame($0.agent, acting.agent) } ? nil : marks.first
    }

    /// An agent's own key on a commit that names the agent nowhere.
    private var unnamed: Oddity? {
        guard let signer, let committer = commit.committer,
            !evidence.contains(where: { $0.place != .signingKey && isSame($0.agent, signer.agent) })
        else { return nil }
        return Oddity(.unnamedKey, agent: signer.agent, found: committer, reason: keyed)
    }

    /// The agent whose own key signed: by the inventory, or else as a vendor's key that is known.
    private var signer: Evidence? {
        let keys = evidence.filter { $0.place == .signingKey && $0.confidence >= .strong }
        guard case .agent(let id) = commit.signer else { return keys.first }
        return keys.first { $0.agent == id } ?? keys.first
    }

    private var pusher: Evidence? {
        let accounts = evidence.filter { $0.place == .pusher && $0.confidence >= .strong }
        guard case .agent(let standing) = circumstances.pusherIdentity else { return accounts.first }
        return accounts.first { $0.agent == standing.id } ?? accounts.first
    }

    // MARK: What is said beside the commit

    private var statements: [Oddity] {
        guard let (acting, reason) = witness else { return [] }
        return [MarkPlace.pushOption, .note, .record].compactMap { place in
            let said = evidence.filter { $0.place == place }
            guard let first = said.min(by: { $0.agent < $1.agent }),
                !said.contains(where: { isSame($0.agent, acting) }),
                // Refused already, as work of another agent than its delegation's.
                commit.delegation == nil || !commit.agents.contains(where: { $0.id == first.agent })
            else { return nil }
            return Oddity(.statement, agent: first.agent, found: first.excerpt, reason: "\(place.words), and \(reason)")
        }
    }

    /// The agent who made the commit by better evidence than what is said, and which that is.
    private var witness: (agent: String, reason: String)? {
        if let agent = commit.delegation?.delegation.agent { return (agent, "its delegation is for agent \(agent)") }
        if let signer { return (signer.agent, keyed) }
        return pusher.map { ($0.agent, accounted) }
    }

    private var keyed: String { signer.map { "key \(text($0)) is of agent \($0.agent)" } ?? "" }
    private var accounted: String { pusher.map { "account \(text($0)) is of agent \($0.agent)" } ?? "" }

    private func text(_ evidence: Evidence) -> String { String(decoding: evidence.excerpt.bytes, as: UTF8.self) }

    // MARK: Marks that are not as they should be

    private var mangled: [Oddity] {
        evidence.compactMap { mark in
            mark.malformation.map {
                Oddity(.malformedMark, agent: mark.agent, found: mark.excerpt, reason: $0.words)
            }
        }
    }

    // MARK: Who is who

    /// Whether two ids mean one agent, or tools of one maker.
    private func isSame(_ one: String, _ other: String) -> Bool {
        if one == other { return true }
        if let makers = commit.makers[one], let others = commit.makers[other], !makers.isDisjoint(with: others) {
            return true
        }
        return commit.agents.contains { standing in
            guard let agent = standing.registered?.agent else { return false }
            let names = [agent.id] + agent.marks
            return names.contains(one) && names.contains(other)
        }
    }
}

extension MarkPlace {
    fileprivate var words: String {
        switch self {
        case .pushOption: "a push option says so"
        case .note: "a note says so"
        case .record: "a record says so"
        case .author, .committer, .trailer, .message, .signingKey, .ref, .pusher: "the commit says so"
        }
    }
}

extension Evidence.Malformation {
    fileprivate var words: String {
        switch self {
        case .escapedLineBreaks: #"line breaks are written as '\n'"#
        case .joinedLines: "other text stands before it on its line"
        case .pasted: "a frame, a quotation or an indentation stands before it"
        case .lookalike: "it is written with characters that only look right"
        case .misspelt: "its key or address is misspelt"
        case .unreadable: "it cannot be read"
        }
    }
}
