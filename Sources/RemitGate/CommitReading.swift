import Dispatch
import RemitFormats
import RemitGit
import RemitModel
import RemitSignatures
import Synchronization

/// A run of commits, read and parsed, their signatures verified on all cores.
///
/// Reading is one thread's work (libgit2 objects belong to one); verifying is arithmetic on bytes and is not.
struct CommitReading {
    /// Commits held in memory at once.
    ///
    /// Enough to keep the cores busy, small beside what a push itself takes.
    static let runLength = 256

    enum Parsed {
        case commit(RawCommit, SignatureStatus)
        case malformed(String)
    }

    static func read(_ ids: ArraySlice<ObjectID>, from reader: GitReader) throws(GitError) -> [Parsed] {
        var parsed: [Result<RawCommit, MalformedObject>] = []
        parsed.reserveCapacity(ids.count)
        for id in ids {
            let bytes = try reader.repository.read(id, expecting: .commit)
            do throws(MalformedObject) {
                parsed.append(.success(try CommitParser.parse(bytes)))
            } catch {
                parsed.append(.failure(error))
            }
        }
        let statuses = verify(parsed)
        return zip(parsed, statuses).map { result, status in
            switch result {
            case .success(let commit): .commit(commit, status)
            case .failure(let fault): .malformed(fault.reason)
            }
        }
    }

    static func status(of commit: RawCommit) -> SignatureStatus {
        CommitSignature.status(of: commit)
    }

    private static func verify(_ parsed: [Result<RawCommit, MalformedObject>]) -> [SignatureStatus] {
        var signed: [(index: Int, commit: RawCommit)] = []
        for (index, result) in parsed.enumerated() {
            if case .success(let commit) = result, commit.signature != nil { signed.append((index, commit)) }
        }
        var statuses = [SignatureStatus](repeating: .unsigned, count: parsed.count)
        // A thread costs about as much as one signature.
        guard signed.count > 4 else {
            for (index, commit) in signed { statuses[index] = CommitSignature.status(of: commit) }
            return statuses
        }
        let work = signed
        let results = Mutex<[(Int, SignatureStatus)]>([])
        DispatchQueue.concurrentPerform(iterations: work.count) { position in
            let status = CommitSignature.status(of: work[position].commit)
            results.withLock { $0.append((work[position].index, status)) }
        }
        for (index, status) in results.withLock({ $0 }) { statuses[index] = status }
        return statuses
    }
}
