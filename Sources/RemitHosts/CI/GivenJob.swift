package import RemitModel

/// What options say of a job where its system leaves it open.
package struct GivenJob: Hashable, Sendable {
    package var ref: ByteString?
    package var event: Job.Event?
    package var actor: String?
    package var run: String?
    package var attempt: Int?
    package var url: String?

    package enum Member: String, Hashable, Sendable, CaseIterable {
        case ref
        case event
        case actor
        case run
        case attempt
        case url
    }

    /// What an option says otherwise than the job: one of the two is wrong.
    package struct Contradiction: Error, Hashable, Sendable {
        package let member: Member
    }

    package init() {}

    package func filling(_ job: Job) throws(Contradiction) -> Job {
        var job = job
        job.ref = try filled(job.ref, with: ref, .ref)
        job.event = try filled(job.event, with: event, .event)
        job.actor = try filled(job.actor, with: actor, .actor)
        job.run = try filled(job.run, with: run, .run)
        job.attempt = try filled(job.attempt, with: attempt, .attempt)
        job.url = try filled(job.url, with: url, .url)
        return job
    }

    private func filled<Value: Equatable>(
        _ claim: Value?, with option: Value?, _ member: Member
    ) throws(Contradiction) -> Value? {
        guard let option else { return claim }
        guard claim == nil || claim == option else { throw Contradiction(member: member) }
        return option
    }
}
