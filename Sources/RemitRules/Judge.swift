package import RemitAuthority
package import RemitModel

/// The judge: takes the facts of a submission one commit at a time, and gives one decision.
///
/// It is pure (no clock, no file, no network): the same facts in the same order give the same decision. Its memory
/// grows with the paths and commits that agents touch, not with the history.
package struct Judge {
    /// Findings kept for the report; more are only counted.
    package static let findingsKept = 10_000
    /// Approvals kept for the record.
    package static let approvalsKept = 64
    /// Commits of which the record says who wrote them.
    package static let authorshipsKept = 10_000

    /// That a commit was seen under a delegation on a ref where its agent acts.
    package struct Act: Hashable, Sendable {
        package let delegation: RecordID
        package let commit: ObjectID
        package let ref: ByteString
    }

    /// That a change was seen under a delegation, in one commit or over a whole branch.
    package struct SeenChange: Hashable, Sendable {
        package let delegation: RecordID
        package let change: TreeChange
        package let ref: ByteString
    }

    /// What agents did in the submission, for the record of what was seen in time.
    package private(set) var acts: [Act] = []
    package private(set) var changes: [SeenChange] = []

    private let circumstances: Circumstances
    private let rules: [any Rule]
    private var findings: [Finding] = []
    private var findingCount = 0
    private var observations: [Finding] = []
    private var observationCount = 0
    private var tally = FindingTally()
    /// The exceptions for what the refs would be moved to; `nil` where none were looked up.
    package var exceptions: RecordsOfCommit<VerifiedException>?
    /// Told what is judged; nothing of the decision depends on it.
    package var observer: (any JudgeObserver)?
    private var isUndecided = false
    private var remarks: [String] = []
    private var updates: [RefUpdate] = []
    private var commits = 0
    private var summary = UpdateSummary()
    private var spending: Charges
    private var landings: [(delegation: VerifiedDelegation, commits: Set<ObjectID>)] = []
    private var approvals: [Decision.Approved] = []
    private var authorship: [Authorship] = []
    private var sightings: [String: (commits: Int, strength: Strength)] = [:]

    /// - Parameter rules: `nil` for those of the submission.
    package init(_ circumstances: Circumstances, rules: [any Rule]? = nil) {
        self.circumstances = circumstances
        spending = Charges(ofProposals: circumstances.isProposal)
        self.rules =
            (rules ?? RuleBook.rules(for: circumstances.submission))
            + (circumstances.certificate == nil ? [] : RuleBook.certificate)
    }

    /// Takes one commit of an update that is being judged.
    package mutating func consider(_ commit: CommitCase, on update: UpdateCase) {
        commits += 1
        for agent in Set(commit.agents) {
            let names = [agent.id] + (agent.registered?.agent.marks ?? [])
            let strength = commit.attribution.evidence.filter { names.contains($0.agent) }.map(\.strength).max()
            let seen = sightings[agent.id] ?? (0, .declared)
            sightings[agent.id] = (seen.commits + 1, max(seen.strength, strength ?? .declared))
        }
        let standing = commit.delegation.map { circumstances.standing(of: $0, on: update) }
        observer?.saw(commit, on: update, standing: standing)
        summary.add(commit, standing: standing)
        if authorship.count < Self.authorshipsKept {
            authorship.append(Authorship(commit, on: update, standing: standing))
        }
        // What a host has rewritten was spent by the commits that it was made of.
        if let delegation = commit.delegation, standing?.isLanding == false, !commit.isRewriting,
            !circumstances.submission.isDeployment
        {
            spending.add(commit, under: delegation, on: update.update.ref)
            if standing?.isActing == true {
                acts.append(Act(delegation: delegation.id, commit: commit.id, ref: update.update.ref))
                if let change = commit.treeChange {
                    changes.append(SeenChange(delegation: delegation.id, change: change, ref: update.update.ref))
                }
            }
        }
        if let delegation = commit.delegation, standing?.isLanding == true || circumstances.submission.isDeployment {
            land(commit.id, of: delegation)
        }
        for rule in rules { record(rule.findings(about: commit, on: update, circumstances)) }
    }

    private mutating func land(_ commit: ObjectID, of delegation: VerifiedDelegation) {
        if let index = landings.firstIndex(where: { $0.delegation.id == delegation.id }) {
            landings[index].commits.insert(commit)
        } else {
            landings.append((delegation, [commit]))
        }
    }

    /// Keeps, for the record, which persons have approved what the update leaves.
    private mutating func keep(_ tip: TipApprovals) {
        for given in tip.given.verified where given.hand == .person && approvals.count < Self.approvalsKept {
            let approval = given.approval
            guard approval.tree == tip.tree(approvedBy: approval), approval.issuedAt <= circumstances.now,
                circumstances.now < approval.expiresAt,
                circumstances.submission.environment.map(approval.environments.contains) ?? true
            else { continue }
            approvals.append(
                Decision.Approved(approval: given.id, approver: approval.approver, commit: approval.commit))
        }
    }

    /// Whether what the update leaves changed in sum must be looked at: only where an agent acts on it
    /// or its work needs approvals.
    package func wantsNetChange(of update: UpdateCase) -> Bool {
        if case .agent = circumstances.pusherIdentity { return true }
        return !summary.acting.isEmpty || !summary.deploying.isEmpty
            || summary.agentCommits > 0 && !circumstances.approvals.demands(on: update.update.ref).isEmpty
    }

    /// Whether the update that is being judged needs the approvals of its tip, now that its commits are known.
    package func asksForApprovals(of update: UpdateCase, net: [Change]) -> Bool {
        var summary = summary
        summary.net = net
        return !circumstances.questions(of: update, with: summary).isEmpty
    }

    /// Takes what the whole of a branch, whose update is being judged, makes of the tree that it began with.
    ///
    /// `delegation` is the only one under which agents made it, now or in earlier allowed submissions.
    package mutating func consider(whole change: TreeChange, under delegation: RecordID, on update: UpdateCase) {
        changes.append(SeenChange(delegation: delegation, change: change, ref: update.update.ref))
    }

    /// Where the work of the agents who act on the ref, whose update is being judged, may be landed.
    package var landingRefs: [PathPattern] {
        summary.acting.flatMap { $0.delegation.landingRefs(in: repository) }
    }

    /// Whether some commit of the update that is being judged changes a path.
    package func hasSeen(_ path: ByteString) -> Bool {
        summary.touched.contains(path)
    }

    /// Ends an update.
    ///
    /// `net` is what it leaves changed that none of its commits changes, `pipelines` what that does to definitions.
    package mutating func conclude(
        _ update: UpdateCase, net: [Change] = [], pipelines: [PipelineChange] = []
    ) {
        summary.net = net
        summary.pipelineChanges = pipelines
        observer?.ended(update, net: net, acting: circumstances.actingDelegations(on: update, summary))
        for rule in rules { record(rule.sorted(rule.judge(update, with: summary, circumstances), circumstances)) }
        if let named = circumstances.pushedDelegation(on: update, summary) {
            spending.add(under: named, on: update.update.ref)
        }
        if let tip = update.approvals { keep(tip) }
        if let remark = update.deployment?.remark { remarks.append(remark) }
        updates.append(update.update)
        summary = UpdateSummary()
    }

    /// Whether exceptions must be looked up: where something was found, or limits may still find something.
    package var mayNeedExceptions: Bool { findingCount > 0 || !spending.isEmpty }

    /// Records that something could not be checked.
    package mutating func note(_ finding: Finding) {
        record([finding])
    }

    package var repository: String { circumstances.repository.name }

    /// The digest of the push's certificate, by which an earlier push with it is found.
    package var certificate: RecordID? { circumstances.certificate?.record?.digest }

    /// What everything that was considered asks of the limits of delegations.
    package var charges: [Charge] { spending.all }

    /// The decision over everything that was considered, after what earlier submissions have spent.
    package mutating func decide(
        authority: ObjectID?, policyVersion: Int?, updates all: [RefUpdate]? = nil, after past: Past = .none
    ) -> Decision {
        let usages = spending.all.map { Usage($0, after: past) }
        for usage in usages {
            for rule in rules { record(rule.sorted(rule.judge(usage, circumstances), circumstances)) }
        }
        if let certificate = circumstances.certificate {
            for rule in rules {
                record(rule.sorted(rule.judge(certificate, after: past, circumstances), circumstances))
            }
            if let remark = certificate.remark { remarks.append(remark) }
        }
        let certificate = circumstances.certificate
        // One that an earlier push came with says nothing of who pushes now.
        let pusher = past.certificate == nil ? circumstances.pusher : certificate?.account
        let overriding = Overriding(of: tally, by: exceptions, updates: all ?? updates, at: circumstances.now)
        if !overriding.overrides.isEmpty { (findings, findingCount) = ([], 0) }
        let outcome: Outcome = findingCount == 0 ? .allowed : isUndecided ? .undecided : .refused
        return Decision(
            outcome: outcome, mode: circumstances.mode, repository: circumstances.repository.name,
            pusher: pusher, decidedAt: circumstances.now, updates: all ?? updates, commits: commits,
            findings: findings, findingCount: findingCount,
            agents: sightings.sorted { $0.key < $1.key }.map {
                Decision.Sighting(agent: $0.key, commits: $0.value.commits, strength: $0.value.strength)
            },
            delegations: usages.filter { $0.child == nil }.map {
                Decision.Use(
                    delegation: $0.delegation.id, agent: $0.delegation.delegation.agent,
                    delegator: $0.delegation.delegation.delegator, commits: $0.commits, expense: $0.expense)
            },
            ancestors: usages.filter { $0.child != nil }.map {
                Decision.Ancestor(delegation: $0.delegation.id, expense: $0.expense)
            },
            landings: landings.map {
                Decision.Landing(
                    delegation: $0.delegation.id, agent: $0.delegation.delegation.agent,
                    delegator: $0.delegation.delegation.delegator, commits: $0.commits.count)
            },
            approvals: approvals, authority: authority, policyVersion: policyVersion, overrides: overriding.overrides,
            remarks: remarks + overriding.remarks, submission: circumstances.submission, job: circumstances.job,
            authorship: authorship, rules: rules.map(\.code), route: circumstances.route,
            certificate: certificate?.record(after: past), observations: observations,
            observationCount: observationCount, catalogue: circumstances.catalogue)
    }

    private mutating func record(_ new: SortedFindings) {
        record(new.refusing)
        // Asked once for each rule and commit, and nearly always there is nothing.
        guard !new.observed.isEmpty else { return }
        observationCount += new.observed.count
        observations.append(contentsOf: new.observed.prefix(max(0, Self.findingsKept - observations.count)))
    }

    private mutating func record(_ new: [Finding]) {
        guard !new.isEmpty else { return }
        findingCount += new.count
        tally.add(new)
        if new.contains(where: \.rule.isUndecided) { isUndecided = true }
        findings.append(contentsOf: new.prefix(max(0, Self.findingsKept - findings.count)))
    }
}
