package import RemitModel

/// A deployment as a whole, as the rules see it before its commits are judged one by one.
package struct DeploymentCase: Hashable, Sendable {
    package let commit: ObjectID
    package let course: Course
    /// What the environment's last deployment left behind.
    package let recollection: RememberedDeployment.Recollection
    /// What the job says is deployed, or wants to be judged from.
    package let since: ObjectID?
    /// Whether `since` would leave out commits that were not there at the remembered deployment.
    package let isSinceAhead: Bool
    /// Whether going back is meant.
    package let isRollback: Bool
    /// The refs from which the environment may be deployed, as far as the clone has them from its host.
    package let refs: [ByteString]
    /// Whether one of them holds the commit: a branch somewhere in its history, a tag exactly.
    package let isMerged: Bool
    /// What is known to be there already and is not judged again; `nil` where everything since the baseline is.
    package let judgedFrom: ObjectID?

    /// How the commit stands to what is deployed: to what is remembered, or else to what the job says.
    package enum Course: Hashable, Sendable {
        /// Nothing is known to be deployed.
        case first
        case forward(from: ObjectID)
        /// It is what is deployed.
        case again
        /// It came before what is deployed.
        case back(from: ObjectID)
        /// It has not all of what is deployed: another line of history.
        case aside(from: ObjectID)
    }

    package init(
        commit: ObjectID, course: Course, recollection: RememberedDeployment.Recollection = .nothing,
        since: ObjectID? = nil, isSinceAhead: Bool = false, isRollback: Bool = false, refs: [ByteString] = [],
        isMerged: Bool = true, judgedFrom: ObjectID? = nil
    ) {
        self.commit = commit
        self.course = course
        self.recollection = recollection
        self.since = since
        self.isSinceAhead = isSinceAhead
        self.isRollback = isRollback
        self.refs = refs
        self.isMerged = isMerged
        self.judgedFrom = judgedFrom
    }

    /// What a person should know of how much was judged, in git's voice; `nil` where it is only what is new.
    var remark: String? {
        let span = "everything since \(judgedFrom.map(\.abbreviated) ?? "the baseline") was judged"
        switch course {
        case .first: return "nothing says what is deployed: \(span)"
        case .again: return "\(commit.abbreviated) is deployed already: \(span) anew"
        case .forward, .back, .aside: return isRollback ? "going back: \(span) anew" : nil
        }
    }
}
