import RemitAttribution
import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// A commit of an agent that nobody registered, in a repository of its own: what a gate must refuse.
struct ProbeCommit: ~Copyable {
    /// The repository that holds it, removed with it.
    let directory: String
    let agent: String
    let commit: ObjectID
    let tree: ObjectID
    /// The new ref that it is offered for.
    let ref: String

    struct Mark {
        let agent: String
        let trailer: String
    }

    /// Agents that the catalogue knows for certain by a trailer; one of them will not be in the inventory.
    static let marks = [
        Mark(agent: "openhands", trailer: "Co-authored-by: openhands <openhands@all-hands.dev>"),
        Mark(agent: "aider", trailer: "Co-authored-by: aider (gpt-4o) <aider@aider.chat>"),
        Mark(
            agent: "devin",
            trailer: "Co-authored-by: Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>"),
    ]

    static let refs = "refs/heads/remit/doctor/"

    /// The mark of an agent that the inventory does not know, and the organisation has not switched off.
    ///
    /// `nil` when there is none.
    static func mark(unknownTo authority: Authority) throws(AppError) -> Mark? {
        for mark in marks {
            let standing = try AppError.asking { () throws(AuthorityError) in try authority.agent(mark.agent) }
            if case .unregistered = standing, isFound(mark, by: authority) { return mark }
        }
        return nil
    }

    private static func isFound(_ mark: Mark, by authority: Authority) -> Bool {
        let identity = Array("remit doctor <doctor@remit.invalid> 0 +0000".utf8)
        let bytes = MessageJudgement.commit(
            message: Array("probe\n\n\(mark.trailer)\n".utf8), author: identity, committer: identity)
        do throws(MalformedObject) {
            let commit = try CommitParser.parse(bytes)
            return Attribution(evidence: authority.catalogue.evidence(for: commit)).agents == [mark.agent]
        } catch {
            return false
        }
    }

    init(by mark: Mark) throws(AppError) {
        let directory = try Files.temporaryDirectory()
        do throws(AppError) {
            (commit, tree) = try Self.make(mark, in: Git(in: directory), directory)
        } catch {
            Files.removeTree(directory)
            throw error
        }
        self.directory = directory
        agent = mark.agent
        ref = Self.refs + String(UInt64.random(in: .min ... .max), radix: 16)
    }

    deinit { Files.removeTree(directory) }

    private static func make(
        _ mark: Mark, in git: Git, _ directory: String
    ) throws(AppError) -> (commit: ObjectID, tree: ObjectID) {
        try git.run(["init", "-q", "--bare", "--template=", directory])
        let tree = try git.run(["mktree"]).text
        // No two probes are one commit: what is taken back is then this one's.
        let nonce = String(UInt64.random(in: .min ... .max), radix: 16)
        let message = "remit doctor: this must be refused\n\nprobe \(nonce)\n\n\(mark.trailer)\n"
        let identity = ["-c", "user.name=remit doctor", "-c", "user.email=doctor@remit.invalid"]
        let made = try git.run(identity + ["commit-tree", tree, "-m", message])
        guard let commit = ObjectID(hex: made.text), let tree = ObjectID(hex: tree) else {
            throw AppError("git made no commit", status: .undecided)
        }
        return (commit, tree)
    }
}
