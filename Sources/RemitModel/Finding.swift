/// One rule's statement about one commit, ref or path.
///
/// Facts only: `RemitReport` makes the sentence.
package struct Finding: Hashable, Sendable {
    package let rule: RuleCode
    package let ref: ByteString?
    package let commit: ObjectID?
    package let path: ByteString?
    package let facts: Facts

    package init(
        _ rule: RuleCode, ref: ByteString? = nil, commit: ObjectID? = nil, path: ByteString? = nil,
        facts: Facts = Facts()
    ) {
        self.rule = rule
        self.ref = ref
        self.commit = commit
        self.path = path
        self.facts = facts
    }

    /// What a rule knows beside the place.
    ///
    /// Each rule fills what applies to it.
    package struct Facts: Hashable, Sendable {
        /// The delegation that was named, or that should have allowed it.
        package var delegation: RecordID?
        /// The text by which a commit named a delegation that could not be found.
        package var named: ByteString?
        /// The agent by its inventory or catalogue id.
        package var agent: String?
        /// Whom to ask: the delegator, the agent's owners, or the administrators.
        package var ask: [String]
        /// The operation that is not granted.
        package var operation: Operation?
        /// What the grant says: its patterns, its operations, its agent.
        package var granted: [String]
        /// What was found instead: a key, a mark, a ref.
        package var found: ByteString?
        /// When it expired, starts, was revoked.
        package var at: Instant?
        /// A limit, and how much was used.
        package var limit: Int?
        package var used: Int?
        /// Whether the agent's work was to be landed, not pushed by the agent.
        package var isLanding: Bool
        /// The cause, in a few words, where the code alone does not say it.
        package var reason: String?
        /// The commit that an approval would have to be of: what the ref would point at.
        package var tip: ObjectID?
        /// The environment that a deployment would reach.
        package var environment: String?
        /// What makes the clone whole: a CI system's setting in its own words, or a command.
        package var cloneCure: CloneCure?
        /// The job of a pipeline's definition, as the definition names it, and its line there, from 1.
        package var pipelineJob: String?
        package var line: Int?
        /// What mends the certificate of a signed push.
        package var certificateCure: CertificateCure?
        /// What of the commit does not fit together.
        package var inconsistency: Inconsistency?

        package init(
            delegation: RecordID? = nil, named: ByteString? = nil, agent: String? = nil, ask: [String] = [],
            operation: Operation? = nil, granted: [String] = [], found: ByteString? = nil, at: Instant? = nil,
            limit: Int? = nil, used: Int? = nil, reason: String? = nil,
            isLanding: Bool = false, tip: ObjectID? = nil, environment: String? = nil, cloneCure: CloneCure? = nil,
            pipelineJob: String? = nil, line: Int? = nil, certificateCure: CertificateCure? = nil,
            inconsistency: Inconsistency? = nil
        ) {
            self.delegation = delegation
            self.named = named
            self.agent = agent
            self.ask = ask
            self.operation = operation
            self.granted = granted
            self.found = found
            self.at = at
            self.limit = limit
            self.used = used
            self.reason = reason
            self.isLanding = isLanding
            self.tip = tip
            self.environment = environment
            self.cloneCure = cloneCure
            self.pipelineJob = pipelineJob
            self.line = line
            self.certificateCure = certificateCure
            self.inconsistency = inconsistency
        }
    }

    /// What mends a push certificate that is missing or does not hold.
    package enum CertificateCure: String, Hashable, Sendable, CaseIterable {
        /// To sign the push, with an SSH key.
        case sign
        /// To sign with another key.
        case key
        /// To push anew, which makes another certificate.
        case again
        /// To push to an address that the repository is known by.
        case address
        /// To push with the account whose person signs.
        case account
        /// An administrator lets git issue nonces.
        case seed
        /// An administrator lets git take nonces that are some seconds old.
        case slop
    }

    /// What mends a clone that has not all of the history.
    package enum CloneCure: Hashable, Sendable {
        /// To be set on the CI system that made the clone.
        case setting(String)
        /// Nothing is known of who made it, and its history is cut off.
        case unshallow
        /// Nothing is known of who made it, and it must be made anew.
        case clone
    }
}
