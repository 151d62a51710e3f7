import RemitModel

/// Pipelines of Azure DevOps.
///
/// https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/
struct AzureReader {
    private var files: DefinitionFiles
    private var jobs: [PipelineJob] = []
    /// The jobs of each stage, its own entry first; by name in small letters.
    private var stages: [String: [String]] = [:]
    private var shared: Set<String> = []

    private typealias Item = AzureTemplates.Item

    init(_ files: DefinitionFiles) {
        self.files = files
    }

    consuming func pipeline(_ bytes: [UInt8]) throws(PipelineError) -> Pipeline {
        let node = try YAMLReader.document(bytes, file: files.file)
        guard node.pairs != nil else {
            throw PipelineError(file: files.file, line: node.line, reason: "it is no mapping")
        }
        let path = String(decoding: files.file.bytes, as: UTF8.self)
        var root = Item(
            node: node, parameters: AzureTemplates.parameters(of: node, given: nil, [:]),
            directory: AzureTemplates.directory(of: path))
        shared = AzureSecrets.groups(node["variables"])
        if let path = node["extends"]?.text("template") {
            guard let found = try AzureTemplates.template(path, from: root.directory, node.line, &files) else {
                var job = PipelineJob(name: "extends \(path)", line: node.line)
                if DeployingWords.occur(in: path) {
                    job.deployments = [PipelineJob.Deployment(environment: nil, evidence: "the name of its template")]
                }
                return Pipeline(file: files.file, system: .azure, jobs: [job])
            }
            root = Item(
                node: found.node,
                parameters: AzureTemplates.parameters(
                    of: found.node, given: node["extends"]?["parameters"], root.parameters),
                directory: found.directory)
        }
        try readStages(root)
        return Pipeline(file: files.file, system: .azure, jobs: jobs)
    }

    private mutating func readStages(_ root: Item) throws(PipelineError) {
        guard root.node["stages"] != nil else {
            try readJobs(root, stage: nil)
            return
        }
        var previous: String?
        for item in try AzureTemplates.items(root.node["stages"], "stages", of: root, &files) {
            try files.countJob(item.node.line)
            let name = item.node.text("stage") ?? item.node.text("template") ?? "stage \(stages.count + 1)"
            var entry = PipelineJob(name: name, line: item.node.line)
            let condition = AzureCondition(item.node["condition"])
            // Without the word, a stage waits for the one before it; an empty list waits for none.
            let depends = item.node["dependsOn"]
            let waited = depends == nil || depends?.isNull == true ? previous.map { [$0] } ?? [] : depends?.texts ?? []
            for stage in waited {
                let members = stages[stage.lowercased()] ?? []
                entry.needs += members
                // A job that was skipped does not fail its stage; a stage that was skipped holds back the next.
                entry.looseNeeds.formUnion(members.dropFirst())
                if condition.insists.contains(stage.lowercased()) { entry.insists.formUnion(members) }
            }
            entry.startsRegardless = condition.regardless
            jobs.append(entry)
            stages[name.lowercased()] = [name]
            let ofAll = shared
            shared.formUnion(AzureSecrets.groups(item.node["variables"]))
            if item.node["template"] != nil { unseen(item) }
            try readJobs(item, stage: name)
            shared = ofAll
            previous = name
        }
    }

    /// A template of another repository, whose jobs nobody sees here.
    private mutating func unseen(_ item: Item) {
        guard let path = item.node.text("template"), DeployingWords.occur(in: path), let last = jobs.indices.last else {
            return
        }
        jobs[last].deployments = [
            PipelineJob.Deployment(environment: nil, evidence: "the name of the template '\(path)'")
        ]
    }

    private mutating func readJobs(_ parent: Item, stage: String?) throws(PipelineError) {
        var items = try AzureTemplates.items(parent.node["jobs"], "jobs", of: parent, &files)
        // Steps at the top are a job without a name.
        if parent.node["steps"] != nil { items.append(parent) }
        let prefix = stage.map { "\($0)." } ?? ""
        var names: [String: String] = [:]
        let first = jobs.count
        for item in items {
            try files.countJob(item.node.line)
            let own = item.node.text("job") ?? item.node.text("deployment") ?? item.node.text("template") ?? "job"
            var job = PipelineJob(name: own, line: item.node.line)
            let condition = AzureCondition(item.node["condition"])
            try fill(&job, item, condition, stage)
            job.name = prefix + own
            names[own.lowercased()] = job.name
            job.needs = item.node["dependsOn"]?.texts ?? []
            job.startsRegardless = condition.regardless
            job.insists = condition.insists
            jobs.append(job)
            if let stage { stages[stage.lowercased()]?.append(job.name) }
        }
        for place in jobs.indices[first...] {
            jobs[place].needs = jobs[place].needs.map { names[$0.lowercased()] ?? prefix + $0 }
            jobs[place].insists = Set(jobs[place].insists.compactMap { names[$0] })
            guard let stage else { continue }
            jobs[place].needs.append(stage)
            jobs[place].insists.insert(stage)
        }
    }

    private mutating func fill(
        _ job: inout PipelineJob, _ item: Item, _ condition: AzureCondition, _ stage: String?
    ) throws(PipelineError) {
        let node = item.node
        if node["continueOnError"].map({ $0.boolean(.words) != false }) == true {
            job.mayFail = "continueOnError: \(node.text("continueOnError") ?? "")"
        }
        var environments: [PipelineJob.Deployment] = []
        if let written = node["environment"]?.text("name") ?? node.text("environment") {
            var name = AzureTemplates.resolved(written, item.parameters)
            // `environment.resource` deploys to one resource of the environment.
            if !name.contains("$"), let dot = name.firstIndex(of: ".") { name = String(name[..<dot]) }
            environments = [PipelineJob.Deployment(environment: name, evidence: "environment: \(written)")]
        } else if node["deployment"] != nil {
            environments = [PipelineJob.Deployment(environment: nil, evidence: "the word 'deployment'")]
        }
        var reader = AzureStepReader(files: files, job: node)
        var steps = try reader.steps(node["steps"], of: item)
        for hook in ["preDeploy", "deploy", "routeTraffic", "postRouteTraffic"] {
            for strategy in ["runOnce", "rolling", "canary"] {
                steps += try reader.steps(node["strategy"]?[strategy]?[hook]?["steps"], of: item)
            }
        }
        for result in ["failure", "success"] {
            for strategy in ["runOnce", "rolling", "canary"] {
                for var step in try reader.steps(node["strategy"]?[strategy]?["on"]?[result]?["steps"], of: item) {
                    if result == "failure" { step.runsRegardless = "on: failure" }
                    steps.append(step)
                }
            }
        }
        files = reader.files
        job.secrets = shared.union(AzureSecrets.groups(node["variables"])).union(AzureSecrets.connections(node))
        job.take(steps, environments: environments, stage: stage)
        if job.deployments.isEmpty, let path = node.text("template"), DeployingWords.occur(in: path) {
            job.deployments = [
                PipelineJob.Deployment(environment: nil, evidence: "the name of the template '\(path)'")
            ]
        }
        // Within its stage, a job that needs a skipped one is skipped with it; a later stage runs all the same.
        if !job.gates.isEmpty { job.mayBeAbsent = condition.skips ?? item.conditions.first }
    }
}
