import RemitModel

/// The steps of a job of CircleCI's, commands of the same file read with them.
struct CircleCISteps {
    var files: DefinitionFiles
    let commands: YAMLNode?
    /// The job's own shell; `nil` for the system's.
    let shell: String?

    init(files: DefinitionFiles, commands: YAMLNode?, shell: String?) {
        self.files = files
        self.commands = commands
        self.shell = shell
    }

    private static let harmless: Set<String> = [
        "save_cache", "store_artifacts", "store_test_results", "persist_to_workspace", "setup_remote_docker",
        "add_ssh_keys",
    ]

    mutating func steps(
        _ list: YAMLNode?, _ values: CircleCIValues, depth: Int = 0
    ) throws(PipelineError) -> [JobStep] {
        guard depth <= DefinitionFiles.depthAtMost else {
            throw PipelineError(
                file: files.file, line: list?.line,
                reason: "commands use each other more than \(DefinitionFiles.depthAtMost) deep")
        }
        var steps: [JobStep] = []
        for item in list?.items ?? [] {
            let name = item.text ?? item.pairs?.first?.key ?? ""
            let body = item.pairs?.first?.value
            switch name {
            case "run", "deploy":
                let script = values.substituted(body?.text ?? body?.text("command") ?? "")
                try files.countStep(script, item.line)
                steps.append(run(script, body, values, isDeploy: name == "deploy"))
            case "when", "unless":
                try files.countStep("", item.line)
                for var step in try self.steps(body?["steps"], values, depth: depth + 1) {
                    step.maySkip = name
                    steps.append(step)
                }
            default:
                try files.countStep("", item.line)
                if let command = commands?[name] {
                    let inner = CircleCIValues(of: command, given: body, values)
                    steps += try self.steps(command["steps"], inner, depth: depth + 1)
                } else {
                    steps.append(other(name))
                }
            }
        }
        return steps
    }

    private func run(_ script: String, _ body: YAMLNode?, _ values: CircleCIValues, isDeploy: Bool) -> JobStep {
        var values = values
        values.add(environment: body?["environment"])
        // https://circleci.com/docs/configuration-reference/#default-shell-options
        let words = (body?.text("shell") ?? shell ?? "/bin/bash -eo pipefail").split(separator: " ")
        let options = words.dropFirst().filter { $0.hasPrefix("-") }
        let manner = ShellManner(
            stopsAtFailure: options.contains { $0.contains("e") }, pipeFails: words.contains("pipefail"))
        var step = JobStep(ScriptFacts(script, manner))
        let program = CommandWords.name(words.first.map(String.init) ?? "")
        if !["bash", "sh", "ash", "dash", "zsh"].contains(program) { step.gates = [] }
        step.gates = step.gates.map { gate in
            guard case .deployment(let name?) = gate else { return gate }
            return .deployment(environment: values.resolved(name))
        }
        if isDeploy { step.deploying = "the step 'deploy'" }
        step.noteName(body?.text("name"))
        switch body?.text("when") {
        case nil, "on_success": break
        case "always": step.runsRegardless = "when: always"
        case let when?:
            step.runsRegardless = "when: \(when)"
            step.maySkip = "when: \(when)"
        }
        if body?["background"].map({ $0.boolean(.words) != false }) == true { step.mayFail = "background: true" }
        return step
    }

    private func other(_ name: String) -> JobStep {
        var step = JobStep()
        step.doesOtherThingsFirst = name != "checkout"
        step.isHarmless = name == "checkout" || Self.harmless.contains(name)
        // A command of an orb, which nobody sees here.
        if name.contains("/"), DeployingWords.occur(in: name) || name.hasSuffix("push-image") {
            step.deploying = "the command '\(name)'"
        }
        return step
    }
}
