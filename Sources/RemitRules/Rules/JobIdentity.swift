import RemitModel

/// Refuses a job that has not shown who it is where it must, and one whose token says that it is another.
///
/// A token that was given is never ignored: a bad one is refused where the policy would have believed variables too.
/// What to do: give the job a token for the audience that the policy names, or have a `[[job]]` entry added.
struct JobIdentityRule: Rule {
    let code = RuleCode.jobIdentity

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let job = circumstances.job else { return [] }
        let environment = circumstances.submission.environment
        return reasons(job, update, circumstances).map { reason in
            Finding(
                code, ref: update.update.ref,
                facts: .init(ask: circumstances.administrators, reason: reason, environment: environment))
        }
    }

    private func reasons(_ job: Job, _ update: UpdateCase, _ circumstances: Circumstances) -> [String] {
        if let fault = job.tokenFault { return ["the token cannot be believed: \(fault)"] }
        guard let proof = job.proof else {
            guard circumstances.environment?.identity == .proved, let environment = circumstances.environment else {
                return []
            }
            return ["environment '\(environment.name)' demands a token, and none was given"]
        }
        let entries = circumstances.jobs.filter { $0.concerns(proof) }
        guard let first = entries.first else {
            return ["no [[job]] entry of the policy is for a token of issuer '\(proof.issuer)' here"]
        }
        let matching = entries.first { $0.mismatches(with: proof).isEmpty }
        guard let entry = matching else { return first.mismatches(with: proof) }
        let claims = entry.profile.claims
        let contradictions = claims.contradictions(of: job, with: proof)
        guard let environment = circumstances.submission.environment else { return contradictions }
        return claims.faults(proof) + place(claims, proof, environment, update.update.new) + contradictions
    }

    /// What the token says of the environment and the commit, where tokens of its issuer do.
    private func place(
        _ claims: IssuerClaims, _ proof: Job.Proof, _ environment: String, _ commit: ObjectID
    ) -> [String] {
        var reasons: [String] = []
        if let claim = claims.environment, !environment.isExactly(proof[claim]) {
            reasons.append(
                proof[claim].map { "the token is for environment '\($0)', not '\(environment)'" }
                    ?? "the token names no environment: the job itself must be for '\(environment)'")
        }
        if let claim = claims.commit?.claim, !commit.hex.isExactly(proof[claim]) {
            reasons.append(
                proof[claim].map { "the token is for commit '\($0)', not \(commit.hex)" }
                    ?? "the token does not say \(claim)")
        }
        return reasons
    }
}
