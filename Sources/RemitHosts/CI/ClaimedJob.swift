package import RemitModel

/// What a job says of itself, and by what it says that.
package struct ClaimedJob: Hashable, Sendable {
    package let job: Job
    /// The variables that were read, by their names; no other is kept of a job's environment.
    package let variables: [ByteString: ByteString]
    package let event: JobEvent?

    package init(_ job: Job, variables: [ByteString: ByteString] = [:], event: JobEvent? = nil) {
        self.job = job
        self.variables = variables
        self.event = event
    }
}

/// What is read of the file in which a system describes the event that started a job: the commits that it is about.
package struct JobEvent: Hashable, Sendable {
    package let base: ObjectID
    package let head: ObjectID
    /// The branch that would be merged into, as the event spells it.
    package let target: String

    package init(base: ObjectID, head: ObjectID, target: String) {
        self.base = base
        self.head = head
        self.target = target
    }

    package enum Source: Hashable, Sendable {
        case file([UInt8])
        /// What was read of one before.
        case known(JobEvent)
    }
}

extension CISystem {
    /// What the job says of itself.
    ///
    /// All of it is claims: an earlier step, or whoever writes the pipeline, can set a variable. The event is that of
    /// `eventFile`.
    package func claimed(in environment: Environment, event: JobEvent.Source? = nil) throws(InvocationError)
        -> ClaimedJob
    {
        var job = Job(system: self)
        let claims = JobClaims(environment: environment, event: event)
        try host?.read(claims, &job)
        return ClaimedJob(job, variables: claims.notes.variables, event: claims.notes.event)
    }
}
