package import RemitModel

/// All that the authority knows of one delegation, to be told in words or as JSON.
package struct RemitSheet: Sendable {
    /// The agent as the inventory has it.
    package enum Inventory: Sendable {
        case registered(Agent, suspension: Revocation?)
        /// Why there is no agent to be believed in.
        case absent(reason: String)
    }

    /// Why a server would not believe the record.
    package struct Fault: Sendable {
        package let rule: RuleCode
        package let reason: String

        package init(rule: RuleCode, reason: String) {
            self.rule = rule
            self.reason = reason
        }
    }

    /// One delegation above this one.
    package struct Link: Sendable {
        package let id: RecordID
        package let agent: String
        package let delegator: String

        package init(id: RecordID, agent: String, delegator: String) {
            self.id = id
            self.agent = agent
            self.delegator = delegator
        }
    }

    package let id: RecordID
    package let delegation: Delegation
    /// `nil` when signature and role hold.
    package let fault: Fault?
    package let inventory: Inventory
    package let revocation: Revocation?
    /// The delegations that it narrows: its parent first, the one that a person signed last.
    package let chain: [Link]
    /// What was used of the limits; `nil` where no ledger told.
    package let spent: Spent?
    /// What the organisation adds to the built-in protected paths.
    package let protectedPaths: [PathPattern]
    /// The commit of the authority that was read.
    package let authority: ObjectID
    package let now: Instant

    package init(
        id: RecordID, delegation: Delegation, fault: Fault?, inventory: Inventory, revocation: Revocation?,
        chain: [Link] = [], spent: Spent? = nil, protectedPaths: [PathPattern], authority: ObjectID, now: Instant
    ) {
        self.id = id
        self.delegation = delegation
        self.fault = fault
        self.inventory = inventory
        self.revocation = revocation
        self.chain = chain
        self.spent = spent
        self.protectedPaths = protectedPaths
        self.authority = authority
        self.now = now
    }

    /// What of the delegation holds now.
    package enum State: String, Sendable {
        /// The agent may act.
        case inForce = "in-force"
        case notYet = "not-yet"
        /// The agent may act no more; persons may land what was seen in time.
        case landing
        case expired
        case revoked
        case suspended
        /// A server would not believe it.
        case invalid
    }

    package var state: State {
        if fault != nil { return .invalid }
        if revocation != nil { return .revoked }
        guard case .registered(let agent, let suspension) = inventory else { return .invalid }
        if suspension != nil || agent.status != .active { return .suspended }
        if now < delegation.issuedAt { return .notYet }
        if now < delegation.expiresAt { return agent.reviewBy <= now ? .suspended : .inForce }
        return now < delegation.mergeBy ? .landing : .expired
    }

    /// Whether a limit is used up, as far as a ledger told.
    package var isSpent: Bool {
        guard let spent else { return false }
        return delegation.limits.named.contains { name, limit in limit.map { $0 <= spent.count(of: name) } ?? false }
    }
}
