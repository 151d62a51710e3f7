package import RemitModel
import RemitReport

/// A decision read back from the JSON that `JSONReport` makes of it.
///
/// Strict, and the exact inverse: written again, what was read has the same bytes.
package enum DecisionDocument {
    /// - Parameter source: what is read, as errors name it: "the decision of entry 7".
    package static func parse(_ bytes: [UInt8], of source: String) throws(EvidenceError) -> Decision {
        let members = try Members(bytes, of: source)
        let schema = try members.text("schema")
        guard schema == JSONReport.decisionSchema else {
            throw members.fault("it is of schema '\(schema)', not '\(JSONReport.decisionSchema)'")
        }
        let updates = try members.all("updates", RefUpdate.init)
        guard try members.number("update_count") == updates.count else {
            throw members.fault("'update_count' is not the number of its updates")
        }
        let observationCount = try members.optionalNumber("observation_count")
        guard observationCount != 0 else { throw members.fault("'observation_count' is 0, and then left out") }
        return Decision(
            outcome: try members.word("outcome", as: Outcome.self), mode: try members.word("mode", as: Mode.self),
            repository: try members.text("repository"),
            pusher: try members.optional("pusher", Pusher.init),
            decidedAt: try members.instant("decided_at"), updates: updates, commits: try members.number("commits"),
            findings: try members.all("findings", Finding.init), findingCount: try members.number("finding_count"),
            agents: try members.all("agents", Decision.Sighting.init),
            delegations: try members.all("delegations", Decision.Use.init),
            ancestors: try members.all("ancestors", Decision.Ancestor.init),
            landings: try members.all("landings", Decision.Landing.init),
            approvals: try members.all("approvals", Decision.Approved.init),
            authority: try members.optionalObjectID("authority"),
            policyVersion: try members.optionalNumber("policy_version"),
            overrides: try members.all("overrides", Decision.Override.init), remarks: try members.texts("remarks"),
            submission: try Submission(members.object("submission")),
            job: try members.optional("job", Job.init),
            authorship: try members.all("authorship", Authorship.init), rules: try members.words("rules"),
            route: try members.optional("via", Route.init) ?? .plain,
            certificate: try members.optional("push_certificate", Decision.PushCertificate.init),
            observations: observationCount == nil ? [] : try members.all("observations", Finding.init),
            observationCount: observationCount ?? 0,
            catalogue: try members.optional("catalogue", Decision.Catalogue.init))
    }
}

extension RefUpdate {
    init(_ member: Members) throws(EvidenceError) {
        self.init(
            ref: try member.bytes("ref"), old: try member.objectID("old"), new: try member.objectID("new"))
    }
}

extension Pusher {
    fileprivate init(_ member: Members) throws(EvidenceError) {
        self.init(login: try member.bytes("login"), vouchedBy: try member.text("vouched_by"))
    }
}

extension Route {
    fileprivate init(_ member: Members) throws(EvidenceError) {
        let via = Via(try member.word("kind", as: Via.Kind.self), word: try member.optionalBytes("word"))
        self.init(via: via, repository: try member.optionalBytes("repository"))
        guard self != .plain else { throw member.fault("a plain push has no words") }
    }
}

extension Submission {
    fileprivate init(_ member: Members) throws(EvidenceError) {
        switch try member.text("kind") {
        case "push": self = .push
        case "merge": self = .merge
        case "deployment": self = .deployment(environment: try member.text("environment"))
        case let kind: throw member.fault("'kind' is '\(kind)', which is not known")
        }
    }
}
