extension JobTrust {
    /// Whether a token is of the issuer and for the audience of this entry, so that its claims can be compared.
    package func concerns(_ proof: Job.Proof) -> Bool {
        issuer.isExactly(proof.issuer) && audience.isExactly(proof["aud"])
    }

    /// What the token says otherwise than the entry, claim by claim, in words; empty where it is this job's.
    ///
    /// Compared as they stand: no case folding, no decoding.
    package func mismatches(with proof: Job.Proof) -> [String] {
        claims.filter { !$0.value.isExactly(proof[$0.name]) }.map {
            "the token \(proof.said($0.name)), the policy pins '\($0.value)'"
        }
    }
}

extension IssuerClaims {
    /// Where the job's own variables say something else than its token, in words.
    package func contradictions(of job: Job, with proof: Job.Proof) -> [String] {
        guard job.system == system || job.system == .generic else {
            return ["the job runs on \(job.system.rawValue), the token is one of \(system.rawValue)"]
        }
        func differ(_ variable: String, _ said: ByteString?, _ proved: ByteString?) -> String? {
            guard let said, let proved, said != proved else { return nil }
            return "\(job.system == system ? variable : "the job") says \(text(said)), the token says \(text(proved))"
        }
        func text(_ bytes: ByteString) -> String { String(decoding: bytes.bytes, as: UTF8.self) }
        func differ(_ fact: Fact?, _ said: String?) -> String? {
            fact.flatMap { differ($0.variable, said.map { ByteString($0) }, proof[$0.claim].map { ByteString($0) }) }
        }
        return [
            differ(repositoryID, job.repositoryID),
            differ(repository, job.repository),
            differ(refVariable, job.ref, ref(proof)),
            differ(commit, job.commit?.hex),
            differ(run, job.run),
            differ(attempt, job.attempt.map(String.init)),
        ].compactMap { $0 }
    }
}
