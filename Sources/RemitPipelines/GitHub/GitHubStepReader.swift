import RemitModel

/// The steps of a job or of a composite action, local actions read with them.
struct GitHubStepReader {
    var files: DefinitionFiles
    /// The shell of steps that name none; `nil` for the system's own.
    let shell: String?
    private var depth = 0

    init(files: DefinitionFiles, shell: String?) {
        self.files = files
        self.shell = shell
    }

    mutating func steps(_ node: YAMLNode?, _ values: GitHubValues) throws(PipelineError) -> [JobStep] {
        var steps: [JobStep] = []
        for item in node?.items ?? [] {
            for var step in try read(item, values) {
                let condition = GitHubCondition(item["if"])
                step.runsRegardless = condition.regardless ?? step.runsRegardless
                if condition.canSkip { step.maySkip = condition.text }
                if let loose = item["continue-on-error"], loose.boolean(.core) != false {
                    step.mayFail = "continue-on-error: \(loose.text ?? "")"
                }
                steps.append(step)
            }
        }
        return steps
    }

    private mutating func read(_ node: YAMLNode, _ values: GitHubValues) throws(PipelineError) -> [JobStep] {
        var values = values
        values.add(environment: node["env"])
        if let script = node.text("run") {
            try files.countStep(script, node.line)
            return [run(script, node, values)]
        }
        try files.countStep("", node.line)
        guard let uses = node.text("uses") else { return [] }
        if uses.hasPrefix("./") { return try local(uses, node, values) }
        return [remote(uses, node, values)]
    }

    private func run(_ script: String, _ node: YAMLNode, _ values: GitHubValues) -> JobStep {
        var facts: JobStep
        switch node.text("shell") ?? shell {
        // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
        case "bash": facts = JobStep(ScriptFacts(script, .strict))
        case nil, "sh": facts = JobStep(ScriptFacts(script, .stopping))
        case let shell?:
            let words = shell.split(separator: " ")
            facts = JobStep(ScriptFacts(script, .lax))
            // Another language, and what it would take for a call of the gate is none.
            if !["bash", "sh", "pwsh", "powershell", "cmd"].contains(words.first) { facts.gates = [] }
        }
        facts.gates = facts.gates.flatMap { Self.resolved($0, values) }
        facts.noteName(node.text("name"))
        return facts
    }

    private static func resolved(_ gate: PipelineJob.Gate, _ values: GitHubValues) -> [PipelineJob.Gate] {
        guard case .deployment(let name?) = gate else { return [gate] }
        return values.values(of: name).map { .deployment(environment: $0) }
    }

    private func remote(_ uses: String, _ node: YAMLNode, _ values: GitHubValues) -> JobStep {
        let name = GitHubActions.name(of: uses)
        var step = JobStep()
        if GitHubActions.isTemplate(name) {
            let inputs = node["with"]?.textEntries ?? [:]
            step.doesOtherThingsFirst = false
            let given = inputs.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            step.gateCalls = [([uses] + given).joined(separator: ", ")]
            let gate = inputs["gate"].flatMap { values.values(of: $0).first }
            if gate == "merge" { step.gates = [.merge] }
            if gate == "deploy" {
                step.gates = Self.resolved(.deployment(environment: inputs["environment"]), values)
            }
            return step
        }
        step.doesOtherThingsFirst = !GitHubActions.isPreparing(name)
        step.isHarmless = GitHubActions.isHarmless(name)
        if GitHubActions.deploys(name, with: node["with"]) { step.deploying = "the action '\(uses)'" }
        step.noteName(node.text("name"))
        return step
    }

    /// An action of the same tree, its steps in the place of the one that uses it.
    private mutating func local(
        _ uses: String, _ node: YAMLNode, _ values: GitHubValues
    ) throws(PipelineError) -> [JobStep] {
        guard depth < DefinitionFiles.depthAtMost else {
            throw PipelineError(
                file: files.file, line: node.line,
                reason: "actions use each other more than \(DefinitionFiles.depthAtMost) deep")
        }
        var found: YAMLNode?
        for name in ["action.yml", "action.yaml"] where found == nil {
            found = try files.document(at: "\(uses)/\(name)")
        }
        // An action that another step puts there, or one in a container, does what nobody sees here.
        guard let action = found, action["runs"]?.text("using") == "composite" else {
            var step = JobStep()
            step.noteName(node.text("name"))
            if DeployingWords.occur(in: uses) { step.deploying = "the action '\(uses)'" }
            return [step]
        }
        depth += 1
        defer { depth -= 1 }
        let given = (node["with"]?.textEntries ?? [:]).mapValues { values.values(of: $0).first ?? $0 }
        let inputs = GitHubReader.inputs(of: action["inputs"], given: given)
        return try steps(action["runs"]?["steps"], values.inside(inputs: inputs))
    }
}

extension JobStep {
    /// A name that says that the step deploys, where nothing in it does so.
    mutating func noteName(_ name: String?) {
        guard deploying == nil, gates.isEmpty, let name, DeployingWords.begin(name) else { return }
        deploying = "the step '\(name)'"
    }
}
