import RemitModel

/// The steps of a job of Azure's, templates of the same tree read with them.
struct AzureStepReader {
    var files: DefinitionFiles
    let job: YAMLNode

    init(files: DefinitionFiles, job: YAMLNode) {
        self.files = files
        self.job = job
    }

    mutating func steps(_ list: YAMLNode?, of parent: AzureTemplates.Item) throws(PipelineError) -> [JobStep] {
        var steps: [JobStep] = []
        for item in try AzureTemplates.items(list, "steps", of: parent, &files) {
            let node = item.node
            let script = node.text("script") ?? node.text("bash") ?? node.text("pwsh") ?? node.text("powershell")
            try files.countStep(script ?? "", node.line)
            var step = script.map { JobStep(ScriptFacts($0, .lax)) } ?? other(node)
            step.gates = step.gates.map { resolved($0, node, item) }
            step.noteName(node.text("displayName"))
            let condition = AzureCondition(node["condition"])
            step.runsRegardless = condition.regardless
            let own = item.conditions.dropFirst(parent.conditions.count)
            step.maySkip = condition.skips ?? own.first ?? step.maySkip
            if node["enabled"].map({ $0.boolean(.words) != true }) == true {
                step.maySkip = "enabled: \(node.text("enabled") ?? "")"
            }
            if node["continueOnError"].map({ $0.boolean(.words) != false }) == true {
                step.mayFail = "continueOnError: \(node.text("continueOnError") ?? "")"
            }
            steps.append(step)
        }
        return steps
    }

    private func resolved(
        _ gate: PipelineJob.Gate, _ node: YAMLNode, _ item: AzureTemplates.Item
    ) -> PipelineJob.Gate {
        guard case .deployment(let name?) = gate else { return gate }
        var text = name
        if text.hasPrefix("$"), !text.hasPrefix("$(") && !text.hasPrefix("${{") {
            let variable = text.filter { !"${}".contains($0) }
            text = node["env"]?.text(variable) ?? text
        }
        if text == "$(Environment.Name)", let own = job["environment"]?.text("name") ?? job.text("environment") {
            text = own
        }
        return .deployment(environment: AzureTemplates.resolved(text, item.parameters))
    }

    /// Tasks that put something where others use it, by their names without a version.
    private static let deploying: Set<String> = [
        "azurewebapp", "azurewebappcontainer", "azurefunctionapp", "azurefunctionappcontainer",
        "azurermwebappdeployment", "azurestaticwebapp", "azurecontainerapps", "kubernetes", "kubernetesmanifest",
        "helmdeploy", "azureresourcemanagertemplatedeployment", "azureresourcegroupdeployment", "azurefilecopy",
        "azurespringcloud", "awscli", "beanstalkdeployapplication", "cloudformationcreateorupdatestack",
        "ecrpushimage", "lambdadeployfunction", "s3upload", "githubrelease", "sqlazuredacpacdeployment", "ssh",
        "copyfilesoverssh", "servicefabricdeploy", "universalpackages", "iiswebappdeploymentongroup",
    ]

    private func other(_ node: YAMLNode) -> JobStep {
        var step = JobStep()
        if node["checkout"] != nil {
            step.doesOtherThingsFirst = false
            step.isHarmless = true
        } else if node["publish"] != nil {
            step.isHarmless = true
        } else if let path = node.text("template") {
            if DeployingWords.occur(in: path) { step.deploying = "the template '\(path)'" }
        } else if let task = node.text("task") {
            note(task, node["inputs"], &step)
        }
        return step
    }

    private func note(_ task: String, _ inputs: YAMLNode?, _ step: inout JobStep) {
        let name = (task.split(separator: "@").first.map(String.init) ?? task).lowercased()
        switch name {
        case "bash", "cmdline", "powershell", "azurecli", "azurepowershell", "shellscript":
            let script = inputs?.text("script") ?? inputs?.text("inlineScript") ?? ""
            // What signs in to a cloud first is more than the gate.
            let facts = JobStep(ScriptFacts(script, .lax))
            step = facts
            if script.isEmpty || name.hasPrefix("azure") { step.doesOtherThingsFirst = true }
            let path = inputs?.text("filePath") ?? inputs?.text("scriptPath") ?? ""
            if DeployingWords.occur(in: path) { step.deploying = "the script '\(path)'" }
        case "publishpipelineartifact", "publishbuildartifacts", "publishtestresults", "publishcodecoverageresults":
            step.isHarmless = true
        case "docker", "dockercompose", "nuget", "nugetcommand", "dotnetcorecli", "npm", "terraformtaskv4", "maven":
            let command = (inputs?.text("command") ?? "buildAndPush").lowercased()
            if ["push", "buildandpush", "publish", "apply", "deploy", "destroy"].contains(command) {
                step.deploying = "the task '\(task)'"
            }
        default:
            if Self.deploying.contains(name) || DeployingWords.occur(in: task) { step.deploying = "the task '\(task)'" }
        }
    }
}
