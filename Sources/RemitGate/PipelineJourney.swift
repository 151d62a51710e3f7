import RemitAuthority
import RemitGit
import RemitModel
import RemitReport
import RemitRules

/// What happens to a merge or a deployment between what the world says of it and the verdict: the same when it is judged
/// and when it is judged again from an archive.
struct PipelineJourney {
    let request: PipelineGate.Request
    let subject: PipelineSubject
    /// `nil` where the job has no ledger.
    let memory: (any Memory)?
    /// Opens the clone.
    let repository: () throws(GitError) -> GitReader
    /// Opens the authority at its ref.
    let authority: () throws(AuthorityError) -> any RecordSource
    /// Opens the authority's repository for its history.
    let history: () throws(GitError) -> GitReader
    /// Told what is judged, where somebody wants to know.
    var observer: (any JudgeObserver)?

    /// Judges the submission.
    ///
    /// `state` becomes how far the authority has come, as soon as that is known. `grounds` is what a statement of an
    /// allowed deployment says beside the decision; `nil` for everything else.
    func judge(
        _ state: inout AuthorityState?
    ) throws(GateError) -> (verdict: Verdict, grounds: DeploymentStatement.Grounds?) {
        try memory?.requireClock(request.now)
        let reader = try open()
        let authority = try GateError.asking { () throws(AuthorityError) in
            try Authority(self.authority(), pinned: request.root, at: request.now)
        }
        guard try !reader.isJudged(request.authority) else {
            throw GateError(
                .undecidedConfiguration,
                """
                the authority '\(request.authority)' is part of the repository that is judged; clone the authority by \
                itself, outside of it
                """)
        }
        let known = try request.maximumAge.map { seconds throws(GateError) in
            try AuthorityFreshness(
                authority, history, ref: request.authorityRef, root: request.root, now: request.now,
                deadline: request.deadline
            ).require(atMost: seconds)
        }
        if let reason = try memory?.rollback(to: AuthorityState(authority)) {
            throw GateError(AuthorityError(.rollback, reason))
        }
        state = AuthorityState(authority)
        let circumstances = try GateError.asking { () throws(AuthorityError) in try self.circumstances(authority) }
        let gate = Gate(
            reader, authority: authority, circumstances: circumstances,
            seen: memory ?? NothingSeen(), deadline: request.deadline,
            landed: try landed(reader, authority.policy.repository(named: request.repository)),
            sources: request.sources, observer: observer)
        switch subject {
        case .merge(let merge): return (gate.judge(merge), nil)
        case .deployment(let deployment):
            let verdict = gate.judge(deployment)
            guard let environment = environment(authority) else { return (verdict, nil) }
            return (
                verdict,
                try DeploymentStatement.Grounds(
                    of: deployment, to: environment, authority, revocationsKnownUntil: known, in: reader)
            )
        case .unreadable: throw GateError(.undecidedRepository, "the clone changed while it was opened")
        }
    }

    private func open() throws(GateError) -> GitReader {
        do throws(GitError) {
            return try repository()
        } catch {
            guard error.code == .shallow || error.code == .partialClone else { throw GateError(error) }
            let otherwise = error.function == "shallow" ? Finding.CloneCure.unshallow : .clone
            let cure = request.cloneAdvice.map(Finding.CloneCure.setting) ?? otherwise
            throw GateError(
                Finding(.undecidedRepository, facts: .init(reason: error.fault, cloneCure: cure)))
        }
    }

    private func environment(_ authority: Authority) -> EnvironmentPolicy? {
        subject.submission.environment.flatMap { authority.policy.environment(named: $0, in: request.repository) }
    }

    /// The protected branches as the job's clone has them from its remotes.
    private func landed(_ reader: GitReader, _ policy: RepositoryPolicy) throws(GateError) -> [LandedBranch] {
        let prefix = "refs/remotes/"
        return try GateError.reading { () throws(GitError) in
            try reader.repository.references(prefix: ByteString(prefix)).compactMap { reference in
                let parts = reference.name.bytes.dropFirst(prefix.utf8.count)
                    .split(separator: UInt8(ascii: "/"), maxSplits: 1)
                guard parts.count == 2 else { return nil }
                let name = ByteString(Array("refs/heads/".utf8) + parts[1])
                return policy.isProtected(name) ? LandedBranch(name: name, id: reference.id) : nil
            }
        }
    }

    private func circumstances(_ authority: Authority) throws(AuthorityError) -> Circumstances {
        let (policy, submission) = (authority.policy, subject.submission)
        return Circumstances(
            now: request.now, repository: policy.repository(named: request.repository), mode: request.mode,
            pusher: nil,
            pusherIdentity: submission.isDeployment ? try authority.identity(ofStarterOf: request.job.job) : .unknown,
            pushDelegation: try subject.delegation.map { name throws(AuthorityError) in
                try authority.delegation(named: name)
            },
            protectedPaths: ProtectedPaths(adding: policy.protectedPaths),
            approvals: policy.approvals(in: request.repository, reaching: submission.environment),
            administrators: authority.administrators,
            submission: submission,
            environment: environment(authority),
            job: request.job.job,
            jobs: policy.jobs(in: request.repository, deployingTo: submission.environment),
            catalogue: authority.recordedCatalogue(request.catalogue))
    }

    /// The decision where something could not be checked.
    static func undecided(
        _ finding: Finding, _ request: PipelineGate.Request, _ subject: PipelineSubject
    ) -> Decision {
        Decision(
            outcome: .undecided, mode: request.mode, repository: request.repository, pusher: nil,
            decidedAt: request.now, updates: subject.updates, commits: 0, findings: [finding], findingCount: 1,
            agents: [], delegations: [], authority: nil, policyVersion: nil, submission: subject.submission,
            job: request.job.job)
    }
}
