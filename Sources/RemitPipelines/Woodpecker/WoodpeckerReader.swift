import RemitModel

/// Reads a workflow of Woodpecker (https://woodpecker-ci.org/docs/usage/workflow-syntax).
///
/// Steps run in their order until one of them says what it depends on; then each starts as soon as it may. A workflow
/// can wait for others of its directory, which are read with it.
struct WoodpeckerReader {
    /// How long a row of workflows may wait for each other.
    private static let workflowsAtMost = 32

    private var files: DefinitionFiles
    private var jobs = PipelineJobs()
    /// The jobs of each workflow that was read, by its name.
    private var workflows: [String: [String]] = [:]

    init(_ files: DefinitionFiles) {
        self.files = files
    }

    private var file: ByteString { files.file }

    consuming func pipeline(_ bytes: [UInt8]) throws(PipelineError) -> Pipeline {
        try read(YAMLReader.document(bytes, file: file), of: nil)
        return Pipeline(file: file, system: .woodpecker, jobs: jobs.all)
    }

    /// What a step has from its workflow.
    private struct Surroundings {
        var prefix = ""
        var needs: [String] = []
        var maySkip: String?
        var startsRegardless: String?
        var environment: String?
    }

    private func fault(_ line: Int?, _ reason: String) -> PipelineError {
        PipelineError(file: file, line: line, reason: reason)
    }

    /// - Parameter name: of a workflow that another waits for; `nil` for the definition itself.
    private mutating func read(_ root: YAMLNode, of name: String?) throws(PipelineError) {
        var around = Surroundings()
        if let name { around.prefix = "\(name) / " }
        for other in root["depends_on"]?.texts ?? [] {
            around.needs += try jobs(ofWorkflow: other, at: root.line)
        }
        if let statuses = root["runs_on"]?.texts, statuses.contains("failure") {
            around.startsRegardless = "runs_on: [\(statuses.joined(separator: ", "))]"
        }
        // A whole workflow that is left out takes its deployments with it, but not those of workflows after it.
        if let name, root["when"] != nil { around.maySkip = "when of the workflow '\(name)'" }
        around.environment = Self.conditions(root["when"]).lazy.compactMap(Self.deployment).first
        let section = root["steps"] ?? root["pipeline"]
        guard let section, section.items != nil || section.pairs != nil else {
            throw fault(root.line, "it has no steps")
        }
        let steps =
            section.items?.map { (name: $0["name"]?.text, node: $0) }
            ?? section.pairs?.map { (name: $0.key, node: $0.value) } ?? []
        try read(steps, around)
    }

    private mutating func jobs(ofWorkflow name: String, at line: Int) throws(PipelineError) -> [String] {
        if let known = workflows[name] { return known }
        guard workflows.count < Self.workflowsAtMost, !name.contains("/") else {
            throw fault(line, "the workflow '\(name)' is not understood")
        }
        workflows[name] = []
        for ending in [".yaml", ".yml"] {
            guard let document = try files.document(at: file.beside(name + ending)) else { continue }
            let known = jobs.all.count
            try read(document, of: name)
            let made = jobs.all[known...].map(\.name)
            workflows[name] = made
            return made
        }
        throw fault(line, "the workflow '\(name)', on which it depends, is not beside it")
    }

    private mutating func read(
        _ steps: [(name: String?, node: YAMLNode)], _ around: Surroundings
    ) throws(PipelineError) {
        let isGraph = steps.contains { $0.node["depends_on"] != nil }
        var before: [String] = []
        for (name, step) in steps {
            guard step.pairs != nil else { throw fault(step.line, "a step is not understood") }
            var job = PipelineJob(name: name ?? "step", line: step.line)
            try describe(&job, by: step, around)
            let title = around.prefix + job.name
            job.name = name == nil ? jobs.name(title, at: step.line) : title
            let named = step["depends_on"]?.texts.map { around.prefix + $0 } ?? []
            job.needs = around.needs + (isGraph ? named : before)
            try jobs.append(job, of: file)
            before.append(job.name)
        }
    }

    private mutating func describe(
        _ job: inout PipelineJob, by step: YAMLNode, _ around: Surroundings
    ) throws(PipelineError) {
        let conditions = Self.conditions(step["when"])
        let commands = (step["commands"] ?? step["command"])?.texts.joined(separator: "\n") ?? ""
        try files.countStep(commands, step.line)
        // Woodpecker puts `set -e` before commands, unless the step brings a program of its own to run them.
        var script = JobStep(step["entrypoint"] == nil ? .stopping(commands) : .lax(commands))
        if commands.isEmpty {
            script = JobStep()
            script.deploying = step.text("image").flatMap { DeployingWords.occur(in: $0) ? "image: \($0)" : nil }
        }
        let environment = conditions.lazy.compactMap(Self.deployment).first ?? around.environment
        let isGate = !script.gates.isEmpty && script.deploying == nil
        job.take(
            [script],
            environments: isGate
                ? []
                : environment.map {
                    [PipelineJob.Deployment(environment: $0.isEmpty ? nil : $0, evidence: "when: event: deployment")]
                } ?? [])
        // A status alone leaves nothing out of a run that goes well.
        let isConditional = conditions.contains { $0.pairs?.allSatisfy { $0.key == "status" } != true }
        job.maySkip = job.maySkip ?? (isConditional ? "when" : around.maySkip)
        job.startsRegardless = around.startsRegardless
        let statuses = conditions.lazy.compactMap { $0["status"]?.texts }
        if let failure = statuses.first(where: { $0.contains("failure") }) {
            job.startsRegardless = "when: status: [\(failure.joined(separator: ", "))]"
        }
        if let failure = step.text("failure"), failure != "fail" { job.mayFail = "failure: \(failure)" }
        if step["detach"].map({ $0.boolean(.words) != false }) == true { job.mayFail = "detach: true" }
        job.secrets = Self.secrets(of: step)
    }

    /// One condition, or each of several of which one must hold.
    private static func conditions(_ node: YAMLNode?) -> [YAMLNode] {
        guard let node, !node.isNull else { return [] }
        return node.items ?? [node]
    }

    /// The environment of a condition that holds for deployments alone; empty where it names none.
    private static func deployment(_ condition: YAMLNode) -> String? {
        guard condition["event"]?.texts == ["deployment"] else { return nil }
        return condition["environment"]?.texts.first ?? ""
    }

    /// Names in `secrets`, and in each `from_secret` of settings and environment.
    private static func secrets(of step: YAMLNode) -> Set<String> {
        var found: Set<String> = []
        for item in step["secrets"]?.items ?? [] {
            if let name = item.text ?? item["source"]?.text { found.insert(name) }
        }
        var waiting = [step]
        while let node = waiting.popLast() {
            if let name = node["from_secret"]?.text { found.insert(name) }
            waiting += node.items ?? node.pairs?.map(\.value) ?? []
        }
        return found
    }
}
