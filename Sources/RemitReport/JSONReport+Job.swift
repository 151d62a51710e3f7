package import RemitModel

extension JSONReport {
    /// A job as it says it is, and apart from that what a token proves; what it does not say is left out.
    static func json(_ job: Job) -> JSONText {
        let members: [(name: String, value: JSONText?)] = [
            ("system", .string(job.system.rawValue)),
            ("repository", job.repository.map(JSONText.string)),
            ("repository_id", job.repositoryID.map(JSONText.string)),
            ("ref", job.ref.map(JSONText.bytes)),
            ("commit", job.commit.map { .string($0.hex) }),
            ("event", job.event.map { .string($0.word) }),
            ("target", job.target.map(JSONText.bytes)),
            ("base", job.base.map { .string($0.hex) }),
            ("head", job.head.map { .string($0.hex) }),
            ("result", job.result.map { .string($0.hex) }),
            ("actor", job.actor.map(JSONText.string)),
            ("environment", job.environment.map(JSONText.string)),
            ("run", job.run.map(JSONText.string)),
            ("attempt", job.attempt.map(JSONText.integer)),
            ("url", job.url.map(JSONText.string)),
            ("proof", job.proof.map(json)),
            ("token_fault", job.tokenFault.map(JSONText.string)),
        ]
        return .object(
            members.compactMap { member in
                guard let value = member.value else { return nil }
                return (member.name, value)
            })
    }

    package static func json(_ proof: Job.Proof) -> JSONText {
        .object([
            ("issuer", .string(proof.issuer)),
            ("key", .string(proof.key)),
            ("issued_at", .string(proof.issuedAt.description)),
            ("expires_at", .string(proof.expiresAt.description)),
            ("claims", .object(proof.claims.map { ($0.name, .string($0.value)) })),
        ])
    }
}
