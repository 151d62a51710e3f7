/// Text of a commit object with one thing at a time changed.
enum CommitText {
    static let tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    static let author = "author Dana Example <dana@example.org> 1795165200 +0100"
    static let committer = "committer Dana Example <dana@example.org> 1795165200 +0100"

    static func of(_ lines: String..., message: String = "\nsubject\n") -> [UInt8] {
        Array((lines.joined(separator: "\n") + "\n" + message).utf8)
    }

    static func with(author value: String) -> [UInt8] {
        of("tree \(tree)", "author \(value)", committer)
    }

    static func with(extra lines: String) -> [UInt8] {
        of("tree \(tree)", author, committer, lines)
    }

    static let plain = of("tree \(tree)", author, committer)
    static let signature = """
        gpgsig -----BEGIN SSH SIGNATURE-----
         U1NIU0lH
         -----END SSH SIGNATURE-----
        """
}
