/// Forgejo, which kept Gitea's names.
extension Host {
    static let forgejo = Host.gitea
}
