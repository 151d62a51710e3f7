extension IssuerClaims {
    /// CircleCI (circleci.com/docs, "Using OpenID Connect tokens in jobs"); no token says the commit.
    static let circleci = IssuerClaims(
        system: .circleci,
        repository: nil, repositoryID: Fact("oidc.circleci.com/project-id", "CIRCLE_PROJECT_ID"),
        commit: nil, environment: nil,
        run: Fact("oidc.circleci.com/workflow-id", "CIRCLE_WORKFLOW_ID"), attempt: nil,
        actor: nil, event: nil, refVariable: "CIRCLE_BRANCH",
        ref: { $0[circleRef].map { ByteString($0) } }, faults: { circleFaults($0) })

    private static let circleRef = "oidc.circleci.com/vcs-ref"
    private static let circleRerun = "oidc.circleci.com/ssh-rerun"

    private static func circleFaults(_ proof: Job.Proof) -> [String] {
        var faults: [String] = []
        // Whoever re-runs a job with SSH has a shell in it: what runs there is what they type.
        if proof[circleRerun] != "false" {
            faults.append("the token \(proof.said(circleRerun)); only a job without a shell for a person may deploy")
        }
        // A custom webhook's token has no ref, a fork's pull request another.
        if proof[circleRef].map({ $0.hasPrefix("refs/heads/") || $0.hasPrefix("refs/tags/") }) != true {
            faults.append("the token \(proof.said(circleRef)); only a branch or a tag of the project may deploy")
        }
        return faults
    }
}
