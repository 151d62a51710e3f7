import RemitAuthority
import RemitEvidence
import RemitGit
import RemitLedger
package import RemitModel
package import RemitReport
import RemitRules

/// The journey of a CI job: a merge or a deployment, judged with the rules and the words of a push.
package struct PipelineGate {
    /// What is judged, and where.
    package struct Request {
        /// The directory of the clone, or one inside it.
        package var directory: String
        /// The authority's git directory, and the ref to read it at.
        package var authority: String
        package var authorityRef: String
        /// The digest of `roots/1.toml`.
        package var root: RecordID
        package var repository: String
        package var mode: Mode
        package var job: Job
        /// The setting of the job's CI system that gives it all of the history; `nil` where no system is known.
        package var cloneAdvice: String?
        /// A ledger to look earlier decisions up in and to record this one; `nil` where the job has none.
        package var ledger: String?
        package var now: Instant
        package var deadline: ContinuousClock.Instant
        /// The refs under which the host keeps the commits that it squashes and rebases.
        package var sources: [RefGlob] = []
        /// How old the authority's timestamp may be, in seconds; `nil` where the copy is taken to be kept up.
        package var maximumAge: Int64?

        package init(
            directory: String, authority: String, authorityRef: String, root: RecordID, repository: String,
            mode: Mode, job: Job, cloneAdvice: String? = nil, ledger: String?, now: Instant,
            deadline: ContinuousClock.Instant
        ) {
            self.directory = directory
            self.authority = authority
            self.authorityRef = authorityRef
            self.root = root
            self.repository = repository
            self.mode = mode
            self.job = job
            self.cloneAdvice = cloneAdvice
            self.ledger = ledger
            self.now = now
            self.deadline = deadline
        }
    }

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
    package func judge(_ merge: MergeSubmission) -> Answer {
        answer(.merge, of: [merge.update]) { gate in gate.judge(merge) }
    }

    /// Judges a deployment.
    package func judge(_ deployment: DeploymentSubmission) -> Answer {
        answer(
            .deployment(environment: deployment.environment), of: [deployment.update], under: deployment.delegation
        ) { gate in
            gate.judge(deployment)
        } grounds: { authority, reader, known throws(GateError) in
            guard let environment = environment(of: deployment, authority) else { return nil }
            return try DeploymentStatement.Grounds(
                of: deployment, to: environment, authority, revocationsKnownUntil: known, in: reader)
        }
    }

    /// The undecided answer for a clone in which nothing can be judged; `nil` where it can be read.
    ///
    /// Asked before a commit is looked up: in a clone that is cut off it would only be said to be unknown.
    package func unreadable(_ submission: Submission) -> Answer? {
        do throws(GateError) {
            _ = try open()
            return nil
        } catch {
            return answer(submission, of: []) { _ in Verdict(undecided(error.finding, submission, [])) }
        }
    }

    private func open() throws(GateError) -> GitReader {
        do throws(GitError) {
            return GitReader(try Repository(at: RepositoryLocation.discover(from: ByteString(request.directory))))
        } catch {
            guard error.code == .shallow || error.code == .partialClone else { throw GateError(error) }
            let otherwise = error.function == "shallow" ? Finding.CloneCure.unshallow : .clone
            let cure = request.cloneAdvice.map(Finding.CloneCure.setting) ?? otherwise
            throw GateError(
                Finding(.undecidedRepository, facts: .init(reason: error.fault, cloneCure: cure)))
        }
    }

    private func environment(of deployment: DeploymentSubmission, _ authority: Authority) -> EnvironmentPolicy? {
        authority.policy.environment(named: deployment.environment, in: request.repository)
    }

    private func answer(
        _ submission: Submission, of updates: [RefUpdate], under delegation: ByteString? = nil,
        _ judge: (Gate) -> Verdict,
        grounds: (Authority, GitReader, Instant?) throws(GateError) -> DeploymentStatement.Grounds? = { _, _, _ in nil }
    ) -> Answer {
        var memory: LedgerMemory?
        var state: AuthorityState?
        var decision: Decision
        do throws(GateError) {
            if let ledger = request.ledger { memory = try LedgerMemory(at: ledger, deadline: request.deadline) }
            try memory?.requireClock(request.now)
            let reader = try open()
            let authority = try GateError.asking { () throws(AuthorityError) in
                try Authority(
                    GitRecordSource(at: request.authority, ref: request.authorityRef), pinned: request.root,
                    at: request.now)
            }
            guard try !reader.isJudged(request.authority) else {
                throw GateError(
                    .undecidedConfiguration,
                    """
                    the authority '\(request.authority)' is part of the repository that is judged; clone the authority \
                    by itself, outside of it
                    """)
            }
            let known = try request.maximumAge.map { seconds throws(GateError) in
                try AuthorityFreshness(
                    authority, at: request.authority, ref: request.authorityRef, root: request.root, now: request.now,
                    deadline: request.deadline
                ).require(atMost: seconds)
            }
            if let reason = try memory?.rollback(to: AuthorityState(authority)) {
                throw GateError(AuthorityError(.rollback, reason))
            }
            state = AuthorityState(authority)
            let circumstances = try GateError.asking { () throws(AuthorityError) in
                try self.circumstances(of: submission, under: delegation, authority)
            }
            let gate = Gate(
                reader, authority: authority, circumstances: circumstances,
                seen: memory ?? NothingSeen(), deadline: request.deadline,
                landed: try landed(reader, authority.policy.repository(named: request.repository)),
                sources: request.sources)
            let verdict = judge(gate)
            let grounds = try grounds(authority, reader, known)
            guard let memory else { return Answer(decision: verdict.decide(), entry: nil, grounds: grounds) }
            var answer = try record(verdict, in: memory, state)
            answer.grounds = grounds
            return answer
        } catch {
            decision = undecided(error.finding, submission, updates)
        }
        // What went wrong is on record too, where that can be done.
        if let memory {
            do throws(GateError) {
                return try record(Verdict(decision), in: memory, state)
            } catch {
                decision = undecided(error.finding, submission, updates)
            }
        }
        return Answer(decision: decision, entry: nil)
    }

    private func record(
        _ verdict: Verdict, in memory: LedgerMemory, _ state: AuthorityState?
    ) throws(GateError) -> Answer {
        let (decision, entry) = try memory.record(verdict, authority: state) { decision, _ in
            EntryDraft(of: decision, by: HookCommand.program, inputs: [], commits: verdict.acts.map(\.commit))
        }
        return Answer(decision: decision, entry: entry)
    }

    /// The tips of the protected branches as the job's clone has them from its remotes.
    private func landed(_ reader: GitReader, _ policy: RepositoryPolicy) throws(GateError) -> [ObjectID] {
        let prefix = "refs/remotes/"
        return try GateError.reading { () throws(GitError) in
            try reader.repository.references(prefix: ByteString(prefix)).filter { reference in
                let parts = reference.name.bytes.dropFirst(prefix.utf8.count)
                    .split(separator: UInt8(ascii: "/"), maxSplits: 1)
                return parts.count == 2 && policy.isProtected(ByteString(Array("refs/heads/".utf8) + parts[1]))
            }.map(\.id)
        }
    }

    private func circumstances(
        of submission: Submission, under delegation: ByteString?, _ authority: Authority
    ) throws(AuthorityError) -> Circumstances {
        let policy = authority.policy
        return Circumstances(
            now: request.now, repository: policy.repository(named: request.repository), mode: request.mode,
            pusher: nil,
            pusherIdentity: submission.isDeployment ? try authority.identity(ofStarterOf: request.job) : .unknown,
            pushDelegation: try delegation.map { name throws(AuthorityError) in try authority.delegation(named: name) },
            protectedPaths: ProtectedPaths(adding: policy.protectedPaths),
            approvals: policy.approvals(in: request.repository, reaching: submission.environment),
            administrators: authority.administrators,
            submission: submission,
            environment: submission.environment.flatMap { policy.environment(named: $0, in: request.repository) },
            job: request.job,
            jobs: policy.jobs(in: request.repository, deployingTo: submission.environment))
    }

    private func undecided(_ finding: Finding, _ submission: Submission, _ updates: [RefUpdate]) -> Decision {
        Decision(
            outcome: .undecided, mode: request.mode, repository: request.repository, pusher: nil,
            decidedAt: request.now, updates: updates, commits: 0, findings: [finding], findingCount: 1, agents: [],
            delegations: [], authority: nil, policyVersion: nil, submission: submission, job: request.job)
    }
}
