/// What a `condition:` of Azure's comes to: written out, it replaces the `succeeded()` that holds without one.
///
/// https://learn.microsoft.com/en-us/azure/devops/pipelines/process/conditions
struct AzureCondition {
    let regardless: String?
    /// Jobs or stages whose success it demands itself, by `eq(dependencies.name.result, 'Succeeded')`.
    let insists: Set<String>
    /// Why what it stands at may be left out although what came before succeeded.
    let skips: String?

    init(_ node: YAMLNode?) {
        let written = node.flatMap { $0.isNull ? nil : $0.text } ?? ""
        let conjuncts = Self.conjuncts(of: written.filter { !$0.isWhitespace }.lowercased(), depth: 0)
        let text = "condition: \(written)"
        let plain = conjuncts.count == 1 ? conjuncts[0] : ""
        regardless = written.isEmpty || conjuncts.contains("succeeded()") ? nil : text
        insists = Set(conjuncts.compactMap(Self.demanded))
        let always = ["", "succeeded()", "always()", "succeededorfailed()", "not(canceled())", "true"]
        skips = written.isEmpty || always.contains(plain) && conjuncts.count == 1 ? nil : text
    }

    /// The parts that must all hold.
    private static func conjuncts(of expression: String, depth: Int) -> [String] {
        guard depth < 16, let arguments = arguments(of: "and", in: expression) else { return [expression] }
        return arguments.flatMap { conjuncts(of: $0, depth: depth + 1) }
    }

    private static func arguments(of function: String, in expression: String) -> [String]? {
        guard expression.hasPrefix("\(function)("), expression.hasSuffix(")") else { return nil }
        var arguments: [String] = []
        var argument = ""
        var depth = 0
        var isQuoted = false
        for character in expression.dropFirst(function.count + 1).dropLast() {
            if character == "'" { isQuoted.toggle() }
            if !isQuoted, character == "(" { depth += 1 }
            if !isQuoted, character == ")" { depth -= 1 }
            // The bracket at the end closes another one.
            if depth < 0 { return nil }
            if character == ",", depth == 0, !isQuoted {
                arguments.append(argument)
                argument = ""
            } else {
                argument.append(character)
            }
        }
        return arguments + [argument]
    }

    /// In small letters, as Azure compares names without regard to case.
    private static func demanded(_ conjunct: String) -> String? {
        guard let sides = arguments(of: "eq", in: conjunct), sides.count == 2 else { return nil }
        let (one, two) = sides[0] == "'succeeded'" ? (sides[1], sides[0]) : (sides[0], sides[1])
        guard two == "'succeeded'", one.hasSuffix(".result"), one.hasPrefix("dependencies.") else { return nil }
        return String(one.dropFirst("dependencies.".count).dropLast(".result".count))
    }
}
