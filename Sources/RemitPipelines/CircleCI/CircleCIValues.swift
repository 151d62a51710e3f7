/// What `<< parameters.name >>` and variables stand for, as far as the definition says it.
///
/// https://circleci.com/docs/reusing-config/
struct CircleCIValues {
    var parameters: [String: String] = [:]
    var environments: [[String: String]] = []

    init() {}

    /// Those of a job or a command, as it is called.
    init(of node: YAMLNode?, given: YAMLNode?, _ outer: CircleCIValues) {
        for pair in node?["parameters"]?.pairs ?? [] { parameters[pair.key] = pair.value.text("default") }
        for (name, value) in given?.textEntries ?? [:]
        where parameters[name] != nil || node?["parameters"]?[name] != nil {
            parameters[name] = outer.substituted(value)
        }
        environments = outer.environments
    }

    mutating func add(environment node: YAMLNode?) {
        guard let entries = node?.textEntries, !entries.isEmpty else { return }
        environments.append(entries.mapValues(substituted))
    }

    /// What values may add to a text, 64 KiB: each can be said over and over in it.
    private static let additionsAtMost = 64 << 10

    /// With every `<< parameters.name >>` replaced; what has no value stays as it is written.
    func substituted(_ text: String) -> String {
        guard text.contains("<<") else { return text }
        var result = ""
        var rest = text[...]
        var additions = 0
        while let open = rest.firstRange(of: "<<") {
            result += rest[..<open.lowerBound]
            rest = rest[open.lowerBound...]
            guard let close = rest.firstRange(of: ">>") else { break }
            let key = String(rest[rest.index(rest.startIndex, offsetBy: 2)..<close.lowerBound]).trimmed
            if key.hasPrefix("parameters."), let value = parameters[String(key.dropFirst(11))],
                additions + value.utf8.count <= Self.additionsAtMost
            {
                additions += value.utf8.count
                result += value
            } else {
                result += rest[..<close.upperBound]
            }
            rest = rest[close.upperBound...]
        }
        return result + rest
    }

    /// The value of a word of a script that is one variable.
    func resolved(_ word: String) -> String {
        guard word.hasPrefix("$") else { return word }
        let name = word.filter { !"${}".contains($0) }
        return environments.reversed().lazy.compactMap { $0[name] }.first ?? word
    }
}
