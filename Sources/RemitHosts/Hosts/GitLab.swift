import RemitModel

/// GitLab's Gitaly, for pushes and for changes made in the browser or by the interface, which it does not tell apart.
///
/// Gitaly gives no `GIT_QUARANTINE_PATH`. Lines without the prefix do not reach the web interface.
///
/// `GL_ID` is `user-7`, or `key-7` for a key that is no user's: then the name, if there is one, is that of whoever
/// registered the key. `GL_REPOSITORY` is `project-7` for a project's own repository; with `wiki-7`, `group-7-wiki`,
/// `design-7` or `snippet-7` the path can be the project's.
extension Host {
    static let gitlab = Host(
        pusherVariable: "GL_USERNAME",
        isMachineKey: { environment throws(InvocationError) in
            try environment.word("GL_ID")?.starts(with: "key-") ?? false
        },
        repositoryVariables: ["GL_PROJECT_PATH"],
        companion: { environment throws(InvocationError) in
            try environment.word("GL_REPOSITORY").map(Self.companion)
        },
        via: { environment throws(InvocationError) in
            try environment.word("GL_PROTOCOL") == "web" ? Via(.web, word: "web") : .push
        }, linePrefix: "GL-HOOK-ERR: ")

    /// Of what is no project's own repository, the words that say so: all but numbers and owners.
    private static func companion(of repository: ByteString) -> ByteString {
        let words = repository.bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        func isNumber(_ word: ArraySlice<UInt8>) -> Bool { !word.isEmpty && word.allSatisfy(digits.contains) }
        if words.count == 2, words[0].elementsEqual("project".utf8), isNumber(words[1]) { return "" }
        let owners = ["project", "group"]
        let rest = words.filter { word in
            !word.isEmpty && !isNumber(word) && !owners.contains { word.elementsEqual($0.utf8) }
        }
        // What is not known is not the project's own either.
        return rest.isEmpty ? repository : ByteString(Array(rest.joined(separator: [UInt8(ascii: "-")])))
    }
}
