extension IssuerClaims {
    /// GitLab CI (docs.gitlab.com/ci/secrets/id_token_authentication).
    static let gitlab = IssuerClaims(
        system: .gitlab,
        repository: Fact("project_path", "CI_PROJECT_PATH"), repositoryID: Fact("project_id", "CI_PROJECT_ID"),
        commit: Fact("sha", "CI_COMMIT_SHA"), environment: "environment",
        run: Fact("pipeline_id", "CI_PIPELINE_ID"), attempt: nil,
        actor: "user_login", event: "pipeline_source", refVariable: "CI_COMMIT_REF_NAME",
        ref: { gitlabRef($0) }, faults: { gitlabFaults($0) })

    /// The sources of pipelines that run what stands on a ref of the project itself; a merge request's has not landed.
    private static let deployingSources = ["push", "web", "schedule", "api", "trigger", "pipeline", "parent_pipeline"]

    /// `ref` is a short name, of a branch or a tag as `ref_type` says; `ref_path` is there since GitLab 16.0.
    private static func gitlabRef(_ proof: Job.Proof) -> ByteString? {
        if let path = proof["ref_path"] { return ByteString(path) }
        return shortRef(proof)
    }

    private static func shortRef(_ proof: Job.Proof) -> ByteString? {
        guard let name = proof["ref"] else { return nil }
        return switch proof["ref_type"] {
        case "branch": ByteString("refs/heads/\(name)")
        case "tag": ByteString("refs/tags/\(name)")
        default: nil
        }
    }

    private static func gitlabFaults(_ proof: Job.Proof) -> [String] {
        var faults: [String] = []
        // A string, not a boolean: an absent one or any other word protects nothing.
        if proof["ref_protected"] != "true" {
            faults.append("the token \(proof.said("ref_protected")); only a protected branch or tag may deploy")
        }
        if shortRef(proof) == nil {
            faults.append("the token \(proof.said("ref_type")), which is neither 'branch' nor 'tag' of a named ref")
        } else if let path = proof["ref_path"], shortRef(proof) != ByteString(path) {
            faults.append("the token contradicts itself: ref_path '\(path)' is not its ref and ref_type")
        }
        if proof["pipeline_source"].map(deployingSources.contains) != true {
            faults.append(
                """
                the token \(proof.said("pipeline_source")); one of \(deployingSources.joined(separator: ", ")) may deploy
                """)
        }
        return faults
    }
}
