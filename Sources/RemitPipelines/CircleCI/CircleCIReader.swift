import RemitModel

/// Pipelines of CircleCI.
///
/// https://circleci.com/docs/configuration-reference/
struct CircleCIReader {
    private var files: DefinitionFiles
    private var jobs: [PipelineJob] = []

    init(_ files: DefinitionFiles) {
        self.files = files
    }

    consuming func pipeline(_ bytes: [UInt8]) throws(PipelineError) -> Pipeline {
        let node = try YAMLReader.document(bytes, file: files.file)
        guard node["jobs"]?.pairs != nil || node["workflows"]?.pairs != nil else {
            throw PipelineError(
                file: files.file, line: node.line, reason: "it has neither a mapping 'jobs' nor 'workflows'")
        }
        var known: [String: YAMLNode] = [:]
        for pair in node["jobs"]?.pairs ?? [] { known[pair.key] = pair.value }
        for workflow in node["workflows"]?.pairs ?? [] {
            for item in workflow.value["jobs"]?.items ?? [] {
                try read(item, of: workflow.key, known, node)
            }
        }
        // Without workflows, one job runs by its name.
        if node["workflows"] == nil, let build = known["build"] {
            try read(YAMLNode(.scalar("build", isPlain: true), line: build.line), of: nil, known, node)
        }
        return Pipeline(file: files.file, system: .circleci, jobs: jobs)
    }

    private mutating func read(
        _ item: YAMLNode, of workflow: String?, _ known: [String: YAMLNode], _ root: YAMLNode
    ) throws(PipelineError) {
        try files.countJob(item.line)
        guard let key = item.text ?? item.pairs?.first?.key else { return }
        let call = item.pairs?.first?.value
        let prefix = workflow.map { "\($0)/" } ?? ""
        let own = call?.text("name") ?? key
        var job = PipelineJob(name: own, line: item.line)
        job.wait(for: call?["requires"], prefix)
        job.secrets = Set((call?["context"]?.texts ?? []).map { "the context \($0)" })
        if let definition = known[key] {
            try fill(&job, definition, call, root)
        } else if call?.text("type") != "approval", key.contains("/") {
            // A job of an orb, whose steps nobody sees here.
            if DeployingWords.occur(in: key) || DeployingWords.occur(in: own) {
                job.deployments = [PipelineJob.Deployment(environment: nil, evidence: "its name")]
            } else if !job.secrets.isEmpty {
                let evidence = "it gives contexts to '\(key)', whose steps are not seen"
                job.deployments = [PipelineJob.Deployment(environment: nil, evidence: evidence)]
            }
        }
        job.name = prefix + own
        jobs.append(job)
    }

    private mutating func fill(
        _ job: inout PipelineJob, _ definition: YAMLNode, _ call: YAMLNode?, _ root: YAMLNode
    ) throws(PipelineError) {
        var values = CircleCIValues(of: definition, given: call, CircleCIValues())
        var executor = definition["executor"]
        if let name = executor?.text ?? executor?.text("name") { executor = root["executors"]?[name] }
        values.add(environment: executor?["environment"])
        values.add(environment: definition["environment"])
        let matrix = call?["matrix"]?["parameters"]?.pairs ?? []
        for pair in matrix { values.parameters[pair.key] = nil }
        var reader = CircleCISteps(
            files: files, commands: root["commands"],
            shell: definition.text("shell") ?? executor?.text("shell"))
        let steps =
            try reader.steps(call?["pre-steps"], values) + reader.steps(definition["steps"], values)
            + reader.steps(call?["post-steps"], values)
        files = reader.files
        job.take(steps, environments: [])
        if definition.text("type") == "release" {
            job.deployments = [PipelineJob.Deployment(environment: nil, evidence: "type: release")]
        }
        job.gates = job.gates.flatMap { gate -> [PipelineJob.Gate] in
            guard case .deployment(let name?) = gate,
                let pair = matrix.first(where: { name.filter { $0 != " " } == "<<parameters.\($0.key)>>" })
            else { return [gate] }
            guard pair.value.texts.count <= GitHubValues.valuesAtMost else { return [gate] }
            return pair.value.texts.map { .deployment(environment: $0) }
        }
    }
}

extension PipelineJob {
    /// The jobs that it requires, by default their success.
    ///
    /// https://circleci.com/docs/configuration-reference/#requires
    fileprivate mutating func wait(for requires: YAMLNode?, _ prefix: String) {
        for item in requires?.items ?? requires.map({ [$0] }) ?? [] {
            if let name = item.text {
                needs.append(prefix + name)
                insists.insert(prefix + name)
            }
            for pair in item.pairs ?? [] {
                let name = prefix + pair.key
                needs.append(name)
                if pair.value.texts.allSatisfy({ $0 == "success" }), !pair.value.texts.isEmpty {
                    insists.insert(name)
                } else {
                    let words = pair.value.texts.joined(separator: ", ")
                    startsRegardless = "requires: \(pair.key): [\(words)]"
                }
            }
        }
    }
}
