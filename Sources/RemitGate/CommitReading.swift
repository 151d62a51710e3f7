import Dispatch
import RemitFormats
import RemitGit
import RemitModel
import RemitSignatures
import Synchronization

/// A run of commits, read and parsed, their signatures being verified on all cores.
///
/// Reading is one thread's work (libgit2 objects belong to one); verifying is arithmetic on bytes and is not. It goes
/// on behind the examination of the run before.
struct CommitReading {
    /// Commits held in memory at once, twice over.
    ///
    /// Enough to keep the cores busy, small beside what a push itself takes.
    static let runLength = 256
    /// Up to this many signatures are not worth a thread, which costs about as much as one.
    private static let aloneAtMost = 4

    enum Parsed {
        case commit(RawCommit, SignatureStatus)
        case malformed(String)
    }

    let ids: ArraySlice<ObjectID>
    private let parsed: [Result<RawCommit, MalformedObject>]
    private let checks: SignatureChecks

    /// Reads the commits and begins to verify.
    init(_ ids: ArraySlice<ObjectID>, from reader: GitReader) throws(GitError) {
        self.ids = ids
        var parsed: [Result<RawCommit, MalformedObject>] = []
        parsed.reserveCapacity(ids.count)
        var signed: [RawCommit] = []
        for id in ids {
            let bytes = try reader.repository.read(id, expecting: .commit)
            do throws(MalformedObject) {
                let commit = try CommitParser.parse(bytes)
                if commit.signature != nil { signed.append(commit) }
                parsed.append(.success(commit))
            } catch {
                parsed.append(.failure(error))
            }
        }
        self.parsed = parsed
        checks = SignatureChecks(signed)
        if signed.count > Self.aloneAtMost { checks.begin() }
    }

    /// The commits with the state of their signatures, once all are verified.
    func finish() -> [Parsed] {
        var statuses = checks.finish()[...]
        return parsed.map { result in
            switch result {
            case .failure(let fault): return .malformed(fault.reason)
            case .success(let commit):
                guard commit.signature != nil else { return .commit(commit, .unsigned) }
                return .commit(commit, statuses.popFirst() ?? SignatureChecks.unverified)
            }
        }
    }

    static func status(of commit: RawCommit) -> SignatureStatus {
        CommitSignature.status(of: commit)
    }
}

/// The signatures of some commits, verified behind the caller's back or when the result is asked for.
private final class SignatureChecks: Sendable {
    /// What a signature is until it has been verified.
    static let unverified = SignatureStatus.bad("it was not verified")

    private let commits: [RawCommit]
    private let statuses: Mutex<[SignatureStatus]>
    private let group = DispatchGroup()
    private let hasBegun = Atomic(false)

    init(_ commits: [RawCommit]) {
        self.commits = commits
        statuses = Mutex(Array(repeating: Self.unverified, count: commits.count))
    }

    func begin() {
        hasBegun.store(true, ordering: .relaxed)
        DispatchQueue.global().async(group: group) { [self] in
            DispatchQueue.concurrentPerform(iterations: commits.count) { verify($0) }
        }
    }

    /// One status for each commit, in their order.
    func finish() -> [SignatureStatus] {
        if hasBegun.load(ordering: .relaxed) {
            group.wait()
        } else {
            for index in commits.indices { verify(index) }
        }
        return statuses.withLock { $0 }
    }

    private func verify(_ index: Int) {
        let status = CommitSignature.status(of: commits[index])
        statuses.withLock { $0[index] = status }
    }
}
