import RemitModel

/// Gitea Actions.
///
/// https://docs.gitea.com/usage/actions/comparison: a pull request runs for `refs/pull/N/head` and its head commit, not
/// for a merge.
extension CIHost {
    static let gitea = CIHost(
        isMarked: { environment in
            environment.says("GITEA_ACTIONS", "true") && !environment.says("FORGEJO_ACTIONS", "true")
        },
        fullClone: "actions/checkout with fetch-depth: 0",
        read: { claims, job throws(InvocationError) in
            try GitHubVariables.read(claims, into: &job)
            job.url = try GitHubVariables.address(of: "GITHUB_RUN_NUMBER", claims, job)
        })
}
