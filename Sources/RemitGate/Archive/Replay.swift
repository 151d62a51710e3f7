import RemitAuthority
package import RemitEvidence
import RemitFormats
import RemitGit
package import RemitLedger
import RemitModel
import RemitReport
package import RemitRules

/// Judges a recorded decision again, from its archive alone: no repository, no authority, no clock.
package struct Replay {
    private let entry: RecordedEntry
    private let input: (EvidenceDigest, String) throws(EvidenceError) -> [UInt8]
    private let observer: (any JudgeObserver)?

    /// What judging again came to.
    package enum Answer: Hashable, Sendable {
        /// The same bytes, of the decision and of the entry.
        case same
        /// Other bytes: what the archive leads to now.
        case different(document: [UInt8])
    }

    /// - Parameters:
    ///   - observer: is told what is judged.
    ///   - input: gives the kept bytes with a digest; the words say what they are, for an error.
    package init(
        _ entry: RecordedEntry, observer: (any JudgeObserver)? = nil,
        input: @escaping (EvidenceDigest, String) throws(EvidenceError) -> [UInt8]
    ) {
        self.entry = entry
        self.observer = observer
        self.input = input
    }

    /// Judges again.
    ///
    /// What is not kept, or is no decision, is an error that says so.
    package func judge() throws(EvidenceError) -> Answer {
        guard case .decision(let submission, _, _, _) = entry.leaf.summary else {
            throw fault("it is no decision: there is nothing to judge")
        }
        let decision =
            submission == Submission.push.word ? try decidePush() : try decidePipeline(submission)
        let draft = EntryDraft(of: decision, by: entry.leaf.program, inputs: [])
        let leaf = EntryLeaf(
            draft.summary, at: draft.at, program: draft.program, repository: draft.repository,
            evidence: entry.leaf.evidence)
        return draft.document == entry.document && leaf == entry.leaf ? .same : .different(document: draft.document)
    }

    private func decidePush() throws(EvidenceError) -> Decision {
        let certificate =
            entry.manifest[ArchiveRole.pushCertificate] == nil ? nil : try kept(ArchiveRole.pushCertificate)
        let request = try PushRequest(
            kept(ArchiveRole.request), of: source(ArchiveRole.request), certificate: certificate)
        let updates: [RefUpdate]
        let lines = try kept(ArchiveRole.hookInput)
        do throws(HookInputError) {
            updates = try HookInput(parsing: lines).updates
        } catch {
            throw fault("what git gave the hook cannot be read, line \(error.line): \(error.reason)")
        }
        let reader = GitReader(try answers(ArchiveRole.repository))
        let memory = MemoryView(try answers(ArchiveRole.memory))
        let authority = try openAuthority()
        do throws(GateError) {
            let settings = try Settings(of: reader, site: request.site) { _ in
                request.repository.map { String(decoding: $0.bytes, as: UTF8.self) }
            }
            let past = try memory.past()
            var state: AuthorityState?
            do throws(GateError) {
                let journey = PushJourney(
                    updates: updates, request: request, settings: settings, reader: reader, memory: memory,
                    authority: authority, limit: TimeLimit(of: settings.host, since: .now), observer: observer)
                return try journey.judge(&state).decide(after: past)
            } catch {
                return PushJourney.undecided(
                    error.finding, updates, request, mode: settings.mode, repository: settings.repository)
            }
        } catch {
            throw insufficient(error)
        }
    }

    private func decidePipeline(_ submission: String) throws(EvidenceError) -> Decision {
        guard entry.manifest[ArchiveRole.job] != nil else {
            throw fault("it is a decision over a \(submission) of a Remit that did not archive those yet")
        }
        let job = try JobRecord(kept(ArchiveRole.job), of: source(ArchiveRole.job))
        let (request, subject) = try PipelineGate.Request.read(
            kept(ArchiveRole.request), of: source(ArchiveRole.request), job: job)
        let repository = try answers(ArchiveRole.repository)
        let memory = MemoryView(try answers(ArchiveRole.memory))
        let history =
            entry.manifest[ArchiveRole.authorityHistory] == nil
            ? ArchivedAnswers.none : try answers(ArchiveRole.authorityHistory)
        let journey = PipelineJourney(
            request: request, subject: subject, memory: memory,
            repository: { () throws(GitError) in try RepositoryOpening.open(repository) },
            authority: try openAuthority(),
            history: { () throws(GitError) in try RepositoryOpening.open(history) }, observer: observer)
        do throws(GateError) {
            let past = try memory.past()
            var state: AuthorityState?
            do throws(GateError) {
                let verdict = try journey.judge(&state).verdict
                try memory.requireRecording()
                return verdict.decide(after: past)
            } catch {
                return PipelineJourney.undecided(error.finding, request, subject)
            }
        } catch {
            throw insufficient(error)
        }
    }

    private func answers(_ role: String) throws(EvidenceError) -> ArchivedAnswers {
        try ArchivedAnswers(kept(role), of: source(role))
    }

    private func insufficient(_ error: GateError) -> EvidenceError {
        fault("its archive does not suffice: \(error.finding.facts.reason ?? error.finding.rule.rawValue)")
    }

    private func openAuthority() throws(EvidenceError) -> () throws(AuthorityError) -> any RecordSource {
        guard let digest = entry.manifest[ArchiveRole.authority] else {
            // A push to the authority's own repository reads nothing of it but what the transcript has, and a clone that
            // could not be opened was not judged.
            return { () throws(AuthorityError) in
                throw AuthorityError(.unreadable, "the archive holds nothing of the authority")
            }
        }
        let source = source(ArchiveRole.authority)
        let bytes = try input(digest, source)
        if let fault = try AuthorityView.fault(in: bytes, of: source) {
            return { () throws(AuthorityError) in throw fault }
        }
        let view = try AuthorityView(bytes, of: source) { record throws(EvidenceError) in
            guard let digest = EvidenceDigest(bytes: record.bytes) else { throw fault("'\(record)' is no digest") }
            return try input(digest, "a record of the authority of entry \(entry.sequence)")
        }
        return { () throws(AuthorityError) in view }
    }

    private func kept(_ role: String) throws(EvidenceError) -> [UInt8] {
        guard let digest = entry.manifest[role] else {
            throw fault("its archive has no '\(role)', so that it cannot be judged again")
        }
        return try input(digest, source(role))
    }

    private func source(_ role: String) -> String { "'\(role)' of entry \(entry.sequence)" }

    private func fault(_ reason: String) -> EvidenceError { EvidenceError("entry \(entry.sequence): \(reason)") }
}
