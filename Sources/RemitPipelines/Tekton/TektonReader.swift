import RemitModel

/// Reads Pipelines and PipelineRuns of Tekton (https://tekton.dev/docs/pipelines/pipelines/), as Pipelines-as-Code keeps
/// them in `.tekton`.
///
/// Tasks start together, save for what `runAfter` and the results of others make them wait for.
struct TektonReader {
    private var files: DefinitionFiles
    private var jobs = PipelineJobs()
    private var pipelines: [String: YAMLNode] = [:]
    private var tasks: [String: YAMLNode] = [:]

    init(_ files: DefinitionFiles) {
        self.files = files
    }

    private var file: ByteString { files.file }

    consuming func pipeline(_ bytes: [UInt8]) throws(PipelineError) -> Pipeline {
        let documents = try YAMLReader.documents(bytes, file: file)
        gather(documents)
        for document in documents { try read(document) }
        return Pipeline(file: file, system: .tekton, jobs: jobs.all)
    }

    private func fault(_ line: Int?, _ reason: String) -> PipelineError {
        PipelineError(file: file, line: line, reason: reason)
    }

    private mutating func gather(_ documents: [YAMLNode]) {
        for document in documents {
            guard let name = document["metadata"]?["name"]?.text else { continue }
            switch document["kind"]?.text {
            case "Pipeline": pipelines[name] = document["spec"]
            case "Task": tasks[name] = document["spec"]
            default: continue
            }
        }
    }

    private mutating func read(_ document: YAMLNode) throws(PipelineError) {
        let spec = document["spec"]
        let metadata = document["metadata"]
        let name = (metadata?["name"] ?? metadata?["generateName"])?.text ?? "run"
        switch document["kind"]?.text {
        case "Pipeline": if let spec { try read(pipeline: spec, as: name, for: nil) }
        case "PipelineRun":
            guard let spec else { throw fault(document.line, "a run has no 'spec'") }
            try read(pipeline: pipeline(of: spec, in: document), as: name, for: spec)
        case "TaskRun":
            guard let spec else { throw fault(document.line, "a run has no 'spec'") }
            var job = PipelineJob(name: name, line: document.line)
            try describe(&job, task: spec)
            job.name = jobs.name(name, at: document.line)
            take(from: spec, &job)
            try jobs.append(job, of: file)
        case nil: throw fault(document.line, "a document has no 'kind'")
        // Tasks count where they are used; what else Kubernetes keeps runs nothing by itself.
        default: break
        }
    }

    private mutating func pipeline(of spec: YAMLNode, in run: YAMLNode) throws(PipelineError) -> YAMLNode {
        if let inline = spec["pipelineSpec"] { return inline }
        guard let reference = spec["pipelineRef"], let name = reference["name"]?.text else {
            throw fault(run.line, "the pipeline that it runs is not in the tree")
        }
        if let known = pipelines[name] { return known }
        for ending in [".yaml", ".yml"] where !name.contains("/") {
            guard let documents = try files.documents(at: file.beside(name + ending)) else { continue }
            gather(documents)
            if let known = pipelines[name] { return known }
        }
        throw fault(
            reference.line, "the pipeline '\(name)', which it runs, is neither in this file nor in '\(name).yaml'")
    }

    private mutating func read(
        pipeline: YAMLNode, as prefix: String, for run: YAMLNode?
    ) throws(PipelineError) {
        let tasks = pipeline["tasks"]?.items ?? []
        let names = tasks.compactMap { $0["name"]?.text }
        for task in tasks {
            try add(task, to: prefix, for: run, needs: Self.needs(of: task, among: names), isLast: false)
        }
        // They run when all others have ended, however that was.
        for task in pipeline["finally"]?.items ?? [] {
            try add(task, to: prefix, for: run, needs: names, isLast: true)
        }
    }

