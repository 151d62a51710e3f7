import RemitFormats
import RemitModel

/// Commits with one thing worth looking at.
enum Sample {
    static func commit(
        author: String = "Dana Example <dana@example.org>", committer: String = "Dana Example <dana@example.org>",
        message: String = "subject\n"
    ) throws -> RawCommit {
        let text = """
            tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
            author \(author) 1795165200 +0000
            committer \(committer) 1795165200 +0000

            \(message)
            """
        return try CommitParser.parse(Array(text.utf8))
    }

    /// A person's commit with a line at the end of the message.
    static func line(_ line: String) throws -> RawCommit {
        try commit(message: "subject\n\nbody\n\n\(line)\n")
    }
}
