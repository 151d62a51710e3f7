/// Whether a job that deploys stands behind the gate in a way that counts.
package enum Guarding: Hashable, Sendable {
    /// By these jobs, the nearest first; a job that runs the gate before all else guards itself.
    case guarded(by: [String])
    /// Why not, in a few words; they may quote the definition.
    case unguarded(String)
}

extension Guarding {
    /// `nil` for a job that stands behind the gate.
    package var fault: String? {
        if case .unguarded(let reason) = self { reason } else { nil }
    }
}

extension Pipeline {
    /// What is so of each job that deploys, in the definition's order.
    package var guarding: [(job: PipelineJob, guarding: Guarding)] {
        let graph = PipelineGraph(jobs)
        return jobs.indices.filter { !jobs[$0].deployments.isEmpty }.map { (jobs[$0], graph.guarding(of: $0)) }
    }
}

/// The jobs of a definition and what each waits for.
///
/// A failed gate must keep a job from starting over every step of the way to it: each job on it starts only after the
/// success of the next, and nothing on it may fail or be skipped unnoticed.
struct PipelineGraph {
    private let jobs: [PipelineJob]
    /// The jobs that each needs, as places in the list; a name that two jobs have means both.
    private let needs: [[Int]]

    init(_ jobs: [PipelineJob]) {
        self.jobs = jobs
        let places = Dictionary(grouping: jobs.indices) { jobs[$0].name }
        needs = jobs.map { job in job.needs.flatMap { places[$0] ?? [] } }
    }

    func guarding(of place: Int) -> Guarding {
        var guards: [String] = []
        for deployment in jobs[place].deployments {
            switch search(from: place, for: deployment.environment) {
            case .guarded(let by): guards += by.filter { !guards.contains($0) }
            case .unguarded(let reason): return .unguarded(reason)
            }
        }
        return .guarded(by: guards)
    }

    /// Nearest first, each job once: so a circle of needs ends too.
    private func search(from start: Int, for environment: String?) -> Guarding {
        var fault = jobs[start].gates.isEmpty ? nil : ownFault(of: start, for: environment)
        if fault == nil, !jobs[start].gates.isEmpty { return .guarded(by: [jobs[start].name]) }
        var guards: [String] = []
        var waiting: [(place: Int, fault: String?)] = [(start, nil)]
        var next = 0
        // A job is looked at again when a way without fault reaches it.
        var reached = [Bool?](repeating: nil, count: jobs.count)
        reached[start] = true
        while next < waiting.count {
            let (place, broken) = waiting[next]
            next += 1
            for need in needs[place] {
                let brokenThere = broken ?? self.fault(ofTheWayFrom: place, to: need, isFirst: place == start)
                if let sound = reached[need], sound || brokenThere != nil { continue }
                reached[need] = brokenThere == nil
                waiting.append((need, brokenThere))
                guard jobs[need].gates.contains(where: \.isOfDeployment) else { continue }
                let gateFault = brokenThere ?? self.fault(ofGate: need, neededBy: place, for: environment, from: start)
                if let gateFault { fault = fault ?? gateFault } else { guards.append(jobs[need].name) }
            }
        }
        guard guards.isEmpty else { return .guarded(by: guards) }
        return .unguarded(fault ?? "no job that it needs runs 'remit gate deploy'")
    }

    private func ownFault(of place: Int, for environment: String?) -> String? {
        let job = jobs[place]
        guard job.gates.contains(where: \.isOfDeployment) else {
            return "its own gate is 'remit gate merge', which is for no environment"
        }
        if let fault = EnvironmentMatch.fault(of: job.gates, for: environment, of: job.name, isSameJob: true) {
            return fault
        }
        if job.isGatedByItself { return nil }
        return job.gateFault ?? "the gate runs after other steps of the same job"
    }

    /// Why a job starts although the other has not succeeded.
    private func fault(ofTheWayFrom place: Int, to need: Int, isFirst: Bool) -> String? {
        let (job, needed) = (jobs[place], jobs[need])
        let subject = isFirst ? "it starts" : "the job '\(job.name)' starts"
        if let reason = job.startsRegardless, !job.insists.contains(needed.name) {
            return "\(subject) whether or not the gate succeeded: \(reason)"
        }
        guard needed.gates.isEmpty else { return nil }
        if let reason = needed.mayFail { return "the job '\(needed.name)' may fail: \(reason)" }
        if let reason = needed.maySkip {
            return "the job '\(needed.name)' can be skipped, and that counts as success: \(reason)"
        }
        // What was skipped for its gate's sake does not hold back a job that only comes later.
        guard !job.looseNeeds.contains(needed.name) else {
            return "the job '\(needed.name)' only comes before it, and does not hold it back when it is skipped"
        }
        return nil
    }

    private func fault(
        ofGate gate: Int, neededBy place: Int, for environment: String?, from start: Int
    ) -> String? {
        let job = jobs[gate]
        if let reason = job.mayFail { return "the gate may fail: \(reason)" }
        if let reason = job.maySkip {
            return "the gate can be skipped, and a skipped job counts as success: \(reason)"
        }
        // Where both are left out on the same condition, neither runs without the other.
        if let reason = job.mayBeAbsent, jobs[place].looseNeeds.contains(job.name),
            place != start || reason != jobs[start].mayBeAbsent
        {
            return "the gate can be left out of a run, which does not hold back what comes after it: \(reason)"
        }
        return EnvironmentMatch.fault(of: job.gates, for: environment, of: jobs[start].name, isSameJob: false)
    }
}

extension PipelineJob.Gate {
    package var isOfDeployment: Bool {
        if case .deployment = self { true } else { false }
    }
}
