package import RemitModel

/// What one pipeline definition says: which jobs there are, what each does, and on which others it waits.
///
/// The same for every CI system, so that whether a job stands behind the gate is asked in one place.
package struct Pipeline: Hashable, Sendable {
    /// The definition's file, in the tree.
    package let file: ByteString
    package let system: CISystem
    package let jobs: [PipelineJob]

    package init(file: ByteString, system: CISystem, jobs: [PipelineJob]) {
        self.file = file
        self.system = system
        self.jobs = jobs
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
    /// Why it starts whether or not those have succeeded, in the definition's words such as `if: always()`.
    package var startsRegardless: String?
    /// Why its failure stops nobody, such as `allow_failure: true`.
    package var mayFail: String?
    /// Why it can be skipped and counts as a success all the same, such as its own `if:`.
    package var maySkip: String?
    /// The gate that it runs; `nil` when it runs none.
    package var gate: Gate?
    /// Whether its own gate comes before everything else that it runs.
    package var isGatedByItself = false
    package var deployments: [Deployment] = []
    /// What it may do with the host's own token, as `scope: level`.
    package var permissions: Set<String> = []
    /// The secrets that it takes, by name.
    package var secrets: Set<String> = []

    package init(name: String, line: Int) {
        self.name = name
        self.line = line
    }

    package enum Gate: Hashable, Sendable {
        case merge
        /// `nil` where the definition does not say for which environment.
        case deployment(environment: String?)
    }

    /// That a job deploys.
    package struct Deployment: Hashable, Sendable {
        /// `nil` where the definition does not name one, or by an expression.
        package let environment: String?
        /// What says so, in a few words: `environment: production`, or "its name".
        package let evidence: String

        package init(environment: String?, evidence: String) {
            self.environment = environment
            self.evidence = evidence
        }
    }
}
