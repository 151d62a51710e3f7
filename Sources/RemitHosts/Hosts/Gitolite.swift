import RemitModel

/// Gitolite 3, over SSH or HTTP: it puts the name of either account into the same variable.
extension Host {
    static let gitolite = Host(pusherVariable: "GL_USER", repositoryVariables: ["GL_REPO"])
}
