import RemitFormats
import RemitGit
import RemitModel

/// A commit's bytes, and what its headers say.
struct CommitQuestion: Question {
    static let name = "commit"
    /// The fields of `git log --format` that are asked for, in this order.
    static let fields = [
        "tree", "parents", "author", "address", "date", "committer", "address", "date", "encoding", "message",
    ]
    static let format = "%T%x00%P%x00%an%x00%ae%x00%ad%x00%cn%x00%ce%x00%cd%x00%e%x00%B"

    private static let encodingIndex = 8

    let listed: ListedCommit
    /// As `git cat-file` gives them.
    let bytes: [UInt8]
    /// As `git log` gives them.
    let values: [[UInt8]]

    var commit: ObjectID { listed.id }

    func ask(_ repository: borrowing Repository) throws(GitError) -> Disagreement? {
        let ours = try repository.read(commit, expecting: .commit)
        guard ours == bytes else { return disagreement("bytes", bytes, ours) }
        let parents = try repository.parents(of: commit)
        guard parents == listed.parents else { return disagreement("parents", "\(listed.parents)", "\(parents)") }
        let parsed: RawCommit
        do throws(MalformedObject) {
            parsed = try CommitParser.parse(ours)
        } catch {
            return disagreement("commit", "it is well formed", error.reason)
        }
        let found = self.values(of: parsed)
        for (index, field) in Self.fields.enumerated() where found[index] != values[index] {
            return disagreement(field, values[index], found[index])
        }
        let tree = try repository.tree(of: commit)
        return tree == parsed.tree ? nil : disagreement("tree", "\(parsed.tree)", "\(tree)")
    }

    /// Of the encoding, which Remit does not keep, git's word is taken: it tells how to read the rest.
    private func values(of commit: RawCommit) -> [[UInt8]] {
        let encoding = values[Self.encodingIndex]
        let isLatin = encoding.elementsEqual("ISO-8859-1".utf8)
        // Git's formats are UTF-8, whatever the commit is.
        func text(_ bytes: [UInt8]) -> [UInt8] {
            isLatin ? bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] } : bytes
        }
        func person(_ identity: Identity) -> [[UInt8]] {
            // Git reads the zone as a number, which has no negative zero.
            let zone = identity.zone == "-0000" ? "+0000" : identity.zone
            return [
                text(identity.name.bytes), text(identity.email.bytes), Array("\(identity.seconds) ".utf8) + zone.bytes,
            ]
        }
        return [Array(commit.tree.hex.utf8), Array(commit.parents.map(\.hex).joined(separator: " ").utf8)]
            + person(commit.author) + person(commit.committer) + [encoding, text(commit.message)]
    }

    private func disagreement(_ field: String, _ git: [UInt8], _ remit: [UInt8]) -> Disagreement {
        disagreement(field, "'\(ByteString(git).debugDescription)'", "'\(ByteString(remit).debugDescription)'")
    }

    private func disagreement(_ field: String, _ git: String, _ remit: String) -> Disagreement {
        Disagreement(question: field, commit: commit, git: git, remit: remit)
    }
}
