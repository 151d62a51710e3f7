import RemitGate
import RemitGit
import RemitModel
import RemitPipelines
import RemitReport

/// One look at the definitions of a commit, alone or against another's.
struct PipelineScan {
    struct Result {
        let text: String
        let json: [UInt8]
        let status: ExitStatus
    }

    private let commit: ObjectID
    private let before: ObjectID?

    init(_ commit: ObjectID, against before: ObjectID?) {
        self.commit = commit
        self.before = before
    }

    func run() throws(AppError) -> Result {
        do throws(GitError) {
            let reader = GitReader(try Repository(at: RepositoryLocation.discover(from: ".")))
            let pipelines = PipelineReading(reader)
            let definitions = try pipelines.definitions(in: reader.repository.tree(of: commit))
            guard let before else { return standing(of: definitions) }
            let known = try pipelines.definitions(in: reader.repository.tree(of: before))
            return difference(PipelineChange.changes(from: known, to: definitions))
        } catch {
            throw AppError("the repository cannot be read: \(error.reason)", status: .undecided)
        }
    }

    private func standing(of definitions: [Definition]) -> Result {
        let sheet = PipelineSheet(definitions.map(PipelineSheet.Definition.init))
        let isUnreadable = definitions.contains { $0.pipeline == nil }
        let isOpen = definitions.compactMap(\.pipeline).flatMap(\.guarding).contains { _, guarding in
            if case .unguarded = guarding { true } else { false }
        }
        return Result(
            text: sheet.text, json: sheet.json, status: isUnreadable ? .undecided : isOpen ? .refused : .allowed)
    }

    /// What an agent that made the change would be told.
    private func difference(_ changes: [PipelineChange]) -> Result {
        let findings = changes.map { change in
            Finding(
                change.kind == .unguarded ? .pipelineUnguarded : .pipelineChanged, path: change.path,
                facts: .init(reason: change.reason, pipelineJob: change.job, line: change.line))
        }
        let isUnreadable = changes.contains { $0.kind == .unreadable }
        return Result(
            text: changes.isEmpty
                ? "no way round a gate is opened\n" : TextReport().text(of: findings),
            json: PipelineSheet.json(of: changes),
            status: changes.isEmpty ? .allowed : isUnreadable ? .undecided : .refused)
    }
}

extension PipelineSheet.Definition {
    fileprivate init(_ definition: Definition) {
        switch definition.content {
        case .unreadable(let error):
            self.init(file: definition.file, system: nil, jobs: [], fault: error.reason, faultLine: error.line)
        case .pipeline(let pipeline):
            var guarding: [PipelineJob: Guarding] = [:]
            for (job, standing) in pipeline.guarding { guarding[job] = standing }
            self.init(
                file: definition.file, system: pipeline.system,
                jobs: pipeline.jobs.map { PipelineSheet.Job($0, guarding[$0]) })
        }
    }
}

extension PipelineSheet.Job {
    fileprivate init(_ job: PipelineJob, _ guarding: Guarding?) {
        let standing: PipelineSheet.Standing
        switch guarding {
        case .unguarded(let reason): standing = .unguarded(because: reason)
        case .guarded(let by): standing = .guarded(by: by.joined(separator: ", "))
        case nil:
            standing =
                job.gates.isEmpty
                ? .bystander
                : .gate(
                    of: job.gates.map(Self.words).joined(separator: " and "),
                    fault: job.mayFail ?? job.maySkip ?? job.mayBeAbsent)
        }
        self.init(
            name: job.name, line: job.line, standing: standing,
            deployments: job.deployments.map { ($0.environment, $0.evidence) },
            permissions: job.permissions.sorted(), secrets: job.secrets.sorted())
    }

    private static func words(_ gate: PipelineJob.Gate) -> String {
        switch gate {
        case .merge: "merges"
        case .deployment(let environment?): "deployments to \(environment)"
        case .deployment(nil): "deployments"
        }
    }
}
