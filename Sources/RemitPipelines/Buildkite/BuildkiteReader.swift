import RemitModel

/// Reads a pipeline of Buildkite (https://buildkite.com/docs/pipelines/configure/defining-steps).
///
/// Steps start at once and all together, save for `wait` and `block` steps and for what `depends_on` names.
struct BuildkiteReader {
    private var files: DefinitionFiles
    private var jobs = PipelineJobs()
    /// By the key that a step gives itself, the jobs of that step.
    private var keys: [String: [String]] = [:]
    private var dependencies: [(job: Int, on: [YAMLNode])] = []
    private var known: Set<String> = []
    private var secrets: Set<String> = []

    init(_ files: DefinitionFiles) {
        self.files = files
    }

    consuming func pipeline(_ bytes: [UInt8]) throws(PipelineError) -> Pipeline {
        try read(YAMLReader.document(bytes, file: file), after: Position())
        return Pipeline(file: file, system: .buildkite, jobs: try resolved())
    }

    private var file: ByteString { files.file }

    /// What the next step waits for.
    fileprivate struct Position {
        /// The jobs before the last `wait` or `block`.
        var needs: [String] = []
        /// Those since, which the next one will wait for.
        var running: [String] = []
        /// Why steps start although one before them failed.
        var startsRegardless: String?
        var maySkip: String?
    }

    private func fault(_ line: Int?, _ reason: String) -> PipelineError {
        PipelineError(file: file, line: line, reason: reason)
    }

    private mutating func read(_ root: YAMLNode, after start: Position) throws(PipelineError) {
        guard let steps = (root["steps"] ?? root).items else { throw fault(root.line, "it has no steps") }
        secrets.formUnion(Self.secrets(of: root["secrets"]))
        var position = start
        for step in steps { try read(step, &position) }
    }

    private mutating func read(
        _ step: YAMLNode, _ position: inout Position
    ) throws(PipelineError) {
        if let word = step.text {
            guard word == "wait" || word == "waiter" || word == "block" || word == "input" || word == "manual" else {
                throw fault(step.line, "the step '\(word)' is not known")
            }
            if word.hasPrefix("wait") || word == "block" || word == "manual" { position.pass() }
            return
        }
        if let steps = step["group"].map({ _ in step["steps"]?.items ?? [] }) {
            return try read(group: step, steps, &position)
        }
        if let wait = step["wait"] ?? step["waiter"] ?? (step.type == "wait" ? step : nil) {
            pass(step, &position)
            if Self.isTrue(step["continue_on_failure"] ?? wait["continue_on_failure"]) {
                position.startsRegardless = "wait with continue_on_failure: true"
            }
            return
        }
        if step["block"] != nil || step.type == "block" || step["manual"] != nil {
            return pass(step, &position)
        }
        if step["input"] != nil || step.type == "input" { return }
        try read(job: step, &position)
    }

    /// A `wait` or `block`, which others can name too.
    private mutating func pass(_ step: YAMLNode, _ position: inout Position) {
        position.pass()
        guard let key = step["key"]?.text else { return }
        // With needs of its own it holds back nothing that is known here.
        keys[key] = step["depends_on"] == nil ? position.needs : []
    }

    private mutating func read(
        group: YAMLNode, _ steps: [YAMLNode], _ position: inout Position
    ) throws(PipelineError) {
        var inner = position
        inner.running = []
        if let condition = group.condition { inner.maySkip = condition }
        let known = jobs.all.count
        for step in steps { try read(step, &inner) }
        let made = jobs.all.indices[known...]
        if let on = group["depends_on"] { dependencies += made.map { ($0, on.listed) } }
        if let key = group["key"]?.text { keys[key, default: []] += made.map { jobs.all[$0].name } }
        position.running += made.map { jobs.all[$0].name }
    }

