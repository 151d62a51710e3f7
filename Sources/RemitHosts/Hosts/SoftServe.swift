import RemitModel

/// Charm's soft-serve, which knows no way but pushes.
///
/// Its hooks inherit the server's whole configuration, secrets among it.
extension Host {
    static let softServe = Host(
        pusherVariable: "SOFT_SERVE_USERNAME", repositoryVariables: ["SOFT_SERVE_REPO_NAME"])
}
