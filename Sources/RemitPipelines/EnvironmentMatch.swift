/// Whether a gate's environment is the one that a job deploys to.
enum EnvironmentMatch {
    /// Why none of a job's gates is for the environment; `nil` when one is.
    static func fault(
        of gates: [PipelineJob.Gate], for environment: String?, of job: String, isSameJob: Bool
    ) -> String? {
        var fault: String?
        for case .deployment(let gate) in gates {
            guard let reason = reason(gate, for: environment, of: job, isSameJob: isSameJob) else { return nil }
            fault = fault ?? reason
        }
        return fault
    }

    private static func reason(_ gate: String?, for environment: String?, of job: String, isSameJob: Bool) -> String? {
        guard let gate else {
            return environment == nil ? nil : "the gate names no environment that the definition says"
        }
        guard let environment else {
            let (ofGate, ofJob) = (tiers(of: gate), tiers(of: job))
            guard ofJob.isEmpty || ofGate.isEmpty || !ofJob.isDisjoint(with: ofGate) else {
                return "the gate is for environment '\(gate)'"
            }
            return nil
        }
        guard gate == environment else { return "the gate is for environment '\(gate)'" }
        guard isSameJob || isTheSameEverywhere(gate) else {
            return "the gate is for environment '\(gate)', which need not be the same in another job"
        }
        return nil
    }

    /// What a name says of where it leads, for jobs whose system knows no environments.
    private static func tiers(of name: String) -> Set<Int> {
        Set(Words.of(name).compactMap { word in words.firstIndex { $0.contains(word) } })
    }

    private static let words: [Set<String>] = [
        ["production", "prod", "prd", "live"], ["staging", "stage", "stg", "preprod"], ["testing", "qa", "uat"],
        ["development", "dev"],
    ]

    /// A name without an expression, or one whose parts are a run's and not a job's.
    private static func isTheSameEverywhere(_ name: String) -> Bool {
        guard name.contains("$") || name.contains("<<") || name.contains("{{") else { return true }
        let identifiers = name.split { !($0.isLetter || $0.isNumber || "._-".contains($0)) }.filter { $0.contains(".") }
        let variables = name.split(separator: "$").dropFirst(name.hasPrefix("$") ? 0 : 1).map { part in
            part.drop { $0 == "{" }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        }
        return identifiers.allSatisfy { part in sharedContexts.contains { part.hasPrefix($0) } }
            && variables.allSatisfy { $0.isEmpty || $0.hasPrefix("CI_COMMIT_") }
            && (!identifiers.isEmpty || variables.contains { !$0.isEmpty })
    }

    private static let sharedContexts = ["inputs.", "github.", "parameters.", "pipeline.parameters."]
}
