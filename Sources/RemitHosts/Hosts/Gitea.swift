import RemitModel

/// Gitea, for pushes and for changes made in the browser or by the interface, which it does not tell apart.
///
/// A push with a deploy key is reported under the name of the repository's owner, who may know nothing of it: then
/// the id of the key is there, and nobody is vouched for. A job of its Actions pushes as the account `gitea-actions`.
/// For a wiki, the name is that of the project in a push over HTTP or SSH, and ends in `.wiki` in one by Gitea itself.
extension Host {
    static let gitea = Host(
        pusherVariable: "GITEA_PUSHER_NAME",
        isMachineKey: { environment throws(InvocationError) in try environment.hasNumber("GITEA_DEPLOY_KEY_ID") },
        repositoryVariables: ["GITEA_REPO_USER_NAME", "GITEA_REPO_NAME"],
        companion: { environment throws(InvocationError) in
            let isWiki = try environment.word("GITEA_REPO_IS_WIKI") ?? "false"
            return isWiki == "false" ? "" : "wiki"
        },
        via: { environment throws(InvocationError) in
            if let trigger = try environment.word("GITEA_PUSH_TRIGGER") {
                // What a pull request brings to its base, and what the base brings to a pull request.
                let merges: Set<ByteString> = ["pr-merge-to-base", "pr-update-with-base"]
                return Via(merges.contains(trigger) ? .merge : .web, word: trigger)
            }
            if try environment.hasNumber("GITEA_PR_ID") { return Via(.merge) }
            if try environment.word("SSH_ORIGINAL_COMMAND") == "gitea-internal" {
                return Via(.web, word: "gitea-internal")
            }
            return try environment.hasNumber("GITEA_ACTIONS_TASK_ID") ? Via(.push, word: "actions") : .push
        })
}
