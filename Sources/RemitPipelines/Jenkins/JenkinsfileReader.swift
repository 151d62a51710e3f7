import RemitModel

/// Reads a Jenkinsfile by its declared stages (https://www.jenkins.io/doc/book/pipeline/syntax/).
///
/// Stages run in their order, and a failed one ends the run unless the definition catches its failure. A scripted
/// pipeline, or Groovy beside the declared one, can do anything in any order: it cannot be read.
enum JenkinsfileReader {
    static let stagesAtMost = 256

    static func read(_ bytes: [UInt8], file: ByteString) throws(PipelineError) -> Pipeline {
        let whole = try GroovyBlock.parse(GroovyScanner.tokens(of: bytes, file: file), file: file)
        var body: GroovyBlock?
        for statement in whole.statements where !isHarmless(statement) {
            guard statement.name == "pipeline", statement.words.count == 1, let block = statement.body, body == nil
            else {
                throw PipelineError(
                    file: file, line: statement.line,
                    reason: "it holds Groovy outside of one declared pipeline, which can do anything")
            }
            body = block
        }
        guard let body else { throw PipelineError(file: file, line: nil, reason: "it declares no pipeline") }
        var stages = JenkinsStages(file: file)
        try stages.read(pipeline: body)
        return Pipeline(file: file, system: .jenkins, jobs: stages.jobs)
    }

    /// What only names a library or a class.
    private static func isHarmless(_ statement: GroovyBlock.Statement) -> Bool {
        guard statement.body == nil, let first = statement.words.first else { return false }
        return first.isSymbol("@") && statement.words.dropFirst().first?.word == "Library" || first.word == "import"
    }
}
