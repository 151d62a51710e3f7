import RemitAuthority
import RemitGit
import RemitModel
import RemitReport
import RemitRules

/// Everything that a submission was judged by, as inputs of its entry.
struct SubmissionArchive {
    /// What it is, and what was said of it, by roles.
    let submission: [(role: String, bytes: [UInt8])]
    /// What was asked of repositories, by roles.
    let transcripts: [(role: String, transcript: Transcript?)]
    let memory: MemoryView?
    let authority: [(role: String, bytes: [UInt8])]

    /// The inputs, with what was read of the ledger while it was held.
    ///
    /// A transcript that grew too large is left out whole: half of one would be judged to something else.
    func inputs(after past: Past) -> [(role: String, bytes: [UInt8])] {
        memory?.keep(past)
        let transcripts = transcripts + [(ArchiveRole.memory, memory?.transcript)]
        return submission + transcripts.compactMap { part in part.transcript?.bytes.map { (part.role, $0) } }
            + authority
    }
}

/// A repository, opened when it is asked for, with what will have been asked of it.
final class RepositoryOpening {
    static let question = "open"

    private let path: String
    /// `nil` where nobody will ask for it again.
    let transcript: Transcript?

    init(at path: String, keeping: Bool = false) {
        self.path = path
        transcript = keeping ? Transcript() : nil
    }

    func open() throws(GitError) -> GitReader {
        do throws(GitError) {
            let reader = GitReader(try Repository(at: RepositoryLocation.discover(from: ByteString(path))))
            reader.repository.transcript = transcript
            return reader
        } catch {
            transcript?.keep(Self.question, .null, fault: error.archived)
            throw error
        }
    }

    /// Opens what is kept of a repository: that it could not be opened is kept too.
    static func open(_ answers: ArchivedAnswers) throws(GitError) -> GitReader {
        if case .fault(let kept)? = answers[question], let fault = GitError(archived: kept) { throw fault }
        return GitReader(answers)
    }
}

/// The authority, opened when it is asked for, with what will have been read of it.
final class AuthorityOpening {
    private let path: String
    private let ref: String
    private let limit: TimeLimit?
    private var view: AuthorityView?
    private var fault: AuthorityError?

    init(at path: String, ref: String, within limit: TimeLimit? = nil) {
        self.path = path
        self.ref = ref
        self.limit = limit
    }

    func open() throws(AuthorityError) -> any RecordSource {
        do throws(AuthorityError) {
            let opened = AuthorityView(try GitRecordSource(at: path, ref: ref, within: limit))
            view = opened
            return opened
        } catch {
            fault = error
            throw error
        }
    }

    /// What was read of it; nothing where it was not asked for.
    var inputs: [(role: String, bytes: [UInt8])] {
        view?.inputs ?? fault.map(AuthorityView.inputs) ?? []
    }
}
