import RemitAuthority
import RemitEvidence
import RemitGit
import RemitLedger
package import RemitModel
package import RemitReport
import RemitRules

/// The gate of a CI job: a merge or a deployment, judged with the rules and the words of a push.
package struct PipelineGate {
    /// What was decided; `entry` is the number under which the ledger has it.
    package struct Answer {
        package let decision: Decision
        package let entry: Int64?
        /// What a statement of an allowed deployment says beside the decision; `nil` for everything else.
        package var grounds: DeploymentStatement.Grounds?
    }

    private let request: Request

    package init(_ request: Request) {
        self.request = request
    }

    /// Judges a merge.
    package func judge(_ merge: MergeSubmission) -> Answer { answer(.merge(merge)) }

    /// Judges a deployment.
    package func judge(_ deployment: DeploymentSubmission) -> Answer { answer(.deployment(deployment)) }

    /// The undecided answer for a clone in which nothing can be judged; `nil` where it can be read.
    ///
    /// Asked before a commit is looked up: in a clone that is cut off it would only be said to be unknown.
    package func unreadable(_ submission: Submission) -> Answer? {
        do throws(GitError) {
            _ = try RepositoryOpening(at: request.directory).open()
            return nil
        } catch {
            return answer(.unreadable(submission))
        }
    }

    private func answer(_ subject: PipelineSubject) -> Answer {
        let isKept = request.ledger != nil
        let repository = RepositoryOpening(at: request.directory, keeping: isKept)
        let history = RepositoryOpening(at: request.authority, keeping: isKept)
        let authority = AuthorityOpening(at: request.authority, ref: request.authorityRef)
        var ledger: LedgerMemory?
        var memory: MemoryView?
        var state: AuthorityState?
        var decision: Decision
        func record(_ verdict: Verdict, in ledger: LedgerMemory) throws(GateError) -> Answer {
            let archive = SubmissionArchive(
                submission: [
                    (ArchiveRole.request, request.bytes(of: subject)), (ArchiveRole.job, request.job.bytes),
                ] + request.job.token,
                transcripts: [
                    (ArchiveRole.repository, repository.transcript),
                    (ArchiveRole.authorityHistory, request.maximumAge == nil ? nil : history.transcript),
                ], memory: memory, authority: authority.inputs)
            let (decision, entry) = try ledger.record(verdict, authority: state) { decision, past in
                EntryDraft(of: decision, by: HookCommand.program, inputs: archive.inputs(after: past))
            }
            return Answer(decision: decision, entry: entry)
        }
        do throws(GateError) {
            if let path = request.ledger {
                let opened = try LedgerMemory(at: path, deadline: request.deadline)
                (ledger, memory) = (opened, MemoryView(opened))
            }
            let (verdict, grounds) = try PipelineJourney(
                request: request, subject: subject, memory: memory, repository: repository.open,
                authority: authority.open, history: history.open
            ).judge(&state)
            guard let ledger else { return Answer(decision: verdict.decide(), entry: nil, grounds: grounds) }
            do throws(GateError) {
                var answer = try record(verdict, in: ledger)
                answer.grounds = grounds
                return answer
            } catch {
                memory?.keep(recordingFault: error)
                throw error
            }
        } catch {
            decision = PipelineJourney.undecided(error.finding, request, subject)
        }
        // What went wrong is on record too, where that can be done.
        if let ledger {
            do throws(GateError) {
                return try record(Verdict(decision), in: ledger)
            } catch {
                decision = PipelineJourney.undecided(error.finding, request, subject)
            }
        }
        return Answer(decision: decision, entry: nil)
    }
}
