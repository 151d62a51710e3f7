/// What the evidence says about one commit, ref, environment, delegation or agent: the chain from the change to the
/// person who answers for it.
package struct Trace: Hashable, Sendable {
    package let kind: Kind
    /// What was asked for, in full: an id in hexadecimal, or a name.
    package let value: ByteString
    /// The decisions about it, oldest first.
    package let decisions: [Recorded]
    /// The entries about it that are older than these decisions and were not read.
    package let older: Rest
    /// What became of what was allowed, and what happened to it without a decision; oldest first.
    package let effects: [Effect]
    package let agents: [Participant]
    /// The delegations that were used, each with those above it, the accountable person's last.
    package let chains: [[Link]]
    /// Refused decisions about the same refs, and what else was decided under the same delegations; oldest first.
    package let related: [Recorded]
    /// The entries on the same refs and under the same delegations that are older than these and were not read.
    package let relatedOlder: Rest

    /// Whether older decisions about it are left out.
    package var isCut: Bool { older.entries > 0 }

    /// How many entries were not read.
    package struct Rest: Hashable, Sendable {
        package let entries: Int
        /// Whether they were counted to the end: otherwise there are at least so many.
        package let isCounted: Bool

        package static let none = Rest(entries: 0, isCounted: true)

        package init(entries: Int, isCounted: Bool) {
            self.entries = entries
            self.isCounted = isCounted
        }
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case commit
        case ref
        case environment
        case delegation
        case agent
    }

    /// Which entry of which log.
    package struct Entry: Hashable, Sendable {
        package let log: String
        package let sequence: Int64

        package init(log: String, sequence: Int64) {
            self.log = log
            self.sequence = sequence
        }
    }

    /// A decision as it was recorded.
    package struct Recorded: Hashable, Sendable {
        package let entry: Entry
        package let at: Instant
        package let program: String
        package let repository: String
        package let outcome: Outcome
        /// The whole decision; `nil` once it has been erased.
        package let decision: Decision?

        package init(
            entry: Entry, at: Instant, program: String, repository: String, outcome: Outcome, decision: Decision?
        ) {
            self.entry = entry
            self.at = at
            self.program = program
            self.repository = repository
            self.outcome = outcome
            self.decision = decision
        }
    }

    /// That updates landed.
    package struct Effect: Hashable, Sendable {
        package let entry: Entry
        package let at: Instant
        package let repository: String
        /// How many updates landed together, and how many of those no decision allowed.
        package let landed: Int
        package let undecided: Int
        /// Which; `nil` once that has been erased.
        package let moves: [Move]?

        package init(
            entry: Entry, at: Instant, repository: String, landed: Int, undecided: Int, moves: [Move]?
        ) {
            self.entry = entry
            self.at = at
            self.repository = repository
            self.landed = landed
            self.undecided = undecided
            self.moves = moves
        }
    }

    /// One ref that moved.
    package struct Move: Hashable, Sendable {
        package let update: RefUpdate
        /// The sequence of the decision that let it, in the same log; `nil` where nothing judged it.
        package let decision: Int64?

        package init(_ update: RefUpdate, by decision: Int64?) {
            self.update = update
            self.decision = decision
        }
    }

    /// An agent, and whoever answered for it then.
    package struct Participant: Hashable, Sendable {
        package let id: String
        /// `nil` where the inventory's record is not archived.
        package let owners: [String]?

        package init(id: String, owners: [String]?) {
            self.id = id
            self.owners = owners
        }
    }

    /// One delegation of a chain.
    package struct Link: Hashable, Sendable {
        package let id: RecordID
        /// What it says; `nil` where its record is not archived.
        package let delegation: Delegation?

        package init(id: RecordID, delegation: Delegation?) {
            self.id = id
            self.delegation = delegation
        }
    }

    package init(
        kind: Kind, value: ByteString, decisions: [Recorded], older: Rest = .none, effects: [Effect] = [],
        agents: [Participant] = [], chains: [[Link]] = [], related: [Recorded] = [], relatedOlder: Rest = .none
    ) {
        self.kind = kind
        self.value = value
        self.decisions = decisions
        self.older = older
        self.effects = effects
        self.agents = agents
        self.chains = chains
        self.related = related
        self.relatedOlder = relatedOlder
    }
}
