import RemitModel

/// Bitbucket Data Center, whose hook scripts run for pushes, merges and changes made in the browser.
extension Host {
    static let bitbucket = Host(
        pusherVariable: "BB_USER_NAME", repositoryVariables: ["BB_PROJECT_KEY", "BB_REPO_SLUG"])
}
