import RemitModel

/// Workflows of GitHub, and of Gitea and Forgejo, which took over the format.
///
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
struct GitHubReader {
    var files: DefinitionFiles
    let system: CISystem
    private var jobs: [PipelineJob] = []
    private var triggers: Set<String> = []

    /// A workflow, and what its caller gives it.
    private struct Scope {
        var workflow: YAMLNode
        /// Set before the names of its jobs.
        var prefix = ""
        /// The job that calls it.
        var caller: String?
        var values = GitHubValues()
        var permissions: Set<String> = []
        var depth = 0
    }

    init(_ files: DefinitionFiles, _ system: CISystem) {
        self.files = files
        self.system = system
    }

    consuming func pipeline(_ bytes: [UInt8]) throws(PipelineError) -> Pipeline {
        let workflow = try YAMLReader.document(bytes, file: files.file)
        guard workflow["jobs"]?.pairs != nil else {
            throw PipelineError(file: files.file, line: workflow.line, reason: "it has no mapping 'jobs'")
        }
        triggers = Self.triggers(workflow["on"])
        try read(Scope(workflow: workflow))
        return Pipeline(file: files.file, system: system, jobs: jobs, triggers: triggers)
    }

    /// Gitea before 1.26 and Forgejo ignore the word: that it takes something away is not believed there.
    private func permissions(_ node: YAMLNode?) -> Set<String>? {
        guard let written = GitHubPermissions.of(node) else { return nil }
        return system == .github ? written : written.filter { $0.hasSuffix(": write") }
    }

    private static func triggers(_ on: YAMLNode?) -> Set<String> {
        Set(on?.pairs?.map(\.key) ?? on?.texts ?? [])
    }

    private mutating func read(_ scope: Scope) throws(PipelineError) {
        var scope = scope
        scope.values.add(environment: scope.workflow["env"])
        if let own = permissions(scope.workflow["permissions"]) { scope.permissions = own }
        let shared = GitHubSecrets.names(in: scope.workflow["env"]?.allTexts ?? [])
        // Jobs that call workflows stand for every job of those.
        var members: [String: [String]] = [:]
        let first = jobs.count
        for pair in scope.workflow["jobs"]?.pairs ?? [] {
            let before = jobs.count
            try readJob(pair, scope, shared)
            members[scope.prefix + pair.key] = jobs[before...].map(\.name)
        }
        // A job that waits for such a call waits for them all. Those inside it wait only for the call itself.
        for place in jobs.indices[first...] where members[jobs[place].name] != nil {
            jobs[place].needs = jobs[place].needs.flatMap { members[$0] ?? [$0] }
            jobs[place].insists = Set(jobs[place].insists.flatMap { members[$0] ?? [$0] })
        }
    }

    private mutating func readJob(
        _ pair: YAMLNode.Pair, _ scope: Scope, _ shared: Set<String>
    ) throws(PipelineError) {
        try files.countJob(pair.line)
        let node = pair.value
        guard node.pairs != nil, !pair.key.contains("/") else {
            let fault = node.pairs == nil ? "is no mapping" : "has a '/' in its name"
            throw PipelineError(file: files.file, line: pair.line, reason: "the job '\(pair.key)' \(fault)")
        }
        var job = PipelineJob(name: scope.prefix + pair.key, line: pair.line)
        let condition = GitHubCondition(node["if"])
        job.needs = (node["needs"]?.texts ?? []).map { scope.prefix + $0 }
        job.startsRegardless = condition.regardless
        job.insists = Set(condition.insists.map { scope.prefix + $0 })
        if let caller = scope.caller {
            // A called workflow is not there at all unless its caller is.
            job.needs.append(caller)
            job.insists.insert(caller)
        }
        job.permissions = permissions(node["permissions"]) ?? scope.permissions
        job.secrets = shared.union(GitHubSecrets.names(in: node.allTexts))
        if node.text("secrets") == "inherit" { job.secrets.insert("*") }
        if let loose = node["continue-on-error"], loose.boolean(.core) != false {
            job.mayFail = "continue-on-error: \(loose.text ?? "")"
        }
        var values = scope.values
        values.matrix = GitHubValues.matrix(of: node["strategy"])
        values.add(environment: node["env"])
        let environments = Self.environments(node["environment"], values)
        if let uses = node.text("uses") {
            try call(uses, node, job, values, environments, scope)
        } else {
            try readSteps(node, &job, values, environments, scope)
            job.noteSkipping(condition, isCalled: scope.caller != nil)
            job.noteForeignHead(node, triggers)
            jobs.append(job)
        }
    }

