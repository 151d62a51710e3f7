import RemitModel

extension PipelineJob {
    /// Adds a deployment that only a name tells, of a plugin or of what is started elsewhere.
    mutating func deploys(by evidence: String) {
        let deployment = Deployment(environment: nil, evidence: evidence)
        if !deployments.contains(deployment) { deployments.append(deployment) }
    }
}

/// The jobs of a definition that is being read, each with a name of its own.
struct PipelineJobs {
    private(set) var all: [PipelineJob] = []
    private var names: Set<String> = []

    /// A name that no other job has: the second of two that are called alike is told by its line.
    func name(_ name: String, at line: Int) -> String {
        names.contains(name) ? "\(name) (line \(line))" : name
    }

    mutating func append(_ job: PipelineJob, of file: ByteString) throws(PipelineError) {
        guard all.count < DefinitionFiles.jobsAtMost else {
            throw PipelineError(
                file: file, line: job.line, reason: "it has more than \(DefinitionFiles.jobsAtMost) jobs")
        }
        guard names.insert(job.name).inserted else {
            throw PipelineError(file: file, line: job.line, reason: "two jobs are called '\(job.name)'")
        }
        all.append(job)
    }
}

extension ByteString {
    /// The path of a file in the same directory.
    func beside(_ name: String) -> String {
        let directory = bytes[..<((bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)]
        return String(decoding: directory, as: UTF8.self) + name
    }
}
