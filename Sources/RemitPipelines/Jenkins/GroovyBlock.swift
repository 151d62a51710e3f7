import RemitModel

/// What stands in a Jenkinsfile at one level: words up to a line's end, with the blocks between braces among them.
struct GroovyBlock: Hashable, Sendable {
    /// How deep blocks may stand in each other.
    static let depthAtMost = 64

    /// One statement: its words, and what its last braces hold.
    struct Statement: Hashable, Sendable {
        let words: [GroovyToken]
        /// `nil` for a statement without braces.
        let body: GroovyBlock?
        let line: Int

        /// The first word, by which steps and sections are known.
        var name: String? { words.first?.word }

        /// Everything that the statement and its blocks say.
        var allWords: [GroovyToken] { words + (body?.statements.flatMap(\.allWords) ?? []) }

        /// The value of a named argument that is a plain string: `script: 'make'`.
        func argument(_ name: String) -> String? { value(of: name)?.string }

        /// Whether a named argument is said to be true.
        func isTrue(_ name: String) -> Bool { value(of: name)?.word == "true" }

        func isFalse(_ name: String) -> Bool { value(of: name)?.word == "false" }

        func has(_ name: String) -> Bool { value(of: name) != nil }

        /// The statement cut before each of some words that does not begin it: `def code = sh(…)` holds a step too.
        func parts(at names: Set<String>) -> [Statement] {
            let cuts = words.indices.dropFirst().filter { words[$0].word.map(names.contains) == true }
            guard !cuts.isEmpty else { return [self] }
            return zip([0] + cuts, cuts + [words.count]).map { start, end in
                Statement(words: Array(words[start..<end]), body: nil, line: words[start].line)
            }
        }

        private func value(of name: String) -> GroovyToken? {
            guard
                let place = words.indices.dropLast(2).first(where: {
                    words[$0].word == name && words[$0 + 1].isSymbol(":")
                })
            else { return nil }
            return words[place + 2]
        }
    }

    let statements: [Statement]

    static func parse(_ tokens: [GroovyToken], file: ByteString) throws(PipelineError) -> GroovyBlock {
        var rest = tokens[...]
        let block = try parse(&rest, file: file, depth: 0)
        if let left = rest.first { throw PipelineError(file: file, line: left.line, reason: "a '}' has no '{'") }
        return block
    }

    private static func parse(
        _ rest: inout ArraySlice<GroovyToken>, file: ByteString, depth: Int
    ) throws(PipelineError) -> GroovyBlock {
        func fault(_ line: Int, _ reason: String) -> PipelineError {
            PipelineError(file: file, line: line, reason: reason)
        }
        var statements: [Statement] = []
        var words: [GroovyToken] = []
        // Within parentheses and brackets a line's end ends nothing.
        var open: [GroovyToken] = []
        func finish(_ body: GroovyBlock? = nil) {
            guard let first = words.first else { return }
            statements.append(Statement(words: words, body: body, line: first.line))
            words = []
        }
        while let token = rest.first, !token.isSymbol("}") {
            rest.removeFirst()
            if token.isSymbol("{") {
                guard depth < depthAtMost else {
                    throw fault(token.line, "its blocks stand more than \(depthAtMost) deep within each other")
                }
                guard !words.isEmpty else { throw fault(token.line, "a '{' stands alone") }
                let body = try parse(&rest, file: file, depth: depth + 1)
                guard let closing = rest.popFirst(), closing.isSymbol("}") else {
                    throw fault(token.line, "a '{' has no '}'")
                }
                guard open.isEmpty else {
                    // A closure among arguments: what it says belongs to the statement.
                    words += body.statements.flatMap(\.allWords)
                    continue
                }
                finish(body)
            } else if case .end = token.kind {
                if open.isEmpty { finish() }
            } else {
                if token.isSymbol("(") || token.isSymbol("[") { open.append(token) }
                if token.isSymbol(")") || token.isSymbol("]") {
                    guard let opening = open.popLast(), opening.isSymbol("(") == token.isSymbol(")") else {
                        throw fault(token.line, "a bracket is closed that was not opened")
                    }
                }
                words.append(token)
            }
        }
        if let left = open.last { throw fault(left.line, "a bracket is not closed") }
        finish()
        return GroovyBlock(statements: statements)
    }
}