    private mutating func readSteps(
        _ node: YAMLNode, _ job: inout PipelineJob, _ values: GitHubValues,
        _ environments: [PipelineJob.Deployment], _ scope: Scope
    ) throws(PipelineError) {
        let defaults = node["defaults"]?["run"]?.text("shell") ?? scope.workflow["defaults"]?["run"]?.text("shell")
        var reader = GitHubStepReader(files: files, shell: defaults)
        let steps = try reader.steps(node["steps"], values)
        files = reader.files
        job.take(steps, environments: environments)
    }

    /// A job that is another workflow.
    private mutating func call(
        _ uses: String, _ node: YAMLNode, _ job: PipelineJob, _ values: GitHubValues,
        _ environments: [PipelineJob.Deployment], _ scope: Scope
    ) throws(PipelineError) {
        var job = job
        let given = (node["with"]?.textEntries ?? [:]).mapValues { values.values(of: $0).first ?? $0 }
        guard uses.hasPrefix("./") else {
            job.callsUnknown(GitHubActions.name(of: uses), uses, given, environments)
            jobs.append(job)
            return
        }
        guard scope.depth < DefinitionFiles.depthAtMost else {
            throw PipelineError(
                file: files.file, line: job.line,
                reason: "workflows call each other more than \(DefinitionFiles.depthAtMost) deep")
        }
        guard let called = try files.document(at: String(uses.split(separator: "@")[0])) else {
            throw PipelineError(file: files.file, line: job.line, reason: "the workflow '\(uses)' is not in the tree")
        }
        jobs.append(job)
        var inner = Scope(workflow: called, prefix: "\(job.name) / ", caller: job.name, permissions: job.permissions)
        inner.values.inputs = Self.inputs(of: called["on"]?["workflow_call"]?["inputs"], given: given)
        inner.depth = scope.depth + 1
        try read(inner)
    }

    /// What inputs stand for: what the caller gives, else their defaults.
    static func inputs(of node: YAMLNode?, given: [String: String]) -> [String: String] {
        var inputs = given
        for pair in node?.pairs ?? [] where inputs[pair.key] == nil {
            inputs[pair.key] = pair.value.text("default")
        }
        return inputs
    }

    private static func environments(_ node: YAMLNode?, _ values: GitHubValues) -> [PipelineJob.Deployment] {
        guard let name = node?.text("name") ?? node?.text, !name.isEmpty else { return [] }
        return values.values(of: name).map {
            PipelineJob.Deployment(environment: $0, evidence: "environment: \(name)")
        }
    }
}

extension PipelineJob {
    /// A skipped job reports success to the host's required checks, and to whoever calls its workflow; a job that
    /// needs it is skipped with it.
    ///
    /// https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-jobs-with-conditions
    fileprivate mutating func noteSkipping(_ condition: GitHubCondition, isCalled: Bool) {
        guard condition.canSkip, let text = condition.text, maySkip == nil else { return }
        if isCalled || gates.contains(.merge) { maySkip = text }
    }

    /// The head of somebody's branch, run with what belongs to the base.
    ///
    /// https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
    fileprivate mutating func noteForeignHead(_ node: YAMLNode, _ triggers: Set<String>) {
        let events = ["pull_request_target", "workflow_run", "issue_comment"]
        guard let trigger = events.first(where: triggers.contains) else { return }
        let heads = [
            "github.event.pull_request.head", "github.head_ref", "github.event.workflow_run.head", "refs/pull/",
        ]
        let isThere = node["steps"]?.allTexts.contains { text in heads.contains { text.contains($0) } } == true
        if isThere { permissions.insert("run the head of a pull request on \(trigger): write") }
    }

    /// A workflow of another repository: what it does, nobody sees here.
    fileprivate mutating func callsUnknown(
        _ name: String, _ uses: String, _ given: [String: String], _ environments: [Deployment]
    ) {
        let environment = given["environment"]
        if GitHubActions.isTemplate(name) {
            let file = name.split(separator: "/").last.map(String.init) ?? ""
            let isMerge = file.contains("merge") || given["gate"] == "merge"
            gates = [isMerge ? .merge : .deployment(environment: environment)]
            let inputs = given.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            gateCalls = [([uses] + inputs).joined(separator: ", ")]
            isGatedByItself = true
            return
        }
        if !environments.isEmpty {
            deployments = environments
        } else if let environment {
            deployments = [Deployment(environment: environment, evidence: "it gives an environment to '\(uses)'")]
        } else if DeployingWords.occur(in: self.name) || DeployingWords.occur(in: name) {
            deployments = [Deployment(environment: nil, evidence: "the name of '\(uses)'")]
        } else if !secrets.isEmpty {
            let evidence = "it gives secrets to '\(uses)', whose jobs are not seen"
            deployments = [Deployment(environment: nil, evidence: evidence)]
        }
    }
}
