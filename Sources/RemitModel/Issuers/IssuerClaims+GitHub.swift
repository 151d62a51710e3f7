extension IssuerClaims {
    /// GitHub Actions, on github.com, ghe.com and GHES (docs.github.com, "OpenID Connect reference").
    ///
    /// In a value, `:` may stand as `%3A`. It is compared as it stands: decoding would make two names one.
    static let github = IssuerClaims(
        system: .github,
        repository: Fact("repository", "GITHUB_REPOSITORY"),
        repositoryID: Fact("repository_id", "GITHUB_REPOSITORY_ID"),
        commit: Fact("sha", "GITHUB_SHA"), environment: "environment",
        run: Fact("run_id", "GITHUB_RUN_ID"), attempt: Fact("run_attempt", "GITHUB_RUN_ATTEMPT"),
        actor: "actor", event: "event_name", refVariable: "GITHUB_REF",
        ref: { $0["ref"].map { ByteString($0) } }, faults: { eventFaults($0) })

    /// The events that run what stands on the ref of the run, started by somebody who may write to the repository.
    ///
    /// `pull_request_target`, `workflow_run` and `issue_comment` run with the ref and the commit of the default branch
    /// whatever they check out; `pull_request` runs a merge that nobody made; `merge_group` tries what has not landed;
    /// the payload of `repository_dispatch` comes from whoever holds a token. A schedule is the repository's own.
    static let deployingEvents = ["push", "workflow_dispatch", "schedule", "release", "deployment"]

    static func eventFaults(_ proof: Job.Proof) -> [String] {
        if let event = proof["event_name"], deployingEvents.contains(event) { return [] }
        return ["the token \(proof.said("event_name")); one of \(deployingEvents.joined(separator: ", ")) may deploy"]
    }
}
