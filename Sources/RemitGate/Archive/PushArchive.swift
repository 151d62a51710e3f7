import RemitAuthority
import RemitGit
import RemitModel
import RemitRules

/// Everything that a push was judged by, as inputs of its entry.
struct PushArchive {
    /// What git gave the hook, byte by byte.
    let input: [UInt8]
    let request: PushRequest
    let repository: Transcript?
    let memory: MemoryView?
    let authority: [(role: String, bytes: [UInt8])]

    /// The inputs, with what was read of the ledger while it was held.
    ///
    /// A transcript that grew too large is left out whole: half of one would be judged to something else.
    func inputs(after past: Past) -> [(role: String, bytes: [UInt8])] {
        memory?.keep(past)
        let transcripts = [(ArchiveRole.repository, repository?.bytes), (ArchiveRole.memory, memory?.transcript.bytes)]
        return [(ArchiveRole.hookInput, input), (ArchiveRole.request, request.bytes)]
            + transcripts.compactMap { part in part.1.map { (part.0, $0) } } + authority
    }
}

/// The authority, opened when it is asked for, with what will have been read of it.
final class AuthorityOpening {
    private let settings: Settings
    private var view: AuthorityView?
    private var fault: AuthorityError?

    init(_ settings: Settings) {
        self.settings = settings
    }

    func open() throws(AuthorityError) -> any RecordSource {
        do throws(AuthorityError) {
            let opened = AuthorityView(try GitRecordSource(at: settings.authority, ref: settings.authorityRef))
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
