import RemitModel

/// GitHub Enterprise Server, for pushes and for changes made in the browser or by the interface.
///
/// It stops all hooks of a push together after 5 seconds; the answer has to be there before, with its reason.
/// `GITHUB_VIA` is not there in a push. A word that is not known is a change by the server all the same.
extension Host {
    static let ghes = Host(
        pusherVariable: "GITHUB_USER_LOGIN", repositoryVariables: ["GITHUB_REPO_NAME"],
        via: { environment throws(InvocationError) in
            if let word = try environment.word("GITHUB_VIA") {
                if merges.contains(word) { return Via(.merge, word: word) }
                return Via(word.bytes.reversed().starts(with: " api".utf8.reversed()) ? .api : .web, word: word)
            }
            for variable in pullRequest where try environment.word(variable) != nil { return Via(.merge) }
            return .push
        }, deadlineSeconds: 4)

    /// GitHub's words for what merges, from the documentation of several versions.
    private static let merges: Set<ByteString> = [
        "pull request merge button", "pull request merge api", "merge", "merge api", "branch merge api",
        "merge base into head", "auto-merge deployment api",
    ]

    /// The variables that are there where a pull request is merged.
    private static let pullRequest: [ByteString] = [
        "GITHUB_PULL_REQUEST_AUTHOR_LOGIN", "GITHUB_PULL_REQUEST_HEAD", "GITHUB_PULL_REQUEST_BASE",
    ]
}
