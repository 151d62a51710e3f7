import RemitAuthority
import RemitEvidence
import RemitGit
import RemitHosts
import RemitLedger
import RemitModel
import RemitReport
import RemitRules

/// `pre-receive`: one process, one push, one decision, one entry in the ledger, before git lets a ref move.
struct PreReceive {
    private let world: World
    private let format: Format

    enum Format: String {
        case text
        case json
    }

    init(_ world: World, format: Format) {
        self.world = world
        self.format = format
    }

    /// What is known so far; a fault at any step is decided with that much.
    private struct Progress {
        var updates: [RefUpdate] = []
        var mode = Mode.enforce
        var repository = ""
        var pusher: Pusher?
        var linePrefix = ""
        var ledger: LedgerMemory?
        var authority: AuthorityState?
        var entry: Int64?
    }

    func run() -> ExitStatus {
        var progress = Progress()
        let verdict: Verdict
        do throws(GateError) {
            verdict = try judge(&progress)
        } catch {
            verdict = Verdict(undecided(error.finding, progress))
        }
        let decision: Decision
        do throws(GateError) {
            decision = try decide(verdict, &progress)
        } catch {
            // INVARIANT 7: no entry, no allow. What was found out is kept in the answer.
            decision = undecided(error.finding, progress, after: verdict.decide())
        }
        answer(decision, progress)
        return ExitStatus(decision)
    }

    private func judge(_ progress: inout Progress) throws(GateError) -> Verdict {
        progress.updates = try world.updates()
        // Where the repository is does not depend on the kind of host; who pushes does, and comes after the settings.
        let plain = try world.invocation(of: .preReceive, on: .plain())
        guard !plain.isShallowPush else {
            throw GateError(.undecidedRepository, "the push would make this repository shallow; push full history")
        }
        let reader = try world.repository(of: plain)
        let settings = try Settings(of: reader)
        progress.mode = settings.mode
        progress.repository = settings.repository
        let invocation = try world.invocation(of: .preReceive, on: settings.host)
        progress.pusher = invocation.pusher
        progress.linePrefix = invocation.linePrefix
        let deadline = world.started.advanced(by: .seconds(invocation.deadlineSeconds))
        let ledger = try LedgerMemory(at: settings.ledger ?? "", deadline: deadline)
        progress.ledger = ledger
        ledger.gate = GateNotice(settings, in: reader.repository.location.gitDirectory, at: world.now)
        if try AuthorityPush.concerns(reader, settings) {
            let verdict = try AuthorityPush(
                reader, settings: settings, pusher: invocation.pusher, at: world.now, ledger: ledger,
                deadline: deadline
            ).judge(progress.updates)
            progress.authority = verdict.state
            return Verdict(verdict.decision)
        }
        let authority = try GateError.asking { () throws(AuthorityError) in
            try Authority(
                GitRecordSource(at: settings.authority, ref: settings.authorityRef), pinned: settings.root,
                at: world.now)
        }
        if let reason = try ledger.rollback(to: AuthorityState(authority)) {
            throw GateError(AuthorityError(.rollback, reason))
        }
        progress.authority = AuthorityState(authority)
        let circumstances = try GateError.asking { () throws(AuthorityError) in
            Circumstances(
                now: world.now, repository: authority.policy.repository(named: settings.repository),
                mode: settings.mode, pusher: invocation.pusher,
                pusherIdentity: try authority.identity(of: invocation.pusher),
                pushDelegation: try authority.delegation(inOptions: invocation.pushOptions),
                protectedPaths: ProtectedPaths(adding: authority.policy.protectedPaths),
                approvals: authority.policy.approvals(in: settings.repository),
                administrators: authority.administrators)
        }
        return Gate(
            reader, authority: authority, circumstances: circumstances, seen: ledger, deadline: deadline
        ).judge(progress.updates)
    }

    /// Decides and records in one; without a ledger there is only a fault to tell.
    private func decide(_ verdict: Verdict, _ progress: inout Progress) throws(GateError) -> Decision {
        guard let ledger = progress.ledger else { return verdict.decide() }
        let (decision, entry) = try ledger.record(verdict, authority: progress.authority) { decision in
            EntryDraft(of: decision, by: HookCommand.program, inputs: [], commits: verdict.acts.map(\.commit))
        }
        progress.entry = entry
        return decision
    }

    private func undecided(_ finding: Finding, _ progress: Progress, after decision: Decision? = nil) -> Decision {
        Decision(
            outcome: .undecided, mode: progress.mode, repository: progress.repository, pusher: progress.pusher,
            decidedAt: world.now, updates: progress.updates, commits: decision?.commits ?? 0,
            findings: [finding] + (decision?.findings ?? []), findingCount: 1 + (decision?.findingCount ?? 0),
            agents: decision?.agents ?? [], delegations: decision?.delegations ?? [],
            ancestors: decision?.ancestors ?? [], landings: decision?.landings ?? [],
            approvals: decision?.approvals ?? [], authority: decision?.authority, policyVersion: decision?.policyVersion
        )
    }

    private func answer(_ decision: Decision, _ progress: Progress) {
        switch format {
        case .text:
            let report = TextReport(
                of: .push, ledgerEntry: progress.entry.map { Int($0) }, hostPrefix: progress.linePrefix)
            world.say(report.text(of: decision))
        case .json:
            world.print(String(decoding: JSONReport.bytes(of: decision), as: UTF8.self) + "\n")
        }
    }
}
