import RemitAuthority
import RemitGit
import RemitHosts
import RemitModel
import RemitRules

/// What happens to a push between what the world says of it and the verdict: the same when it is judged and when it is
/// judged again from an archive.
struct PushJourney {
    let updates: [RefUpdate]
    let request: PushRequest
    let settings: Settings
    let reader: GitReader
    let memory: any Memory
    /// Opens the authority that the settings name.
    let authority: () throws(AuthorityError) -> any RecordSource
    let limit: TimeLimit
    /// Told what is judged, where somebody wants to know.
    var observer: (any JudgeObserver)?

    /// Judges the push.
    ///
    /// `state` becomes how far the authority has come, as soon as that is known: a fault after that is recorded with it.
    func judge(_ state: inout AuthorityState?) throws(GateError) -> Verdict {
        reader.repository.begin(limit)
        try memory.requireClock(request.now)
        if try AuthorityPush.concerns(reader, settings) {
            let verdict = try AuthorityPush(
                reader, settings: settings, request: request, updates: updates, ledger: memory, deadline: limit.end
            ).judge()
            state = verdict.state
            return verdict.verdict
        }
        let authority = try GateError.asking { () throws(AuthorityError) in
            try Authority(self.authority(), pinned: settings.root, at: request.now)
        }
        if let reason = try memory.rollback(to: AuthorityState(authority)) {
            throw GateError(AuthorityError(.rollback, reason))
        }
        state = AuthorityState(authority)
        let circumstances = try GateError.asking { () throws(AuthorityError) in
            let known = try KnownPusher(of: request, updates: updates, settings: settings, in: authority)
            return Circumstances(
                now: request.now, repository: authority.policy.repository(named: settings.repository),
                mode: settings.mode, pusher: known.pusher, pusherIdentity: known.identity,
                pushDelegation: try authority.delegation(inOptions: request.options), pushOptions: request.options,
                protectedPaths: ProtectedPaths(adding: authority.policy.protectedPaths),
                approvals: authority.policy.approvals(in: settings.repository),
                administrators: authority.administrators, route: request.route(in: settings.repository),
                certificate: known.certificate, isProposal: request.act == .proposal,
                catalogue: authority.recordedCatalogue(request.catalogue))
        }
        let gate = Gate(
            reader, authority: authority, circumstances: circumstances, seen: memory, deadline: limit.end,
            observer: observer)
        if let merge { return gate.judge(merge) }
        return gate.judge(updates)
    }

    /// A reviewed change on its way to a branch: the branch has gone on meanwhile, and the server will merge or rebase.
    private var merge: MergeSubmission? {
        guard request.act == .submission, let update = updates.first, !update.isCreation,
            update.ref.starts(with: "refs/heads/")
        else { return nil }
        return MergeSubmission(target: update.ref, base: update.old, head: update.new)
    }

    /// The decision where something could not be checked: with as much as is known of the push.
    static func undecided(
        _ finding: Finding, _ updates: [RefUpdate], _ request: PushRequest, mode: Mode, repository: String,
        after decision: Decision? = nil
    ) -> Decision {
        Decision(
            outcome: .undecided, mode: mode, repository: repository, pusher: request.pusher, decidedAt: request.now,
            updates: updates, commits: decision?.commits ?? 0, findings: [finding] + (decision?.findings ?? []),
            findingCount: 1 + (decision?.findingCount ?? 0), agents: decision?.agents ?? [],
            delegations: decision?.delegations ?? [], ancestors: decision?.ancestors ?? [],
            landings: decision?.landings ?? [], approvals: decision?.approvals ?? [], authority: decision?.authority,
            policyVersion: decision?.policyVersion, route: request.route(in: repository),
            certificate: decision?.certificate ?? request.certificate?.record,
            observations: decision?.observations ?? [], observationCount: decision?.observationCount,
            catalogue: decision?.catalogue)
    }
}
