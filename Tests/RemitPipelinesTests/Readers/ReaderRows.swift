import RemitModel
import RemitPipelines
import Testing

/// What a reader must make of a definition.
struct ReaderRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// Other files of the tree.
    let files: [ByteString: String]
    let expected: [String]

    /// - Parameter expected: one line a job that deploys, as `standing(of:)` says it; or the fault alone.
    init(_ name: String, _ text: String, files: [ByteString: String] = [:], _ expected: String...) {
        testDescription = name
        self.text = text
        self.files = files
        self.expected = expected
    }

    func check(_ file: ByteString, _ system: CISystem) {
        #expect(standings(text, at: file, system, files: files) == expected)
    }
}

func readPipeline(
    _ text: String, at file: ByteString, _ system: CISystem, files: [ByteString: String] = [:]
) throws(PipelineError) -> Pipeline? {
    try PipelineDefinitions.pipeline(
        Array(text.utf8), file: file, system: system, lookup: { path in files[path].map { Array($0.utf8) } })
}

/// How each job that deploys stands, in a line.
func standings(
    _ text: String, at file: ByteString, _ system: CISystem, files: [ByteString: String] = [:]
) -> [String] {
    do throws(PipelineError) {
        return try readPipeline(text, at: file, system, files: files)?.guarding.map { job, guarding in
            switch guarding {
            case .guarded(let by): "\(job.name): behind \(by.joined(separator: ", "))"
            case .unguarded(let reason): "\(job.name): open, \(reason)"
            }
        } ?? ["not read"]
    } catch {
        return ["line \(error.line.map(String.init) ?? "-"): \(error.reason)"]
    }
}
