/// What an `if:` of GitHub's comes to.
///
/// Without a status function it means `success() && …`; with one, nothing is implied.
/// https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#status-check-functions
struct GitHubCondition {
    /// As it is written; `nil` where there is none, or one that always holds.
    let text: String?
    /// Why what it stands at starts whether or not what came before succeeded.
    let regardless: String?
    /// The jobs whose success it demands itself.
    let insists: Set<String>

    init(_ node: YAMLNode?) {
        let written = node.flatMap { $0.isNull ? nil : $0.text }?.trimmed ?? ""
        let inner = Self.unwrapped(written)
        let isOneExpression = inner != nil || !written.contains("${{")
        let expression = inner ?? written
        let conjuncts = isOneExpression ? Self.conjuncts(of: expression) : []
        let plain = expression.filter { !$0.isWhitespace }.lowercased()
        let hasStatus = ["always(", "failure(", "cancelled(", "success("].contains { plain.contains($0) }
        let demandsSuccess = conjuncts.contains { $0.lowercased() == "success()" }
        text = ["", "true", "success()"].contains(plain) ? nil : "if: \(written)"
        regardless = hasStatus && !demandsSuccess ? "if: \(written)" : nil
        insists = Set(conjuncts.compactMap(Self.demanded))
    }

    /// Whether a step with it could be left out although what came before succeeded.
    var canSkip: Bool {
        guard let text else { return false }
        let plain = text.dropFirst(4).filter { !$0.isWhitespace && !"${}".contains($0) }.lowercased()
        return !["always()", "!cancelled()", "success()||failure()"].contains(plain)
    }

    /// What stands in `${{ }}` when that is all there is.
    private static func unwrapped(_ text: String) -> String? {
        guard text.hasPrefix("${{"), text.hasSuffix("}}") else { return nil }
        let inner = String(text.dropFirst(3).dropLast(2))
        return inner.contains("${{") || inner.contains("}}") ? nil : inner.trimmed
    }

    /// The parts that must all hold, without spaces; none where an `||` stands beside them.
    private static func conjuncts(of expression: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var depth = 0
        var isQuoted = false
        for character in expression {
            if character == "'" { isQuoted.toggle() }
            if isQuoted || !character.isWhitespace { part.append(character) }
            guard !isQuoted else { continue }
            if character == "(" || character == "[" { depth += 1 }
            if character == ")" || character == "]" { depth -= 1 }
            guard depth == 0 else { continue }
            if part.hasSuffix("||") { return [] }
            if part.hasSuffix("&&") {
                parts.append(String(part.dropLast(2)))
                part = ""
            }
        }
        return parts + [part]
    }

    /// The job in `needs.job.result == 'success'`.
    private static func demanded(_ conjunct: String) -> String? {
        var sides = conjunct.components(separatedBy: "==")
        guard sides.count == 2 else { return nil }
        if sides[0] == "'success'" { sides.swapAt(0, 1) }
        guard sides[1] == "'success'", sides[0].hasSuffix(".result") else { return nil }
        let job = sides[0].dropLast(".result".count)
        if job.hasPrefix("needs['"), job.hasSuffix("']") { return String(job.dropFirst(7).dropLast(2)) }
        guard job.hasPrefix("needs.") else { return nil }
        let name = job.dropFirst("needs.".count)
        return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" } ? String(name) : nil
    }
}

extension String {
    /// The parts between a separator of more than one character.
    func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
