/// The secrets that expressions of GitHub's name.
enum GitHubSecrets {
    /// Those in `secrets.NAME` and `secrets['NAME']`, in capitals as GitHub keeps them; `*` for all of them at once.
    static func names(in texts: [String]) -> Set<String> {
        var names: Set<String> = []
        for text in texts where text.contains("${{") {
            var rest = text.lowercased()[...]
            var before: Character?
            while let range = rest.firstRange(of: "secrets") {
                let preceding = range.lowerBound > rest.startIndex ? rest[rest.index(before: range.lowerBound)] : before
                rest = rest[range.upperBound...]
                before = "s"
                if let preceding, preceding.isLetter || preceding.isNumber || "_.-".contains(preceding) { continue }
                if let name = name(&rest) { names.insert(name) }
            }
        }
        return names
    }

    private static let longestName = 256

    private static func name(_ rest: inout Substring) -> String? {
        guard let next = rest.first else { return nil }
        if next == "." {
            let name = rest.dropFirst().prefix(longestName).prefix {
                $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "*"
            }
            return name.isEmpty ? nil : name.uppercased()
        }
        if next == "[" {
            let name = rest.dropFirst().prefix(longestName).prefix { $0 != "]" }
            guard name.hasPrefix("'"), name.hasSuffix("'"), name.count > 2 else { return "*" }
            return name.dropFirst().dropLast().uppercased()
        }
        // `toJSON(secrets)` gives all of them.
        return next == ")" || next == "," ? "*" : nil
    }
}
