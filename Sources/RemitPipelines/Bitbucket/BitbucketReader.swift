import RemitModel

/// Reads a definition of Bitbucket Pipelines
/// (https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/).
///
/// Each of its pipelines is a row of steps; one that fails ends the row.
struct BitbucketReader {
    private var files: DefinitionFiles
    private var jobs = PipelineJobs()

    init(_ files: DefinitionFiles) {
        self.files = files
    }

    private var file: ByteString { files.file }

    consuming func pipeline(_ bytes: [UInt8]) throws(PipelineError) -> Pipeline {
        let root = try YAMLReader.document(bytes, file: file)
        guard let pipelines = root["pipelines"]?.pairs else { throw fault(root.line, "it has no pipelines") }
        for pipeline in pipelines {
            if pipeline.key == "default" {
                try read(pipeline.value, as: "default")
                continue
            }
            // By branch, tag, pull request, or a name for those that are started by hand.
            guard let rows = pipeline.value.pairs else {
                throw fault(pipeline.line, "'\(pipeline.key)' holds no pipelines")
            }
            for row in rows { try read(row.value, as: "\(pipeline.key) \(row.key)") }
        }
        return Pipeline(file: file, system: .bitbucket, jobs: jobs.all)
    }

    /// What a step has from the stage and the row around it.
    private struct Surroundings {
        var path: String
        var needs: [String] = []
        var maySkip: String?
        var environment: String?
    }

    private func fault(_ line: Int, _ reason: String) -> PipelineError {
        PipelineError(file: file, line: line, reason: reason)
    }

    private mutating func read(_ row: YAMLNode, as path: String) throws(PipelineError) {
        guard let items = row.items else { throw fault(row.line, "the pipeline '\(path)' is not in this file") }
        var around = Surroundings(path: path)
        try read(items, &around)
    }

    private mutating func read(_ items: [YAMLNode], _ around: inout Surroundings) throws(PipelineError) {
        for item in items {
            guard let pair = item.pairs?.first, item.pairs?.count == 1 else {
                throw fault(item.line, "a part of the pipeline '\(around.path)' is not understood")
            }
            let known = jobs.all.count
            switch pair.key {
            case "variables": continue
            case "step": try read(step: pair.value, around)
            case "parallel":
                for inner in pair.value.items ?? pair.value["steps"]?.items ?? [] {
                    guard let step = inner["step"] else { throw fault(inner.line, "it is no step") }
                    try read(step: step, around)
                }
            case "stage":
                var inner = around
                if pair.value["condition"] != nil { inner.maySkip = "condition" }
                inner.environment = pair.value["deployment"]?.text
                try read(pair.value["steps"]?.items ?? [], &inner)
            default: throw fault(pair.line, "'\(pair.key)' is not known")
            }
            around.needs += jobs.all[known...].map(\.name)
        }
    }

    private mutating func read(step: YAMLNode, _ around: Surroundings) throws(PipelineError) {
        guard step.pairs != nil else { throw fault(step.line, "a step is not understood") }
        let title = step.text("name") ?? "step"
        var job = PipelineJob(name: title, line: step.line)
        let environment = step.text("deployment") ?? around.environment
        job.take(
            try steps(step["script"]),
            environments: environment.map {
                [PipelineJob.Deployment(environment: $0, evidence: "deployment: \($0)")]
            } ?? [])
        job.name = jobs.name("\(around.path) / \(title)", at: step.line)
        job.needs = around.needs
        job.maySkip = job.maySkip ?? (step["condition"] == nil ? around.maySkip : "condition")
        if let strategy = step["on-fail"]?.text("strategy"), strategy != "fail" { job.mayFail = "on-fail: \(strategy)" }
        if step["oidc"].map({ $0.boolean(.words) != false }) == true { job.permissions.insert("id-token: write") }
        try jobs.append(job, of: file)
        try read(afterScriptOf: step, job)
    }

    /// Commands in a row are one script, which the first that fails ends; a pipe is another image's.
    private mutating func steps(_ script: YAMLNode?) throws(PipelineError) -> [JobStep] {
        var steps: [JobStep] = []
        var lines: [String] = []
        func finish() {
            if !lines.isEmpty { steps.append(JobStep(.stopping(lines.joined(separator: "\n")))) }
            lines = []
        }
        for item in script.map({ $0.items ?? [$0] }) ?? [] {
            try files.countStep(item.text ?? "", item.line)
            guard let pipe = item.text("pipe") else {
                lines.append(item.text ?? "")
                continue
            }
            finish()
            var step = JobStep()
            step.deploying = DeployingWords.occur(in: pipe) ? "pipe: \(pipe)" : nil
            steps.append(step)
        }
        finish()
        return steps
    }

    /// It runs also where the step has failed.
    private mutating func read(afterScriptOf step: YAMLNode, _ job: PipelineJob) throws(PipelineError) {
        guard let script = step["after-script"] else { return }
        var after = PipelineJob(name: "after-script", line: script.line)
        after.take(try steps(script), environments: [])
        after.name = jobs.name("\(job.name) / after-script", at: script.line)
        after.needs = job.needs + [job.name]
        after.startsRegardless = "after-script"
        if !after.deployments.isEmpty { try jobs.append(after, of: file) }
    }
}
