import RemitModel

/// Pipelines of GitLab.
struct GitLabReader {
    private var files: DefinitionFiles
    private var jobs: [PipelineJob] = []

    private static let keywords: Set<String> = [
        "default", "stages", "variables", "workflow", "image", "services", "cache", "before_script", "after_script",
        "spec", "types", "include",
    ]

    init(_ files: DefinitionFiles) {
        self.files = files
    }

    consuming func pipeline(_ bytes: [UInt8]) throws(PipelineError) -> Pipeline {
        // A document `spec:` of inputs may come before the definition itself.
        guard let node = try YAMLReader.documents(bytes, file: files.file).last else {
            throw PipelineError(file: files.file, line: nil, reason: "it is empty")
        }
        guard node.pairs != nil else {
            throw PipelineError(file: files.file, line: node.line, reason: "it is no mapping")
        }
        try read(node, caller: nil, depth: 0)
        return Pipeline(file: files.file, system: .gitlab, jobs: jobs)
    }

    /// - Parameter caller: the job that starts this as a child pipeline.
    private mutating func read(_ node: YAMLNode, caller: String?, depth: Int) throws(PipelineError) {
        var document = GitLabDocument()
        try document.read(node, &files)
        for include in document.unseen where DeployingWords.occur(in: include.name) {
            try files.countJob(include.line)
            var job = PipelineJob(name: "include \(include.name)", line: include.line)
            job.deployments = [PipelineJob.Deployment(environment: nil, evidence: "the name of the included file")]
            jobs.append(job)
        }
        let declared = document.root["stages"]?.texts ?? ["build", "test", "deploy"]
        let stages = [".pre"] + declared.filter { $0 != ".pre" && $0 != ".post" } + [".post"]
        let prefix = caller.map { "\($0) / " } ?? ""
        var read: [(job: PipelineJob, node: YAMLNode, stage: Int)] = []
        var children: [(caller: String, file: String, line: Int)] = []
        for name in document.names where !name.hasPrefix(".") && !Self.keywords.contains(name) {
            guard let node = try document.job(name, &files), node.pairs != nil else { continue }
            let line = document.lines[name] ?? node.line
            try files.countJob(line)
            var job = PipelineJob(name: prefix + name, line: line)
            try fill(&job, name, node, document)
            let stage = stages.firstIndex(of: node.text("stage") ?? "test") ?? 0
            read.append((job, node, stage))
            for include in node["trigger"]?["include"].map({ $0.items ?? [$0] }) ?? [] {
                guard let path = include.text ?? include.text("local") else { continue }
                children.append((job.name, path, line))
            }
        }
        for place in read.indices {
            read[place].job.waitFor(read[place].node, read.map { ($0.job.name, $0.stage) }, read[place].stage, prefix)
            if let caller {
                read[place].job.needs.append(caller)
                read[place].job.insists.insert(caller)
            }
        }
        jobs += read.map(\.job)
        for child in children {
            guard depth < 2 else {
                throw PipelineError(
                    file: files.file, line: child.line, reason: "child pipelines start each other more than 2 deep")
            }
            guard let node = try files.documents(at: child.file)?.last else {
                throw PipelineError(
                    file: files.file, line: child.line, reason: "the child pipeline '\(child.file)' is not in the tree")
            }
            try self.read(node, caller: child.caller, depth: depth + 1)
        }
    }

    private mutating func fill(
        _ job: inout PipelineJob, _ name: String, _ node: YAMLNode, _ document: GitLabDocument
    ) throws(PipelineError) {
        func setting(_ key: String) -> YAMLNode? { node[key] ?? document.root["default"]?[key] ?? document.root[key] }
        job.noteStart(node)
        job.secrets = Set((node["secrets"]?.pairs ?? []).map(\.key))
        job.secrets.formUnion((setting("id_tokens")?.pairs ?? []).map { "the ID token \($0.key)" })
        var values = document.values.with(node["variables"])
        let written = node["environment"]
        let environment = (written?.text("name") ?? written?.text).map { values.resolved($0) }
        values.environment = environment
        let lines =
            try document.script(setting("before_script"), &files) + document.script(node["script"], &files)
        // `set -o pipefail` is the runner's only where its shell knows it.
        var main = JobStep(ScriptFacts(lines.joined(separator: "\n"), .stopping))
        main.gates = main.gates.map { gate in
            guard case .deployment(let name?) = gate else { return gate }
            return .deployment(environment: values.resolved(name))
        }
        let after = try document.script(setting("after_script"), &files).joined(separator: "\n")
        var last = JobStep(ScriptFacts(after, .lax))
        last.runsRegardless = "after_script"
        last.gates = []
        last.isHarmless = last.deploying == nil
        var deployments: [PipelineJob.Deployment] = []
        let actions = ["stop", "prepare", "verify", "access"]
        if let environment, !actions.contains(written?.text("action") ?? "start") {
            deployments = [
                PipelineJob.Deployment(environment: environment, evidence: "environment: \(environment)")
            ]
        }
        let shown = job.name
        job.name = name
        let isElsewhere = actions.contains(written?.text("action") ?? "start") || node["trigger"]?["include"] != nil
        job.take([main, last], environments: deployments, stage: isElsewhere ? nil : node.text("stage"))
        job.name = shown
        guard job.deployments.isEmpty else { return }
        for key in ["release", "pages"] where node[key] != nil || (key == "pages" && name == key) {
            job.deployments = [PipelineJob.Deployment(environment: nil, evidence: "the word '\(key)'")]
        }
    }
}
