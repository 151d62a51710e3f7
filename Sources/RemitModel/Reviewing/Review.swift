/// What the owners of an authority must look at.
package struct Review: Hashable, Sendable {
    package let period: Period
    package let now: Instant
    /// The commit of the authority that was read.
    package let authority: ObjectID
    /// What was read of the evidence; `nil` where none was at hand, so that only the authority speaks.
    package let evidence: Extent?
    /// The weightiest first.
    package let matters: [Matter]
    /// Further groups of one kind that are only counted: what is told of a period has a bound.
    package let uncounted: Int

    package struct Extent: Hashable, Sendable {
        package let logs: [String]
        /// How many entries lie in the period, of how many.
        package let entries: Int
        package let total: Int

        package init(logs: [String], entries: Int, total: Int) {
            self.logs = logs
            self.entries = entries
            self.total = total
        }
    }

    /// How much something presses.
    package enum Weight: String, Hashable, Sendable, CaseIterable, Comparable {
        /// The gate is open, or a key proves nothing: now.
        case urgent
        /// Somebody has to do something.
        case due
        /// Good to know; nobody has to do anything.
        case note

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        package static func < (left: Weight, right: Weight) -> Bool { left.rank < right.rank }
    }

    /// One thing to look at, and whom to ask about it.
    package struct Matter: Hashable, Sendable {
        package let weight: Weight
        package let subject: Subject
        /// Persons by their ids; empty where only the administrators can tell.
        package let ask: [String]

        package init(_ weight: Weight, _ subject: Subject, ask: [String]) {
            self.weight = weight
            self.subject = subject
            self.ask = ask
        }
    }

    package init(
        period: Period, now: Instant, authority: ObjectID, evidence: Extent?, matters: [Matter], uncounted: Int = 0
    ) {
        self.period = period
        self.now = now
        self.authority = authority
        self.evidence = evidence
        self.matters = matters.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            if one.weight != other.weight { return one.weight < other.weight }
            if one.subject.kind != other.subject.kind { return one.subject.kind < other.subject.kind }
            return left.offset < right.offset
        }.map(\.element)
        self.uncounted = uncounted
    }

    /// Whether somebody has to look.
    package var isPressing: Bool { matters.contains { $0.weight < .note } || uncounted > 0 }
}

extension Review {
    /// What a matter is about, in the order in which kinds of the same weight are told.
    package enum Kind: String, Hashable, Sendable, CaseIterable, Comparable {
        case landedWithoutDecision = "landed-without-decision"
        case gateAway = "gate-away"
        case sharedKey = "shared-key"
        case undeclaredAgent = "undeclared-agent"
        case exceptionUsed = "exception-used"
        case openRequest = "open-request"
        case agentReview = "agent-review"
        case wideDelegation = "wide-delegation"
        case unbelievedRecord = "unbelieved-record"
        case proposal
        case refusals
        case expiredRecords = "expired-records"
        case unrecordedEffects = "unrecorded-effects"

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        package static func < (left: Kind, right: Kind) -> Bool { left.rank < right.rank }
    }

    package enum Subject: Hashable, Sendable {
        case landedWithoutDecision(Landings)
        case gateAway(Absence)
        case sharedKey(SharedKey)
        case undeclaredAgent(Undeclared)
        case exceptionUsed(ExceptionUse)
        case openRequest(Request)
        case agentReview(AgentReview)
        case wideDelegation(WideDelegation)
        case unbelievedRecord(Unbelieved)
        case proposal(path: String, missing: Int)
        case refusals(Refusals)
        case expiredRecords(Expired)
        case unrecordedEffects(repository: String, decisions: Int)

        package var kind: Kind {
            switch self {
            case .landedWithoutDecision: .landedWithoutDecision
            case .gateAway: .gateAway
            case .sharedKey: .sharedKey
            case .undeclaredAgent: .undeclaredAgent
            case .exceptionUsed: .exceptionUsed
            case .openRequest: .openRequest
            case .agentReview: .agentReview
            case .wideDelegation: .wideDelegation
            case .unbelievedRecord: .unbelievedRecord
            case .proposal: .proposal
            case .refusals: .refusals
            case .expiredRecords: .expiredRecords
            case .unrecordedEffects: .unrecordedEffects
            }
        }
    }
}
