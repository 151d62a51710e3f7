// What the authority's own records tell, for people who answer for them.
extension Review {
    /// One key in more than one hand.
    package struct SharedKey: Hashable, Sendable {
        package let key: KeyFingerprint
        package let holders: [Holder]

        package enum Holder: Hashable, Sendable, Comparable {
            case person(String)
            case agent(String)
            /// A task key, and the agent of its delegation.
            case delegation(RecordID, agent: String)

            /// Who acts with it.
            fileprivate var actor: String {
                switch self {
                case .person(let id): "person \(id)"
                case .agent(let id), .delegation(_, let id): "agent \(id)"
                }
            }

            private var order: (Int, String) {
                switch self {
                case .person(let id): (0, id)
                case .agent(let id): (1, id)
                case .delegation(let id, _): (2, id.hex)
                }
            }

            package static func < (left: Holder, right: Holder) -> Bool { left.order < right.order }
        }

        package init(key: KeyFingerprint, holders: Set<Holder>) {
            self.key = key
            self.holders = holders.sorted()
        }

        /// Whether one could act for another, not only one task for another.
        package var isAmongActors: Bool { Set(holders.map(\.actor)).count > 1 }
    }

    package struct Request: Hashable, Sendable {
        package let id: RecordID
        package let agent: String
        package let task: String
        package let askedAt: Instant

        package init(id: RecordID, agent: String, task: String, askedAt: Instant) {
            self.id = id
            self.agent = agent
            self.task = task
            self.askedAt = askedAt
        }
    }

    /// An agent whose entry in the inventory must be looked at.
    package struct AgentReview: Hashable, Sendable {
        package let agent: String
        package let reviewBy: Instant

        package init(agent: String, reviewBy: Instant) {
            self.agent = agent
            self.reviewBy = reviewBy
        }
    }

    /// A delegation that allows more than was done under it.
    package struct WideDelegation: Hashable, Sendable {
        package let id: RecordID
        package let agent: String
        package let task: String
        package let expiresAt: Instant
        /// Whether the agent may still act under it.
        package let isActing: Bool
        /// Decisions that let something through under it.
        package let decisions: Int
        package let unused: Unused
        /// The clauses that would have sufficed; none where nothing was done.
        package let narrower: [Grant]
        /// Of what nothing is said, and why.
        package let unknown: [Unknown]

        package init(
            id: RecordID, agent: String, task: String, expiresAt: Instant, isActing: Bool, decisions: Int,
            unused: Unused, narrower: [Grant], unknown: [Unknown]
        ) {
            self.id = id
            self.agent = agent
            self.task = task
            self.expiresAt = expiresAt
            self.isActing = isActing
            self.decisions = decisions
            self.unused = unused
            self.narrower = narrower
            self.unknown = unknown
        }
    }

    /// What was granted and never touched.
    package struct Unused: Hashable, Sendable {
        package var repositories: [String] = []
        package var refs: [PathPattern] = []
        package var mergeInto: [PathPattern] = []
        package var paths: [PathPattern] = []
        package var operations: [Operation] = []
        package var environments: [String] = []

        package init() {}

        package var isEmpty: Bool {
            repositories.isEmpty && refs.isEmpty && mergeInto.isEmpty && paths.isEmpty && operations.isEmpty
                && environments.isEmpty
        }
    }

    /// Why nothing is said of what was not touched, in a repository.
    package enum Unknown: Hashable, Sendable {
        /// The evidence at hand has nothing of the repository.
        case repository(String)
        /// Something moved there that nothing judged, last at that moment.
        case unjudged(String, at: Instant)
        /// What was judged was not kept, has been erased, or judges differently now.
        case inputs(String, entry: Trace.Entry, reason: String)
        /// More decisions were made under the delegation than are read.
        case decisions(atMost: Int)
    }

    /// A record that a server would not believe.
    package struct Unbelieved: Hashable, Sendable {
        package let name: String
        package let rule: RuleCode
        package let reason: String

        package init(name: String, rule: RuleCode, reason: String) {
            self.name = name
            self.rule = rule
            self.reason = reason
        }
    }

    /// Records whose time is over and that still stand, as they must.
    package struct Expired: Hashable, Sendable {
        package enum Record: String, Hashable, Sendable {
            case delegations
            case exceptions
            /// Revocations of what the authority does not hold.
            case revocations
        }

        package let record: Record
        package let count: Int
        /// A few of their paths, the newest last.
        package let examples: [String]

        package init(_ record: Record, count: Int, examples: [String]) {
            self.record = record
            self.count = count
            self.examples = examples
        }
    }
}
