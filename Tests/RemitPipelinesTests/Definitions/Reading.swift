import RemitModel
import RemitPipelines

/// What the reader says of a definition, one line for each job that deploys.
enum Reading {
    static func pipeline(
        _ system: CISystem, _ text: String, _ files: [ByteString: String] = [:]
    ) throws(PipelineError) -> Pipeline? {
        try PipelineDefinitions.pipeline(Array(text.utf8), file: "f", system: system) { path in
            files[path].map { Array($0.utf8) }
        }
    }

    /// `job -> environment: behind gate` or `job -> environment: reason`, a `?` where no environment is named.
    static func verdict(_ system: CISystem, _ text: String, _ files: [ByteString: String] = [:]) -> [String] {
        do throws(PipelineError) {
            guard let pipeline = try pipeline(system, text, files) else { return ["not read"] }
            return pipeline.guarding.map { job, guarding in
                let environments = job.deployments.map { $0.environment ?? "?" }.joined(separator: ", ")
                switch guarding {
                case .guarded(let by): return "\(job.name) -> \(environments): behind \(by.joined(separator: ", "))"
                case .unguarded(let reason): return "\(job.name) -> \(environments): \(reason)"
                }
            }
        } catch {
            return [(error.line.map { "line \($0): " } ?? "") + error.reason]
        }
    }

    static func job(_ name: String, _ system: CISystem, _ text: String) throws -> PipelineJob? {
        try pipeline(system, text)?.jobs.first { $0.name == name }
    }
}
