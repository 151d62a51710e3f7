/// An agent as the organisation's inventory describes it.
package struct Agent: Hashable, Sendable {
    /// The authority it belongs to: a record signed for one is not to be used in another.
    package let organisation: String
    package let id: String
    package let vendor: String
    package let models: [String]
    package let tools: [String]
    /// Who answers for what it is used for.
    package let businessOwners: [String]
    /// Who answers for how it is set up and run.
    package let technicalOwners: [String]
    /// How its work can be recognised, beyond the catalogue of marks.
    package let identities: [AgentIdentity]
    /// The ids in the catalogue of marks that mean this agent; its own id when the record names none.
    package let marks: [String]
    package let autonomy: Autonomy
    package let status: Status
    /// After this moment the inventory's entry is stale, and nothing new is accepted from the agent.
    package let reviewBy: Instant
    /// What a person last looked at; `nil` when nobody has.
    package let review: Review?
    /// Suspensions from before this moment no longer stop what was delegated after it.
    ///
    /// What was delegated before a suspension stays stopped: nothing un-revokes.
    package let resumedAt: Instant?
    /// When the entry was signed as it is now, so that none is ever the same as one that it replaced.
    package let issuedAt: Instant?

    /// A person's statement that the agent, with these models and tools, may be used.
    ///
    /// Another model or tool is a material change: until the next review no grant that names it passes.
    package struct Review: Hashable, Sendable {
        package let at: Instant
        package let by: String
        package let models: [String]
        package let tools: [String]

        package init(at: Instant, by: String, models: [String], tools: [String]) {
            self.at = at
            self.by = by
            self.models = models
            self.tools = tools
        }
    }

    /// How much the agent does on its own, and so what it needs.
    package enum Autonomy: String, Hashable, Sendable {
        /// Drafts for a person who pushes and signs.
        case assistant
        case supervised
        case autonomous
    }

    package enum Status: String, Hashable, Sendable {
        case active
        case suspended
        case retired
    }

    package init(
        organisation: String, id: String, vendor: String, models: [String], tools: [String],
        businessOwners: [String], technicalOwners: [String], identities: [AgentIdentity], marks: [String],
        autonomy: Autonomy, status: Status, reviewBy: Instant, review: Review?, resumedAt: Instant? = nil,
        issuedAt: Instant? = nil
    ) {
        self.organisation = organisation
        self.id = id
        self.vendor = vendor
        self.models = models
        self.tools = tools
        self.businessOwners = businessOwners
        self.technicalOwners = technicalOwners
        self.identities = identities
        self.marks = marks
        self.autonomy = autonomy
        self.status = status
        self.reviewBy = reviewBy
        self.review = review
        self.resumedAt = resumedAt
        self.issuedAt = issuedAt
    }

    /// Everybody who answers for it, each once: whom to ask.
    package var owners: [String] {
        technicalOwners + businessOwners.filter { !technicalOwners.contains($0) }
    }
}

/// One thing by which an organisation knows an agent of its own.
package enum AgentIdentity: Hashable, Sendable {
    case email(String)
    /// The account by which the git server knows it.
    case login(String)
    case key(KeyFingerprint)

    /// The identity as records write it: `email:…`, `login:…`, `key:SHA256:…`.
    package init?(_ text: String) {
        if text.hasPrefix("email:") {
            self = .email(String(text.dropFirst(6)))
        } else if text.hasPrefix("login:") {
            self = .login(String(text.dropFirst(6)))
        } else if text.hasPrefix("key:"), let key = KeyFingerprint(text.dropFirst(4)) {
            self = .key(key)
        } else {
            return nil
        }
    }
}

extension AgentIdentity: CustomStringConvertible {
    package var description: String {
        switch self {
        case .email(let address): "email:\(address)"
        case .login(let name): "login:\(name)"
        case .key(let key): "key:\(key)"
        }
    }
}
