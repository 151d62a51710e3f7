/// What names stand for where a step of GitHub's runs, as far as the definition itself says.
struct GitHubValues {
    /// Of the workflow, the job and the step, the nearest last.
    private(set) var environments: [[String: String]] = []
    /// Of the action or workflow that is being read, as its caller gives them; `nil` at the top, where a run does.
    var inputs: [String: String]?
    /// Keys of the matrix whose values are all written down.
    var matrix: [String: [String]] = [:]

    mutating func add(environment node: YAMLNode?) {
        guard let entries = node?.textEntries, !entries.isEmpty else { return }
        environments.append(entries.mapValues(substituted))
    }

    private func variable(_ name: String) -> String? {
        environments.reversed().lazy.compactMap { $0[name] }.first
    }

    /// Those that a step of a local action has: the variables and the matrix of its job, with inputs of its own.
    func inside(inputs: [String: String]) -> GitHubValues {
        var inner = self
        inner.inputs = inputs
        return inner
    }

    /// The values that a text of a definition, or a word of a script, may have.
    func values(of word: String) -> [String] {
        var text = word
        if let name = Self.variable(in: text), let value = variable(name) { text = value }
        text = substituted(text)
        if let key = Self.reference(in: text), key.hasPrefix("env."), let value = variable(String(key.dropFirst(4))) {
            text = substituted(value)
        }
        guard let key = Self.reference(in: text) else { return [text] }
        if key.hasPrefix("matrix."), let values = matrix[String(key.dropFirst(7))] { return values }
        return ["${{ \(key) }}"]
    }

    /// With the caller's inputs put in the place of `${{ inputs.name }}`, where the text is just that.
    func substituted(_ text: String) -> String {
        guard let inputs, let key = Self.reference(in: text), key.hasPrefix("inputs.") else { return text }
        return inputs[String(key.dropFirst(7))] ?? ""
    }

    /// The name in `$NAME` or `${NAME}`.
    private static func variable(in word: String) -> String? {
        guard word.hasPrefix("$") else { return nil }
        var name = word.dropFirst()
        if name.hasPrefix("{"), name.hasSuffix("}") { name = name.dropFirst().dropLast() }
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
            return nil
        }
        return String(name)
    }

    /// The name in `${{ context.name }}`.
    private static func reference(in text: String) -> String? {
        guard text.hasPrefix("${{"), text.hasSuffix("}}") else { return nil }
        let key = String(text.dropFirst(3).dropLast(2)).trimmed
        return key.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) } ? key : nil
    }

    /// Of one key of a matrix; more stay an expression, which names no environment.
    static let valuesAtMost = 32

    /// The keys of a `strategy.matrix` whose values are written down, where nothing is included or left out.
    static func matrix(of strategy: YAMLNode?) -> [String: [String]] {
        guard let pairs = strategy?["matrix"]?.pairs,
            !pairs.contains(where: { $0.key == "include" || $0.key == "exclude" })
        else { return [:] }
        var matrix: [String: [String]] = [:]
        for pair in pairs {
            guard let items = pair.value.items, (1...valuesAtMost).contains(items.count),
                items.count == pair.value.texts.count,
                !pair.value.texts.contains(where: { $0.contains("${{") })
            else { continue }
            matrix[pair.key] = pair.value.texts
        }
        return matrix
    }
}
