/// What `permissions:` gives the job's token.
enum GitHubPermissions {
    /// `nil` where it is not there, and the host's own default applies.
    static func of(_ node: YAMLNode?) -> Set<String>? {
        guard let node else { return nil }
        switch node.text {
        case "write-all": return ["all: write"]
        case "read-all": return ["all: read"]
        default: break
        }
        guard let pairs = node.pairs, !pairs.isEmpty else {
            // `{}` takes everything away; anything else is not understood.
            return node.pairs == nil && !node.isNull ? ["all: write"] : ["all: none"]
        }
        return Set(pairs.map { "\($0.key): \($0.value.text ?? "write")" })
    }
}
