import RemitLedger
import RemitModel
import RemitReport

/// A ref of another git repository that keeps the checkpoints of a log: one commit for each, with one file.
final class CheckpointRemote {
    private let location: String
    let ref: String
    private let git: Git
    private let directory: String

    static let file = "checkpoint"
    /// The ref under which the other repository's is known here.
    private static let fetched = "refs/remit/fetched"

    /// - Parameter location: a URL, or a path.
    init(_ location: String, ref: String) throws(AppError) {
        self.location = Files.exists(location) ? Files.absolute(location) : location
        self.ref = ref
        directory = try Files.temporaryDirectory()
        // Whoever runs this may sign commits, or have none of git's identities: neither matters here.
        git = Git(in: directory).with([
            "user.name=remit", "user.email=remit@localhost", "http.lowSpeedLimit=1000", "http.lowSpeedTime=20",
        ])
        try git.run(["init", "--quiet", "--bare", "--template=", directory])
        guard ref.hasPrefix("refs/"), try git.attempt(["check-ref-format", ref]).status == 0 else {
            throw AppError(
                "--ref '\(ref)' is not the full name of a ref", hint: "write one such as 'refs/remit/checkpoints'",
                status: .usage)
        }
    }

    deinit { Files.removeTree(directory) }

    /// Without what is a secret in a URL.
    var url: String { Self.withoutSecrets(location) }

    var words: String { "'\(ref)' of '\(url)'" }

    /// Under this name the ledger remembers how many entries were pushed there.
    var stateName: String { "remote.\(ref) \(url)" }

    /// A password stands before the host; over HTTP, a name can be a token by itself.
    static func withoutSecrets(_ location: String) -> String {
        guard let scheme = location.firstRange(of: "://") else { return location }
        let rest = location[scheme.upperBound...]
        guard let at = rest.prefix(while: { $0 != "/" }).lastIndex(of: "@") else { return location }
        let host = rest[at...].dropFirst()
        let user = location.hasPrefix("http") ? "" : rest[..<at].prefix { $0 != ":" } + "@"
        return "\(location[..<scheme.upperBound])\(user)\(host)"
    }

    /// The checkpoint that the ref holds, and its commit; `nil` where there is no such ref.
    func last() throws(AppError) -> (note: SignedNote, commit: String)? {
        guard try tip() != nil else { return nil }
        let fetched = try git.attempt([
            "fetch", "--quiet", "--no-tags", "--depth=1", "--", location, "+\(ref):\(Self.fetched)",
        ])
        guard fetched.status == 0 else { throw unreachable(fetched) }
        let commit = try git.run(["rev-parse", "--verify", "\(Self.fetched)^{commit}"]).text
        let size = try git.attempt(["cat-file", "-s", "\(commit):\(Self.file)"])
        guard size.status == 0 else {
            throw AppError(
                "\(words) holds no file '\(Self.file)'", hint: "name another ref with --ref", status: .undecided)
        }
        guard let count = Int(size.text), count <= SignedNote.maximumByteCount else {
            throw AppError(
                "\(words): the checkpoint is longer than \(SignedNote.maximumByteCount) bytes", status: .undecided)
        }
        let bytes = try git.run(["cat-file", "blob", "\(commit):\(Self.file)"]).stdout
        do throws(NoteError) {
            return (try SignedNote(bytes), commit)
        } catch {
            throw AppError("\(words) holds no checkpoint: \(error)", status: .undecided)
        }
    }

    /// Adds a commit to the ref, which only goes forward; gives it, or `nil` where somebody else was first.
    func push(_ note: SignedNote, of head: Checkpoint, after parent: String?) throws(AppError) -> String? {
        let blob = try git.run(["hash-object", "-w", "--stdin"], .captured(input: note.bytes)).text
        let line = Array("100644 blob \(blob)\t\(Self.file)\n".utf8)
        let tree = try git.run(["mktree"], .captured(input: line)).text
        let message = "\(head.size) entries of \(head.origin)"
        let commit = try git.run(["commit-tree", tree, "-m", message] + (parent.map { ["-p", $0] } ?? [])).text
        let pushed = try git.attempt([
            "push", "--porcelain", "--no-follow-tags", "--", location, "\(commit):\(ref)",
        ])
        guard pushed.status != 0 else { return commit }
        let tip = try tip()
        // The answer can be lost although the push was accepted.
        if tip == commit { return commit }
        guard tip == parent else { return nil }
        throw AppError(
            "cannot push to '\(url)': \(pushed.complaint)", quoted: Upstream.words(of: pushed), hints: [],
            status: .undecided)
    }

    /// Where the ref is over there.
    private func tip() throws(AppError) -> String? {
        let listed = try git.attempt(["ls-remote", "--quiet", "--", location, ref])
        guard listed.status == 0 else { throw unreachable(listed) }
        // The pattern matches the ends of names.
        let line = listed.text.split(separator: "\n").first { $0.hasSuffix("\t\(ref)") }
        return line.map { String($0.prefix { $0 != "\t" }) }
    }

    private func unreachable(_ output: ChildOutput) -> AppError {
        AppError(
            "cannot read '\(url)': \(Self.withoutSecrets(output.complaint))",
            hint: "it has to be a git repository that this user may read and write", status: .undecided)
    }
}
