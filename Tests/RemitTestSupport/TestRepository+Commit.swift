package import RemitModel

/// What a commit of a test does to one path.
package enum FileEdit: Sendable {
    case file(String)
    case executable(String)
    case symlink(to: String)
    case gitlink(ObjectID)
    case delete
}

extension FileEdit: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .file(value) }
}

/// A name and an address of a test.
package struct TestIdentity: Sendable {
    package let name: String
    package let email: String

    package init(_ name: String, _ email: String) {
        self.name = name
        self.email = email
    }

    package static let dana = TestIdentity("Dana Example", "dana@example.org")
    package static let sam = TestIdentity("Sam Example", "sam@example.org")
    package static let agent = TestIdentity("Claude", "noreply@anthropic.com")
}

extension TestRepository {
    /// Commits edits on a ref through one `git fast-import`.
    ///
    /// `parents` default to the ref's present tip (none when the ref does not exist); the first parent's tree is what
    /// the edits start from.
    @discardableResult
    package func commit(
        _ edits: [String: FileEdit], on ref: String = "refs/heads/main", message: String = "change\n",
        parents: [ObjectID]? = nil, author: TestIdentity = .dana, committer: TestIdentity? = nil,
        at seconds: Int64 = HermeticGit.epoch
    ) throws -> ObjectID {
        let tip = try ObjectID(hex: attempt(["rev-parse", "-q", "--verify", ref]).text)
        let parents = parents ?? [tip].compactMap(\.self)
        let committer = committer ?? author
        var stream = parents.isEmpty ? "reset \(ref)\n" : ""
        stream += "commit \(ref)\nmark :1\n"
        stream += "author \(author.name) <\(author.email)> \(seconds) +0000\n"
        stream += "committer \(committer.name) <\(committer.email)> \(seconds) +0000\n"
        stream += "data \(message.utf8.count)\n\(message)\n"
        for (index, parent) in parents.enumerated() {
            stream += (index == 0 ? "from " : "merge ") + parent.hex + "\n"
        }
        // Deletions first, so that a file may take the place of a directory.
        for (path, edit) in edits.sorted(by: { $0.key < $1.key }) {
            if case .delete = edit { stream += "D \(Self.quoted(path))\n" }
        }
        for (path, edit) in edits.sorted(by: { $0.key < $1.key }) {
            let path = Self.quoted(path)
            switch edit {
            case .file(let text): stream += "M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n"
            case .executable(let text): stream += "M 100755 inline \(path)\ndata \(text.utf8.count)\n\(text)\n"
            case .symlink(let target): stream += "M 120000 inline \(path)\ndata \(target.utf8.count)\n\(target)\n"
            case .gitlink(let id): stream += "M 160000 \(id.hex) \(path)\n"
            case .delete: break
            }
        }
        stream += "get-mark :1\n"
        return try id(fastImport(Array(stream.utf8)))
    }

    /// Commits a tree with `git commit-tree`, signed with an SSH key when one is given; moves no ref.
    package func commitTree(
        _ tree: ObjectID, parents: [ObjectID] = [], message: String = "change\n", signedBy key: SSHKey? = nil,
        author: TestIdentity = .dana, committer: TestIdentity? = nil, at seconds: Int64 = HermeticGit.epoch
    ) throws -> ObjectID {
        var arguments: [String] = []
        if let key { arguments += ["-c", "gpg.format=ssh", "-c", "user.signingKey=\(key.privatePath)"] }
        arguments += ["commit-tree"] + (key == nil ? [] : ["-S"]) + [tree.hex]
        arguments += parents.flatMap { ["-p", $0.hex] }
        let committer = committer ?? author
        let environment = [
            "GIT_AUTHOR_NAME": author.name, "GIT_AUTHOR_EMAIL": author.email,
            "GIT_AUTHOR_DATE": "\(seconds) +0000",
            "GIT_COMMITTER_NAME": committer.name, "GIT_COMMITTER_EMAIL": committer.email,
            "GIT_COMMITTER_DATE": "\(seconds) +0000",
        ]
        return try id(git(arguments, input: Array(message.utf8), environment: environment))
    }

    /// Points a ref at an object, without any check of what the ref held.
    package func setRef(_ ref: String, to id: ObjectID) throws {
        try git("update-ref", ref, id.hex)
    }

    /// The C-quoted spelling that fast-import reads for any path.
    private static func quoted(_ path: String) -> String {
        var text = "\""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
