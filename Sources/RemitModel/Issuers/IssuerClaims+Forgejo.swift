extension IssuerClaims {
    /// Forgejo Actions (forgejo.org/docs, "Security OpenID Connect"): GitHub's claims, without an environment.
    static let forgejo = IssuerClaims(
        system: .forgejo,
        repository: Fact("repository", "GITHUB_REPOSITORY"),
        repositoryID: Fact("repository_id", "GITHUB_REPOSITORY_ID"),
        commit: Fact("sha", "GITHUB_SHA"), environment: nil,
        run: Fact("run_id", "GITHUB_RUN_ID"), attempt: Fact("run_attempt", "GITHUB_RUN_ATTEMPT"),
        actor: "actor", event: "event_name", refVariable: "GITHUB_REF",
        ref: { $0["ref"].map { ByteString($0) } }, faults: { eventFaults($0) })
}
