/// One step of a job, as the systems with steps have them.
struct JobStep {
    /// The gates that it runs, their environments resolved.
    var gates: [PipelineJob.Gate] = []
    /// How it calls them, as it is written.
    var gateCalls: [String] = []
    /// What in it deploys, in a few words; `nil` when nothing does.
    var deploying: String?
    /// Whether it does something before its gate, or at all when it has none, that is more than to prepare the gate.
    var doesOtherThingsFirst = true
    /// Whether it may run after a failed gate without harm: it only keeps logs and the like.
    var isHarmless = false
    var mayFail: String?
    var maySkip: String?
    /// Why it runs whether or not the steps before it have succeeded.
    var runsRegardless: String?

    init() {}

    init(_ facts: ScriptFacts) {
        gates = facts.gates
        gateCalls = facts.gateCalls
        deploying = facts.deploying.first.map { "the command '\($0)'" }
        doesOtherThingsFirst = facts.doesOtherThingsFirst
        isHarmless = facts.gates.isEmpty && !facts.doesOtherThingsFirst
        mayFail = facts.mayFail
        maySkip = facts.maySkip
    }
}

extension PipelineJob {
    /// Takes over what a job's steps do, in their order.
    ///
    /// - Parameters:
    ///   - environments: where the system's own word says that it deploys to, with that word.
    ///   - stage: the stage that it belongs to, whose name speaks for it too.
    mutating func take(_ steps: [JobStep], environments: [Deployment], stage: String? = nil) {
        gates = steps.flatMap(\.gates)
        gateCalls = steps.filter { !$0.gates.isEmpty }.flatMap(\.gateCalls)
        let gateSteps = steps.indices.filter { !steps[$0].gates.isEmpty }
        if let first = gateSteps.first, let last = gateSteps.last {
            mayFail = steps[first...last].lazy.filter { !$0.gates.isEmpty }.compactMap(\.mayFail).first ?? mayFail
            maySkip = steps[first...last].lazy.filter { !$0.gates.isEmpty }.compactMap(\.maySkip).first ?? maySkip
            gateFault = Self.gateFault(steps, through: last)
            isGatedByItself = gateFault == nil
        }
        let isOnlyGate =
            !gateSteps.isEmpty && steps.allSatisfy { ($0.isHarmless || !$0.gates.isEmpty) && $0.deploying == nil }
        deployments = environments
        guard environments.isEmpty else { return }
        if !isOnlyGate, DeployingWords.occur(in: name) {
            deployments = [Deployment(environment: nil, evidence: "its name")]
        } else if !isOnlyGate, let stage, DeployingWords.occur(in: stage) {
            deployments = [Deployment(environment: nil, evidence: "its stage '\(stage)'")]
        } else if let evidence = steps.lazy.compactMap(\.deploying).first {
            deployments = [Deployment(environment: nil, evidence: evidence)]
        }
    }

    private static func gateFault(_ steps: [JobStep], through last: Int) -> String? {
        for step in steps[...last] where !step.gates.isEmpty {
            if let reason = step.mayFail { return "the gate may fail: \(reason)" }
            if let reason = step.maySkip { return "the gate can be skipped: \(reason)" }
        }
        // Of several gates, what one step does after its own comes before the next.
        if steps[...last].contains(where: \.doesOtherThingsFirst)
            || steps[..<last].contains(where: { !$0.gates.isEmpty && $0.deploying != nil })
        {
            return "the gate runs after other steps of the same job"
        }
        for step in steps[(last + 1)...] where !step.isHarmless {
            if let reason = step.runsRegardless {
                return "a step after the gate runs whether or not it succeeded: \(reason)"
            }
        }
        return nil
    }
}
