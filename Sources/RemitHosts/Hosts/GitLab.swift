import RemitModel

/// GitLab's Gitaly, for pushes and for changes made in the browser.
///
/// Gitaly gives no `GIT_QUARANTINE_PATH`. Lines without the prefix do not reach the web interface.
extension Host {
    static let gitlab = Host(
        pusherVariable: "GL_USERNAME", repositoryVariables: ["GL_PROJECT_PATH"],
        via: { environment throws(InvocationError) in
            try environment.word("GL_PROTOCOL") == "web" ? Via(.web, word: "web") : .push
        }, linePrefix: "GL-HOOK-ERR: ")
}
