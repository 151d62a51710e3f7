import RemitModel

/// Gitea, for pushes and for changes made in the browser.
///
/// A push with a deploy key is reported under the name of the repository's owner, who may know nothing of it: then
/// the id of the key is there, and nobody is vouched for.
extension Host {
    static let gitea = Host(
        pusherVariable: "GITEA_PUSHER_NAME", machineKeyVariable: "GITEA_DEPLOY_KEY_ID",
        repositoryVariables: ["GITEA_REPO_USER_NAME", "GITEA_REPO_NAME"])
}
