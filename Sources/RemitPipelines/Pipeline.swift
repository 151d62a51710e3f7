package import RemitModel

/// What one pipeline definition says: which jobs there are, what each does, and on which others it waits.
///
/// The same for every CI system, so that whether a job stands behind the gate is asked in one place.
package struct Pipeline: Hashable, Sendable {
    /// The definition's file, in the tree.
    package let file: ByteString
    package let system: CISystem
    package let jobs: [PipelineJob]
    /// The events that start it, by the system's names; empty where the definition does not say.
    package let triggers: Set<String>

    package init(file: ByteString, system: CISystem, jobs: [PipelineJob], triggers: Set<String> = []) {
        self.file = file
        self.system = system
        self.jobs = jobs
        self.triggers = triggers
    }
}

/// One job, step or stage: whatever the system starts and waits for as one.
package struct PipelineJob: Hashable, Sendable {
    /// As the definition names it.
    package var name: String
    /// Where it begins in the file, from 1.
    package var line: Int
    /// The jobs that must have ended before it starts.
    package var needs: [String] = []
    /// Of those, the ones whose place in the order alone makes it wait, as with GitLab's stages.
    ///
    /// One that is left out of a run, or that was skipped, does not hold it back.
    package var looseNeeds: Set<String> = []
    /// Why it starts whether or not those have succeeded, in the definition's words such as `if: always()`.
    package var startsRegardless: String?
    /// Of those, the ones whose success it demands all the same, such as by `needs.gate.result == 'success'`.
    package var insists: Set<String> = []
    /// Why its failure stops nobody, such as `allow_failure: true`.
    package var mayFail: String?
    /// Why it can be skipped and counts as a success all the same, such as its own `if:`.
    package var maySkip: String?
    /// Why a run can do without it, such as `rules:`; it counts where it is a loose need.
    package var mayBeAbsent: String?
    /// The gates that it runs.
    package var gates: [Gate] = []
    /// How it calls them, as it is written: a call with another authority, root or start is another gate.
    package var gateCalls: [String] = []
    /// Whether its own gates come before everything else that it does, and stop it.
    package var isGatedByItself = false
    /// Why not, where it runs one: "the gate runs after other steps of the same job".
    package var gateFault: String?
    package var deployments: [Deployment] = []
    /// What it may do with the host's own token, as `scope: level`, the scope `all` standing for every one; empty where
    /// the host's own default applies.
    package var permissions: Set<String> = []
    /// The secrets that it takes, by name.
    package var secrets: Set<String> = []

    package init(name: String, line: Int) {
        self.name = name
        self.line = line
    }

    /// The first gate that it runs; `nil` when it runs none.
    package var gate: Gate? {
        get { gates.first }
        set { gates = newValue.map { [$0] } ?? [] }
    }

    package enum Gate: Hashable, Sendable {
        case merge
        /// By name, or by an expression as it is written; `nil` where the definition does not say for which.
        case deployment(environment: String?)
    }

    /// That a job deploys.
    package struct Deployment: Hashable, Sendable {
        /// By name, or by an expression as it is written; `nil` where the definition names none.
        package let environment: String?
        /// What says so, in a few words: `environment: production`, or "its name".
        package let evidence: String

        package init(environment: String?, evidence: String) {
            self.environment = environment
            self.evidence = evidence
        }
    }
}
