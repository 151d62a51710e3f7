package import RemitModel

/// Clauses as `[[grant]]` tables, to be pasted into a record or given to `remit grant --grants`.
///
/// A record writes every character itself, never as an escape; so what a terminal must not be sent cannot be shown
/// there.
package struct GrantClauses: Sendable {
    package let lines: [String]
    /// Whether nothing in them would have to be escaped for a terminal or a CI log.
    package let isShowable: Bool

    package init(_ grants: [Grant]) {
        lines = grants.flatMap(Self.lines)
        isShowable = lines.allSatisfy { line in
            Array(Escaping.text(Array(line.utf8), limit: .max).utf8) == Array(line.utf8)
        }
    }

    package var text: String { lines.map { $0 + "\n" }.joined() }

    private static func lines(of grant: Grant) -> [String] {
        var lines = ["[[grant]]", "repository = \(string(grant.repository))"]
        func add(_ key: String, _ values: [String]) {
            guard !values.isEmpty else { return }
            lines.append("\(key) = [\(values.map(string).joined(separator: ", "))]")
        }
        add("refs", grant.refs.map(\.description))
        add("merge_into", grant.mergeInto.map(\.description))
        add("paths", grant.paths.patterns.map(\.description))
        add("except", grant.paths.except.map(\.description))
        add("operations", Operation.allCases.filter(grant.operations.contains).map(\.rawValue))
        add("environments", grant.environments.sorted())
        return lines
    }

    private static func string(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
