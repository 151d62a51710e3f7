import RemitModel

/// What became of one definition, as far as it opens a way round a gate.
///
/// Jobs are known by their names: a host's required check is, and who takes a name takes what it was trusted with.
struct PipelineComparison {
    private let before: Pipeline?
    private let after: Pipeline?
    private let file: ByteString
    private let jobsBefore: [String: PipelineJob]
    private let jobsAfter: [String: PipelineJob]

    init(from before: Pipeline?, to after: Pipeline?, file: ByteString) {
        self.before = before
        self.after = after
        self.file = file
        jobsBefore = Self.byName(before)
        jobsAfter = Self.byName(after)
    }

    private static func byName(_ pipeline: Pipeline?) -> [String: PipelineJob] {
        Dictionary((pipeline?.jobs ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var changes: [PipelineChange] { unguarded + gatesLost + raised + started }

    private func change(_ kind: PipelineChange.Kind, _ job: PipelineJob, _ reason: String) -> PipelineChange {
        PipelineChange(path: file, kind: kind, job: job.name, line: job.line, reason: reason)
    }

    // MARK: Deployments

    /// Deployments without a gate that were not there, or stood behind one.
    private var unguarded: [PipelineChange] {
        let known = Self.openDeployments(in: before)
        return (after?.guarding ?? []).compactMap { job, guarding in
            guard case .unguarded(let reason) = guarding,
                let first = job.deployments.first(where: { known[job.name]?.contains($0.environment) != true })
            else { return nil }
            return change(.unguarded, job, "\(first.words), but \(reason)")
        }
    }

    /// What deployed without a gate before: not the doing of who edits the file now.
    private static func openDeployments(in pipeline: Pipeline?) -> [String: Set<String?>] {
        var open: [String: Set<String?>] = [:]
        for (job, guarding) in pipeline?.guarding ?? [] {
            guard case .unguarded = guarding else { continue }
            open[job.name, default: []].formUnion(job.deployments.map(\.environment))
        }
        return open
    }

    // MARK: Gates

    private var gatesLost: [PipelineChange] {
        (before?.jobs ?? []).compactMap { old in
            guard !old.gates.isEmpty else { return nil }
            guard let new = jobsAfter[old.name] else {
                return change(.gateLost, old, "it ran the gate and is no longer there")
            }
            return loss(from: old, to: new).map { change(.gateLost, new, $0) }
        }
    }

    private func loss(from old: PipelineJob, to new: PipelineJob) -> String? {
        guard !new.gates.isEmpty else { return "it no longer runs the gate" }
        // A gate for an environment that nobody named closes nothing that one with a name leaves open.
        if let lost = old.gates.first(where: { $0 != .deployment(environment: nil) && !new.gates.contains($0) }) {
            return "it no longer runs \(lost.words)"
        }
        if let reason = Self.new(new.mayFail, since: old.mayFail) { return "its failure now stops nobody: \(reason)" }
        if let reason = Self.new(new.maySkip, since: old.maySkip) { return "it can now be skipped: \(reason)" }
        if let reason = Self.new(new.mayBeAbsent, since: old.mayBeAbsent) {
            return "a run can now do without it: \(reason)"
        }
        if old.isGatedByItself, !new.isGatedByItself {
            return new.gateFault ?? "the gate no longer comes before everything else that it does"
        }
        // Another root, another authority or another beginning: it would run, and judge something else.
        if !old.gateCalls.allSatisfy(new.gateCalls.contains) { return "it now calls the gate in another way" }
        return skippedWith(from: old, to: new)
    }

    /// A reason that was not there, or that has become another: its condition can be any now.
    private static func new(_ reason: String?, since old: String?) -> String? {
        reason != old ? reason : nil
    }

    /// A job that is skipped with what it waits for passes as a success where merges demand it.
    private func skippedWith(from old: PipelineJob, to new: PipelineJob) -> String? {
        guard new.gates.contains(.merge), let after, after.system.skipsDependents, new.startsRegardless == nil else {
            return nil
        }
        if old.startsRegardless != nil, !new.needs.isEmpty {
            return "it is now skipped when a job that it waits for fails, and a skipped check passes"
        }
        guard let first = new.needs.first(where: { !old.needs.contains($0) }) else { return nil }
        return "it now waits for '\(first)', and passes as skipped when that fails"
    }

    // MARK: What jobs take

    private var raised: [PipelineChange] {
        (after?.jobs ?? []).compactMap { new in
            let old = jobsBefore[new.name]
            var taken: [String] = []
            let more = Permissions(new.permissions).beyond(Permissions(old?.permissions ?? []), on: after?.system)
            if !more.isEmpty { taken.append("permissions \(more.joined(separator: ", "))") }
            let secrets = new.secrets.subtracting(old?.secrets ?? []).sorted()
            if !secrets.isEmpty { taken.append("secrets \(secrets.joined(separator: ", "))") }
            guard !taken.isEmpty else { return nil }
            return change(.raised, new, "it takes \(taken.joined(separator: " and ")), which it did not have")
        }
    }
}

extension PipelineComparison {
    /// Events that run a pipeline with its secrets for somebody who may not write to the repository.
    ///
    /// https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
    private static let foreign: Set<String> = ["pull_request_target", "workflow_run", "issue_comment", "issues"]

    /// What starts the pipeline now and did not, or did and does not.
    fileprivate var started: [PipelineChange] {
        guard let after else { return [] }
        var changes: [PipelineChange] = []
        let had = before?.triggers ?? []
        for trigger in Self.foreign.intersection(after.triggers).subtracting(had).sorted() {
            changes.append(
                PipelineChange(
                    path: file, kind: .raised, job: nil,
                    reason: "it now runs for '\(trigger)', with its secrets, whoever may cause that"))
        }
        for job in before?.jobs ?? [] where !job.gates.isEmpty && jobsAfter[job.name]?.gates.isEmpty == false {
            let lost = had.subtracting(after.triggers).sorted()
            guard !lost.isEmpty else { continue }
            changes.append(
                change(.gateLost, job, "its gate no longer runs for \(lost.map { "'\($0)'" }.joined(separator: ", "))"))
        }
        return changes
    }
}

extension CISystem {
    /// Whether a job whose need was skipped or failed is skipped too, and counts as a success.
    ///
    /// https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks
    fileprivate var skipsDependents: Bool {
        switch self {
        case .github, .gitea, .forgejo, .azure: true
        case .gitlab, .jenkins, .buildkite, .circleci, .bitbucket, .woodpecker, .tekton, .generic: false
        }
    }
}

extension PipelineJob.Gate {
    fileprivate var words: String {
        switch self {
        case .merge: "the gate for merges"
        case .deployment(let environment?): "the gate for environment '\(environment)'"
        case .deployment(nil): "the gate for an environment that is not named"
        }
    }
}

extension PipelineJob.Deployment {
    fileprivate var words: String {
        guard let environment else { return "it deploys (\(evidence))" }
        return "it deploys to '\(environment)' (\(evidence))"
    }
}
