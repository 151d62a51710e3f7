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
    private let needs: [[Need]]

    private struct Need {
        let place: Int
        /// Whether the job starts only after the success of this one.
        let isSound: Bool
    }

    init(_ jobs: [PipelineJob]) {
        self.jobs = jobs
        let places = Dictionary(grouping: jobs.indices) { jobs[$0].name }
        needs = jobs.map { job in
            job.needs.flatMap { places[$0] ?? [] }.map { place in
                Need(place: place, isSound: Self.fault(ofTheWayFrom: job, to: jobs[place], isFirst: true) == nil)
            }
        }
    }

    func guarding(of place: Int) -> Guarding {
        let gates = gates(before: place)
        var guards: [String] = []
        for deployment in jobs[place].deployments {
            switch guarding(of: place, for: deployment.environment, by: gates) {
            case .guarded(let by): guards += by.filter { !guards.contains($0) }
            case .unguarded(let reason): return .unguarded(reason)
            }
        }
        return .guarded(by: guards)
    }

    private func guarding(of place: Int, for environment: String?, by gates: [ReachedGate]) -> Guarding {
        let job = jobs[place]
        var fault = job.gates.isEmpty ? nil : ownFault(of: place, for: environment)
        if fault == nil, !job.gates.isEmpty { return .guarded(by: [job.name]) }
        var guards: [String] = []
        for gate in gates {
            let reason =
                gate.fault
                ?? EnvironmentMatch.fault(of: jobs[gate.place].gates, for: environment, of: job.name, isSameJob: false)
            if let reason { fault = fault ?? reason } else { guards.append(jobs[gate.place].name) }
        }
        guard guards.isEmpty else { return .guarded(by: guards) }
        return .unguarded(fault ?? "no job that it needs runs 'remit gate deploy'")
    }

    /// A job with a gate for deployments on some way from a job along its needs.
    private struct ReachedGate {
        let place: Int
        /// Why its failure does not stop the job; `nil` when it does.
        let fault: String?
    }

    /// Nearest first, each job once, or twice when a sound way reaches it after a broken one: so circles end too.
    private func gates(before start: Int) -> [ReachedGate] {
        var gates: [ReachedGate] = []
        var waiting: [(place: Int, fault: String?)] = [(start, nil)]
        var next = 0
        var isReachedSoundly = [Bool?](repeating: nil, count: jobs.count)
        isReachedSoundly[start] = true
        while next < waiting.count {
            let (place, broken) = waiting[next]
            next += 1
            for way in needs[place] {
                let need = way.place
                let isSoundSoFar = broken == nil && way.isSound
                if let isSound = isReachedSoundly[need], isSound || !isSoundSoFar { continue }
                isReachedSoundly[need] = isSoundSoFar
                let fault =
                    broken
                    ?? (way.isSound
                        ? nil : Self.fault(ofTheWayFrom: jobs[place], to: jobs[need], isFirst: place == start))
                waiting.append((need, fault))
                guard jobs[need].gates.contains(where: \.isOfDeployment) else { continue }
                gates.append(
                    ReachedGate(place: need, fault: fault ?? self.fault(ofGate: need, neededBy: place, from: start)))
            }
        }
        return gates
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
    private static func fault(
        ofTheWayFrom job: PipelineJob, to needed: PipelineJob, isFirst: Bool
    ) -> String? {
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

    private func fault(ofGate gate: Int, neededBy place: Int, from start: Int) -> String? {
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
        return nil
    }
}

extension PipelineJob.Gate {
    package var isOfDeployment: Bool {
        if case .deployment = self { true } else { false }
    }
}
