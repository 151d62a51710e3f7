extension IssuerClaims {
    /// Buildkite (buildkite.com/docs/agent/cli/reference/oidc).
    ///
    /// All organisations share one issuer, so that `organization_id` and `pipeline_id` are pinned; the agent puts them
    /// in with `--claim organization_id --claim pipeline_id`, and `build_id` likewise. The branch is what the trigger
    /// said it is.
    static let buildkite = IssuerClaims(
        system: .buildkite,
        repository: nil, repositoryID: Fact("pipeline_id", "BUILDKITE_PIPELINE_ID"),
        commit: Fact("build_commit", "BUILDKITE_COMMIT"), environment: nil,
        run: Fact("build_id", "BUILDKITE_BUILD_ID"), attempt: nil,
        actor: nil, event: "build_source", refVariable: "BUILDKITE_BRANCH",
        ref: { proof in
            if let tag = proof["build_tag"], !tag.isEmpty { return ByteString("refs/tags/\(tag)") }
            return proof["build_branch"].map { ByteString("refs/heads/\($0)") }
        },
        faults: { _ in [] })
}
