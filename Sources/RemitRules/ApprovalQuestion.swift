import RemitAuthority
package import RemitModel

/// One thing for which the approval of persons is asked.
package struct ApprovalQuestion: Sendable {
    package let asker: Asker
    /// How many distinct persons.
    package let count: Int
    /// Who does not count, and why.
    package let excluded: [String: String]
    /// The paths that an approver's role must cover; `nil` where any registered person will do.
    package let paths: [ByteString]?
    /// The moment after which the approval must have been given.
    package let since: Instant?

    package enum Asker: Hashable, Sendable {
        /// Work reaches a ref where only persons land, and no person is known to push it.
        case landing
        /// The work's delegation was revoked as compromised.
        case renewal
        /// An assistant's draft changes a protected path, or what a pipeline's definition lets through.
        case protectedPath(ByteString)
        /// Work would reach an environment that no delegation names for it.
        case environment
        case demand(ApprovalDemand)
        /// The policy wants to know who brings commits that nobody signed, and a job knows no pusher.
        case vouching
    }
}

/// What the approvals of a tip say to a question.
package struct ApprovalAnswer: Sendable {
    /// Who approves, each person once, however many keys or records they have.
    package let approvers: Set<String>
    package let isEnough: Bool
    private let aside: [(cause: Cause, person: String, words: String)]

    /// Why an approval that is there does not count.
    package enum Cause: Hashable, Sendable {
        case bySelf
        case byAgent
        case stale
        case outsideRole
    }

    package init(to question: ApprovalQuestion, on update: UpdateCase, _ circumstances: Circumstances) {
        var approvers: Set<String> = []
        var aside: [(cause: Cause, person: String, words: String)] = []
        let considered = update.approvals?.considered(
            at: circumstances.now, since: question.since, reaching: circumstances.submission.environment)
        for (given, staleness) in considered ?? [] {
            let person = given.approval.approver
            if case .agent(let agent) = given.hand {
                aside.append((.byAgent, agent, agent))
            } else if let paths = question.paths,
                !circumstances.approvals.covers(paths, on: update.update.ref, by: person)
            {
                aside.append((.outsideRole, person, person))
            } else if let reason = question.excluded[person] {
                aside.append((.bySelf, person, reason))
            } else if let staleness {
                aside.append((.stale, person, staleness))
            } else {
                approvers.insert(person)
            }
        }
        self.approvers = approvers
        isEnough = approvers.count >= question.count
        self.aside = aside.filter { !approvers.contains($0.person) }
    }

    /// What was set aside for a cause, in words, each once.
    package func setAside(_ cause: Cause) -> [String] {
        var words: [String] = []
        for entry in aside where entry.cause == cause && !words.contains(entry.words) { words.append(entry.words) }
        return words
    }
}

extension TipApprovals {
    /// Every approval that could be meant, and why it is stale where it is.
    fileprivate func considered(
        at now: Instant, since: Instant?, reaching environment: String?
    ) -> [(VerifiedApproval, staleness: String?)] {
        given.verified.map { given in
            let approval = given.approval
            let tree = tree(approvedBy: approval)
            return (given, approval.staleness(of: tree, at: now, since: since, reaching: environment))
        }
            + earlier.map { given in
                let approval = given.approval
                return (
                    given, "\(approval.approver) approved commit \(approval.commit.abbreviated), not what came after it"
                )
            }
    }
}

extension Approval {
    /// Why it is not about what is judged now, in words; `nil` when it is.
    fileprivate func staleness(
        of tip: ObjectID?, at now: Instant, since: Instant?, reaching environment: String?
    ) -> String? {
        if tree != tip { return "\(approver) approved another tree of this commit" }
        // Letting work land is not letting it reach production: an approval names its environments.
        if let environment, !environments.contains(environment) {
            return "that of \(approver) does not name environment '\(environment)'"
        }
        if expiresAt <= now { return "that of \(approver) expired at \(expiresAt)" }
        if issuedAt > now { return "that of \(approver) is valid only from \(issuedAt)" }
        if let since, issuedAt <= since { return "that of \(approver) is from before the revocation at \(since)" }
        return nil
    }
}
