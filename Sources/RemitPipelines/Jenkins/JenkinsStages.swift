import RemitModel

/// The stages of a declared pipeline as jobs, each waiting for all that stand before it.
struct JenkinsStages {
    private let file: ByteString
    private(set) var jobs: [PipelineJob] = []

    init(file: ByteString) {
        self.file = file
    }

    /// What a stage has from those around it.
    private struct Surroundings {
        var path: [String] = []
        var maySkip: String?
        var secrets: Set<String> = []
        /// The jobs that must have ended.
        var needs: [String] = []
    }

    private func fault(_ line: Int, _ reason: String) -> PipelineError {
        PipelineError(file: file, line: line, reason: reason)
    }

    private static let sections: Set<String> = [
        "agent", "environment", "options", "parameters", "triggers", "tools", "libraries", "stages", "post",
    ]
    private static let stageSections: Set<String> = [
        "agent", "environment", "options", "tools", "input", "when", "steps", "stages", "parallel", "matrix",
        "failFast", "post", "axes", "excludes",
    ]

    mutating func read(pipeline: GroovyBlock) throws(PipelineError) {
        var around = Surroundings()
        for section in pipeline.statements {
            guard let name = section.name, Self.sections.contains(name) else {
                throw fault(section.line, "'pipeline' holds something other than its sections")
            }
            if name == "environment" { around.secrets.formUnion(JenkinsSteps.credentials(in: section)) }
        }
        for section in pipeline.statements where section.name == "stages" {
            try read(stages: section, around)
        }
        around.needs = jobs.map(\.name)
        for section in pipeline.statements where section.name == "post" { try read(post: section, around) }
    }

    /// Stages in a row: each waits for those before it.
    private mutating func read(
        stages: GroovyBlock.Statement, _ around: Surroundings
    ) throws(PipelineError) {
        var around = around
        for statement in try stagesIn(stages) {
            let known = jobs.count
            try read(stage: statement, around)
            around.needs += jobs[known...].map(\.name)
        }
    }

    private func stagesIn(_ section: GroovyBlock.Statement) throws(PipelineError) -> [GroovyBlock.Statement] {
        let statements = section.body?.statements ?? []
        for statement in statements where statement.name != "stage" {
            throw fault(statement.line, "'\(section.name ?? "stages")' holds something other than stages")
        }
        return statements
    }

    private mutating func read(
        stage: GroovyBlock.Statement, _ around: Surroundings
    ) throws(PipelineError) {
        guard let name = stage.words.dropFirst().lazy.compactMap(\.string).first, stage.words.count <= 4,
            let body = stage.body
        else { throw fault(stage.line, "a stage has no plain name") }
        var inner = around
        inner.path.append(name)
        try read(body, of: stage, inner)
    }

    /// What stands in a stage, or in a `matrix`, which is one stage many times over.
    private mutating func read(
        _ body: GroovyBlock, of stage: GroovyBlock.Statement, _ around: Surroundings
    ) throws(PipelineError) {
        var around = around
        for section in body.statements {
            guard let name = section.name, Self.stageSections.contains(name) else {
                throw fault(section.line, "a stage holds something other than its sections")
            }
            if name == "environment" { around.secrets.formUnion(JenkinsSteps.credentials(in: section)) }
            if name == "when" { around.maySkip = "when { … }" }
        }
        let known = jobs.count
        for section in body.statements {
            switch section.name {
            case "steps": try add(section, of: stage, around)
            case "stages": try read(stages: section, around)
            case "parallel":
                // None waits for another.
                for branch in try stagesIn(section) { try read(stage: branch, around) }
            case "matrix": if let matrix = section.body { try read(matrix, of: stage, around) }
            default: continue
            }
        }
        around.needs += jobs[known...].map(\.name)
        for section in body.statements where section.name == "post" { try read(post: section, around) }
    }

    private mutating func add(
        _ steps: GroovyBlock.Statement, of stage: GroovyBlock.Statement, _ around: Surroundings
    ) throws(PipelineError) {
        var job = PipelineJob(name: around.path.last ?? "", line: stage.line)
        job.secrets = around.secrets
        JenkinsSteps(steps).describe(&job)
        job.name = around.path.joined(separator: " / ")
        job.needs = around.needs
        job.maySkip = job.maySkip ?? around.maySkip
        try append(job)
    }

    /// What runs after the stages; `success` alone waits for theirs.
    private mutating func read(
        post: GroovyBlock.Statement, _ around: Surroundings
    ) throws(PipelineError) {
        for condition in post.body?.statements ?? [] {
            guard let name = condition.name, condition.body != nil else {
                throw fault(condition.line, "'post' holds something other than its conditions")
            }
            var job = PipelineJob(name: "post", line: condition.line)
            job.secrets = around.secrets
            JenkinsSteps(condition).describe(&job)
            job.name = (around.path + ["post \(name)"]).joined(separator: " / ")
            job.needs = around.needs
            if name != "success" { job.startsRegardless = "post { \(name) }" }
            // Telling somebody is what most of them do.
            if !job.deployments.isEmpty || !job.gates.isEmpty { try append(job) }
        }
    }

    private mutating func append(_ job: PipelineJob) throws(PipelineError) {
        guard !jobs.contains(where: { $0.name == job.name }) else {
            throw fault(job.line, "two stages are called '\(job.name)'")
        }
        guard jobs.count < JenkinsfileReader.stagesAtMost else {
            throw fault(job.line, "it declares more than \(JenkinsfileReader.stagesAtMost) stages")
        }
        jobs.append(job)
    }
}
