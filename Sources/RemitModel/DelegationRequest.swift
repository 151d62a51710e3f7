/// What an agent asks for.
///
/// It is never authority: only the delegation that a person may sign in answer to it is.
package struct DelegationRequest: Hashable, Sendable {
    package let organisation: String
    /// Who asks, as they call themselves: nobody vouches for it.
    package let requester: String
    package let agent: String
    package let task: String
    package let purpose: String
    package let issuedAt: Instant
    /// How long the agent wants to act, in seconds.
    package let life: Int64
    /// The task keys that the agent has made; empty when the delegator is to make one.
    package let keys: [KeyFingerprint]
    package let context: Delegation.Context?
    package let grants: [Grant]
    package let limits: Limits
    /// The delegation under which the agent works now, and which was too narrow.
    package let replaces: RecordID?
    /// The ledger's entry of the refused push that it was made from.
    package let decision: Int?

    package init(
        organisation: String, requester: String, agent: String, task: String, purpose: String, issuedAt: Instant,
        life: Int64, keys: [KeyFingerprint], context: Delegation.Context?, grants: [Grant], limits: Limits,
        replaces: RecordID?, decision: Int?
    ) {
        self.organisation = organisation
        self.requester = requester
        self.agent = agent
        self.task = task
        self.purpose = purpose
        self.issuedAt = issuedAt
        self.life = life
        self.keys = keys
        self.context = context
        self.grants = grants
        self.limits = limits
        self.replaces = replaces
        self.decision = decision
    }
}

/// A person's no to a request.
package struct Decline: Hashable, Sendable {
    package let organisation: String
    package let request: RecordID
    package let person: String
    package let reason: String
    package let issuedAt: Instant

    package init(organisation: String, request: RecordID, person: String, reason: String, issuedAt: Instant) {
        self.organisation = organisation
        self.request = request
        self.person = person
        self.reason = reason
        self.issuedAt = issuedAt
    }
}
