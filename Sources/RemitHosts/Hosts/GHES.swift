import RemitModel

/// GitHub Enterprise Server.
///
/// It stops all hooks of a push together after 5 seconds; the answer has to be there before, with its reason.
extension Host {
    static let ghes = Host(
        pusherVariable: "GITHUB_USER_LOGIN", repositoryVariables: ["GITHUB_REPO_NAME"], deadlineSeconds: 4)
}
