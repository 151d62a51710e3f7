import RemitModel

/// Forgejo Actions, whose runner sets Gitea's and GitHub's variables too.
///
/// https://forgejo.org/docs/latest/user/actions/reference/
extension CIHost {
    static let forgejo = CIHost(
        isMarked: { $0.says("FORGEJO_ACTIONS", "true") },
        fullClone: "actions/checkout with fetch-depth: 0",
        read: CIHost.gitea.read)
}