    private mutating func read(
        job step: YAMLNode, _ position: inout Position
    ) throws(PipelineError) {
        guard let pairs = step.pairs else { throw fault(step.line, "a step is not understood") }
        let commands = (step["commands"] ?? step["command"] ?? step["script"])?.texts ?? []
        let title = ["label", "name", "key", "trigger"].lazy.compactMap { step.text($0) }.first ?? commands.first
        var job = PipelineJob(name: step.text("key") ?? title ?? "step", line: step.line)
        // Plugins bring code of their own, before and after the commands, which run one after another; the first that
        // fails ends the step.
        var plugins = JobStep()
        plugins.deploying = step.plugins.first(where: DeployingWords.occur).map { "the plugin '\($0)'" }
        let script = commands.joined(separator: "\n")
        try files.countStep(script, step.line)
        job.take((step.plugins.isEmpty ? [] : [plugins]) + [JobStep(.stopping(script))], environments: [])
        job.name = jobs.name(title ?? "step", at: step.line)
        job.needs = position.needs
        job.startsRegardless = position.startsRegardless
        job.maySkip = job.maySkip ?? step.condition ?? position.maySkip
        if step.softFails { job.mayFail = "soft_fail" }
        job.secrets = secrets.union(Self.secrets(of: step["secrets"]))
        if let trigger = step.text("trigger"), DeployingWords.occur(in: trigger) {
            job.deploys(by: "trigger: \(trigger)")
        }
        if Self.isTrue(step["allow_dependency_failure"]) { job.startsRegardless = "allow_dependency_failure: true" }
        try jobs.append(job, of: file)
        position.running.append(job.name)
        if let key = step["key"]?.text ?? step["id"]?.text ?? step["identifier"]?.text {
            keys[key, default: []].append(job.name)
        }
        if let on = pairs.first(where: { $0.key == "depends_on" })?.value {
            dependencies.append((jobs.all.count - 1, on.listed))
        }
        // Steps that a step uploads start after it.
        for upload in commands.flatMap(BuildkiteUpload.files) where known.insert(upload).inserted {
            guard let document = try files.document(at: upload) else { continue }
            var next = Position()
            next.needs = position.needs + [job.name]
            next.maySkip = job.maySkip
            try read(document, after: next)
        }
    }

    /// The jobs, with the names in `depends_on` found.
    private func resolved() throws(PipelineError) -> [PipelineJob] {
        var all = jobs.all
        for (place, nodes) in dependencies {
            // It replaces what the waits before the step demand; an empty one lets it start at once.
            all[place].needs = []
            for node in nodes where !node.isNull {
                guard let key = node.text ?? node["step"]?.text else {
                    throw fault(node.line, "what 'depends_on' names is not understood")
                }
                guard let found = keys[key] else { throw fault(node.line, "no step has the key '\(key)'") }
                all[place].needs += found
                if Self.isTrue(node["allow_failure"]) {
                    all[place].startsRegardless = "depends_on with allow_failure: true"
                }
            }
        }
        return all
    }

    private static func isTrue(_ node: YAMLNode?) -> Bool {
        // What is no boolean could be one once it is interpolated.
        node.map { $0.boolean(.words) != false && !$0.isNull } ?? false
    }

    /// Names, or variables with the names of the secrets that they get.
    private static func secrets(of node: YAMLNode?) -> [String] {
        node.map { $0.pairs?.map { $0.value.text ?? $0.key } ?? $0.texts } ?? []
    }
}

extension BuildkiteReader.Position {
    /// A step that waits for all before it.
    fileprivate mutating func pass() {
        needs += running
        running = []
        startsRegardless = nil
    }
}

extension YAMLNode {
    fileprivate var type: String? { self["type"]?.text }

    /// One value, or each of a sequence.
    fileprivate var listed: [YAMLNode] { items ?? [self] }

    /// Why a step can be left out while the build goes on.
    fileprivate var condition: String? {
        for key in ["if", "if_changed", "branches", "skip"] {
            guard let node = self[key], !node.isNull, node.boolean(.words) != false, node.text != "" else { continue }
            return "\(key): \(node.text ?? "…")"
        }
        return nil
    }

    /// `true`, or a list of exit statuses that do not count.
    fileprivate var softFails: Bool {
        guard let node = self["soft_fail"], !node.isNull else { return false }
        return node.boolean(.words) != false && node.items?.isEmpty != true
    }

    fileprivate var plugins: [String] {
        guard let node = self["plugins"] else { return [] }
        return (node.items ?? [node]).flatMap { item in item.pairs.map { $0.map(\.key) } ?? item.texts }
    }
}

/// The definitions that a command uploads to the build that it is part of.
enum BuildkiteUpload {
    static func files(_ command: String) -> [String] {
        ShellScript(command).commands.compactMap { command in
            let words = command.words
            guard words.count > 3, CommandWords.name(words[0]) == "buildkite-agent", words[1] == "pipeline",
                words[2] == "upload"
            else { return nil }
            return words.dropFirst(3).first { !$0.hasPrefix("-") && !$0.contains("$") }
        }
    }
}
