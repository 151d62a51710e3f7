/// What the evidence says about one commit, ref, environment, delegation or agent: the chain from the change to the
/// person who answers for it.
package struct Trace: Hashable, Sendable {
    package let kind: Kind
    /// What was asked for, in full: an id in hexadecimal, or a name.
    package let value: ByteString
    /// The decisions about it, oldest first.
    package let decisions: [Recorded]
    /// Whether there are older ones than these.
    package let isCut: Bool
    /// What became of what was allowed.
    package let effects: [Effect]
    package let agents: [Participant]
    /// The delegations that were used, each with those above it, the accountable person's last.
    package let chains: [[Link]]
    /// Refused decisions about the same refs, and what else was decided under the same delegations; oldest first.
    package let related: [Recorded]

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
        /// How many updates landed together, and how many of those no decision allowed.
        package let landed: Int
        package let undecided: Int

        package init(entry: Entry, at: Instant, landed: Int, undecided: Int) {
            self.entry = entry
            self.at = at
            self.landed = landed
            self.undecided = undecided
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
        kind: Kind, value: ByteString, decisions: [Recorded], isCut: Bool = false, effects: [Effect] = [],
        agents: [Participant] = [], chains: [[Link]] = [], related: [Recorded] = []
    ) {
        self.kind = kind
        self.value = value
        self.decisions = decisions
        self.isCut = isCut
        self.effects = effects
        self.agents = agents
        self.chains = chains
        self.related = related
    }
}