    private mutating func add(
        _ task: YAMLNode, to prefix: String, for run: YAMLNode?, needs: [String], isLast: Bool
    ) throws(PipelineError) {
        guard let name = task["name"]?.text else { throw fault(task.line, "a task has no name") }
        var job = PipelineJob(name: name, line: task.line)
        try describe(&job, task: task)
        job.name = jobs.name("\(prefix) / \(name)", at: task.line)
        job.needs = needs.map { "\(prefix) / \($0)" }
        if isLast { job.startsRegardless = "finally" }
        if let onError = task["onError"]?.text, onError != "stopAndFail" { job.mayFail = "onError: \(onError)" }
        if task["when"].map({ $0.items?.isEmpty != true }) == true { job.maySkip = "when" }
        if let run { take(from: run, &job) }
        try jobs.append(job, of: file)
    }

    /// What `runAfter` names, and every task whose results it takes.
    private static func needs(of task: YAMLNode, among names: [String]) -> [String] {
        var needs = task["runAfter"]?.texts ?? []
        var waiting = [task]
        while let node = waiting.popLast() {
            waiting += node.items ?? node.pairs?.map(\.value) ?? []
            for part in (node.text ?? "").split(separator: "$(tasks.").dropFirst(
                node.text?.hasPrefix("$(tasks.") == true ? 0 : 1)
            {
                let name = String(part.prefix { $0 != "." })
                if names.contains(name), !needs.contains(name) { needs.append(name) }
            }
        }
        return needs
    }

    /// The account that a run has, and the secrets that it brings.
    private func take(from run: YAMLNode, _ job: inout PipelineJob) {
        let account = run["taskRunTemplate"]?["serviceAccountName"] ?? run["serviceAccountName"]
        if let account = account?.text { job.permissions.insert("service-account: \(account)") }
        job.secrets.formUnion(Self.secrets(of: run["workspaces"]))
    }

    private mutating func describe(_ job: inout PipelineJob, task: YAMLNode) throws(PipelineError) {
        var spec = task["taskSpec"]
        let reference = task["taskRef"]?.text("name")
        if let reference { spec = tasks[reference] }
        var steps: [JobStep] = []
        for step in spec?["steps"]?.items ?? [] {
            try files.countStep(step.text("script") ?? "", step.line)
            // A step that is kept elsewhere does what nobody sees here.
            var made = step["ref"] == nil ? JobStep(Self.facts(of: step)) : JobStep()
            if let onError = step.text("onError"), onError != "stopAndFail" { made.mayFail = "onError: \(onError)" }
            steps.append(made)
        }
        job.take(steps, environments: [])
        // What a task does that is kept elsewhere, its name alone tells.
        if spec == nil, let reference, DeployingWords.occur(in: reference) { job.deploys(by: "taskRef: \(reference)") }
        job.secrets = Self.secrets(of: spec).union(Self.secrets(of: task))
    }

    /// A script without a first line of its own gets `set -e`; with one, it is for that program to stop.
    private static func facts(of step: YAMLNode) -> ScriptFacts {
        if let script = step["script"]?.text {
            return script.hasPrefix("#!") ? .lax(script) : .stopping(script)
        }
        let words = (step["command"]?.texts ?? []) + (step["args"]?.texts ?? [])
        guard let option = words.firstIndex(where: { $0.hasPrefix("-") && $0.hasSuffix("c") && !$0.hasPrefix("--") }),
            words.indices.contains(option + 1), option > 0
        else { return .lax(words.joined(separator: " ")) }
        return words[..<option].contains { $0.hasPrefix("-") && $0.contains("e") } || words[option].contains("e")
            ? .stopping(words[option + 1]) : .lax(words[option + 1])
    }

    private static func secrets(of node: YAMLNode?) -> Set<String> {
        var found: Set<String> = []
        var waiting = node.map { [$0] } ?? []
        while let node = waiting.popLast() {
            for key in ["secretKeyRef", "secretRef", "secret"] {
                if let secret = node[key], let name = secret["name"] ?? secret["secretName"] {
                    if let text = name.text { found.insert(text) }
                }
            }
            waiting += node.items ?? node.pairs?.map(\.value) ?? []
        }
        return found
    }
}
