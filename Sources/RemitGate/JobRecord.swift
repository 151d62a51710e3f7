import RemitEvidence
import RemitFormats
package import RemitHosts
package import RemitModel
import RemitReport

/// A CI job, and what it is known by: its variables, options and token, of which the job follows.
package struct JobRecord {
    static let schema = "job/v1"

    package private(set) var job: Job
    private let claimed: ClaimedJob
    private let given: GivenJob
    private var profile: IssuerProfile?
    /// What is kept of a token that was verified, never its signature; and the key that verified it.
    private(set) var token: [(role: String, bytes: [UInt8])] = []

    package init(_ claimed: ClaimedJob, given: GivenJob = GivenJob()) throws(GivenJob.Contradiction) {
        job = try given.filling(claimed.job)
        self.claimed = claimed
        self.given = given
    }

    /// Takes over what a verified token says.
    ///
    /// - Parameters:
    ///   - token: its header and claims.
    ///   - key: the key that verified it.
    package mutating func prove(by proof: Job.Proof, of profile: IssuerProfile, token: [UInt8], key: [UInt8]) {
        job = job.proved(by: proof, of: profile)
        self.profile = profile
        self.token = [(ArchiveRole.token, token), (ArchiveRole.tokenKey, key)]
    }

    /// Notes why a token proves nothing.
    package mutating func refuse(_ fault: String) { job.tokenFault = fault }

    var bytes: [UInt8] {
        let event = claimed.event.map { event in
            JSONText.object([
                ("base", event.base.archived), ("head", event.head.archived), ("target", .string(event.target)),
            ])
        }
        let variables = claimed.variables.sorted { $0.key < $1.key }
        return JSONText.object([
            ("schema", .string(Self.schema)),
            ("system", .string(job.system.rawValue)),
            ("variables", variables.map { Named($0.key, $0.value) }.archived),
            ("event", event ?? .null),
            (
                "given",
                .object([
                    ("ref", given.ref.archived), ("event", (given.event?.word).archived),
                    ("actor", given.actor.archived), ("run", given.run.archived),
                    ("attempt", given.attempt.archived), ("url", given.url.archived),
                ])
            ),
            ("profile", (profile?.rawValue).archived),
            ("proof", job.proof.map(JSONReport.json) ?? .null),
            ("token_fault", job.tokenFault.archived),
        ]).encoded
    }

    /// Makes the job again of what was kept of it.
    init(_ bytes: [UInt8], of source: String) throws(EvidenceError) {
        let members = try Members(bytes, of: source)
        guard try members.text("schema") == Self.schema else { throw members.fault("it is not what a job is known by") }
        guard let variables = [Named<ByteString>](archived: .list(try members.list("variables"))) else {
            throw members.fault("'variables' lists no variables")
        }
        let event = try members.optional("event") { event throws(EvidenceError) in
            JobEvent.Source.known(
                JobEvent(
                    base: try event.objectID("base"), head: try event.objectID("head"), target: try event.text("target")
                ))
        }
        let environment = Environment(
            Dictionary(variables.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
        let system = try members.word("system", as: CISystem.self)
        let given = try GivenJob(members.object("given"))
        let claimed: ClaimedJob
        do throws(InvocationError) {
            claimed = try system.claimed(in: environment, event: event)
        } catch {
            throw members.fault("a variable of the job \(error.reason)")
        }
        do throws(GivenJob.Contradiction) {
            try self.init(claimed, given: given)
        } catch {
            throw members.fault("the job's \(error.member.rawValue) is not what was given")
        }
        if let proof = try members.optional("proof", Job.Proof.init) {
            prove(by: proof, of: try members.word("profile", as: IssuerProfile.self), token: [], key: [])
        }
        job.tokenFault = try members.optionalText("token_fault")
    }
}

extension GivenJob {
    fileprivate init(_ members: Members) throws(EvidenceError) {
        self.init()
        ref = try members.optionalBytes("ref")
        event = try members.optionalText("event").map(Job.Event.init(word:))
        actor = try members.optionalText("actor")
        run = try members.optionalText("run")
        attempt = try members.optionalNumber("attempt")
        url = try members.optionalText("url")
    }
}
