import RemitAuthority
import RemitFormats
import RemitGit
import RemitModel

/// Whether a copy of the authority is young enough: an old one would hide what has been revoked since.
///
/// A copy proves its own history, since that is named by its content. What it cannot prove is that nothing came after;
/// that is what a timestamp is for (TUF's timestamp role).
struct AuthorityFreshness {
    private let authority: Authority
    private let reader: GitReader
    private let root: RecordID
    private let ref: ByteString
    private let now: Instant
    private let deadline: ContinuousClock.Instant

    /// Seconds by which the clock of whoever vouched may be ahead of the job's.
    static let tolerance: Int64 = 60
    /// Most commits that may have come after the one vouched for.
    static let maximumCommitCount = 10_000

    init(
        _ authority: Authority, _ history: () throws(GitError) -> GitReader, ref: String, root: RecordID,
        now: Instant, deadline: ContinuousClock.Instant
    ) throws(GateError) {
        self.authority = authority
        self.root = root
        self.ref = ByteString(ref)
        self.now = now
        self.deadline = deadline
        reader = try Self.reading(history)
    }

    /// Requires a timestamp of at most so many seconds ago; gives the moment until which the copy is known to be whole.
    func require(atMost seconds: Int64) throws(GateError) -> Instant {
        let timestamp = try GateError.asking { () throws(AuthorityError) in try authority.timestamp() }
        guard let timestamp else {
            throw stale("the authority has no timestamp, and --max-age demands one")
        }
        guard timestamp.issuedAt <= now.adding(seconds: Self.tolerance) else {
            throw stale(
                "the authority's timestamp is of \(timestamp.issuedAt), which is still to come: it is \(now) here")
        }
        guard timestamp.issuedAt >= now.adding(seconds: -seconds) else {
            throw stale(
                """
                the authority's timestamp is of \(timestamp.issuedAt), older than --max-age allows at \(now): what was \
                revoked since may be missing
                """)
        }
        try requireCourse(from: timestamp.head)
        return timestamp.issuedAt
    }

    private func stale(_ fault: String) -> GateError {
        GateError(
            .undecidedAuthority,
            "\(fault); run 'remit authority timestamp' in a clone of the authority, then bring a new copy of it here")
    }

    /// Requires that nothing was taken away between the commit vouched for and the one that is read.
    ///
    /// Who has the copy can put an old state on top of the newest commit: each step is judged as the authority's own
    /// server would.
    private func requireCourse(from head: ObjectID) throws(GateError) {
        let path = AuthorityLayout.timestamp
        let tip = authority.commit
        let steps = try Self.reading { () throws(GitError) -> [ObjectID]? in
            guard try reader.repository.isAncestor(head, of: tip) else { return nil }
            return try reader.repository.history(of: tip, excluding: [head])
        }
        guard let steps, !steps.isEmpty else {
            throw GateError(
                .undecidedAuthority,
                "'\(path)' of the authority vouches for commit \(head), which does not lead to commit \(tip)")
        }
        guard steps.count <= Self.maximumCommitCount else {
            throw stale("\(steps.count) commits came after the authority's timestamp")
        }
        var (parent, before) = (head, try self.authority(at: head))
        for step in steps {
            guard !reader.repository.hasPassed(deadline) else {
                throw GateError(.undecidedDeadline, "the time for judging is over")
            }
            (before, parent) = (try judge(step, after: parent, before), step)
        }
    }

    /// What a commit leaves, where the authority's own server would have let it through.
    private func judge(
        _ commit: ObjectID, after parent: ObjectID, _ before: Authority
    ) throws(GateError) -> Authority {
        let changes = try Self.reading { () throws(GitError) -> [Change]? in
            let bytes = try reader.repository.read(commit, expecting: .commit)
            guard let parsed = Self.parsed(bytes), parsed.parents == [parent] else { return nil }
            return try reader.repository.changes(from: parent, to: commit, tellsEmpty: true)
        }
        guard let changes else { throw unguarded(commit, "it is not one step after commit \(parent)") }
        let history = AuthorityHistory(reader, deadline: deadline)
        let judge = AuthorityGuard(ref: ref, pinned: root, at: now) { (path, content) throws(AuthorityError) in
            try history.held(content, at: path, upTo: parent)
        }
        let (findings, after) = try GateError.asking { () throws(AuthorityError) in
            try judge.judge(changes, to: GitRecordSource(reader, at: commit), after: before)
        }
        guard let after, findings.isEmpty else {
            let first = findings.first
            let path = first?.path.map { "'\(String(decoding: $0.bytes, as: UTF8.self))': " } ?? ""
            throw unguarded(commit, "\(path)\(first?.facts.reason ?? "it leaves nothing that can be believed")")
        }
        return after
    }

    private func unguarded(_ commit: ObjectID, _ reason: String) -> GateError {
        GateError(
            .undecidedAuthority,
            "commit \(commit) of the authority, after its timestamp, would not pass its own guard: \(reason)")
    }

    private func authority(at commit: ObjectID) throws(GateError) -> Authority {
        try GateError.asking { () throws(AuthorityError) in
            try Authority(GitRecordSource(reader, at: commit), pinned: root, at: now)
        }
    }

    private static func parsed(_ bytes: [UInt8]) -> RawCommit? {
        do throws(MalformedObject) { return try CommitParser.parse(bytes) } catch { return nil }
    }

    private static func reading<Value>(_ body: () throws(GitError) -> Value) throws(GateError) -> Value {
        do throws(GitError) {
            return try body()
        } catch {
            throw GateError(
                .undecidedAuthority, "cannot read the history of the authority since its timestamp: \(error.reason)")
        }
    }
}

extension GitReader {
    /// Whether an authority is this repository, or a submodule of it: then what is judged says what it is judged by.
    func isJudged(_ authority: String) throws(GateError) -> Bool {
        try GateError.reading { () throws(GitError) in try repository.holds(authority) }
    }
}
