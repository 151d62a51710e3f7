import RemitEvidence
import RemitReport

/// What `remit log erase` would do or has done, in lines and as JSON.
struct ErasureSheet {
    static let schema = "erasure-plan/v1"
    private static let lineAtMost = 4096
    /// More ranges than this are summed up.
    private static let rangesShown = 20

    let plan: ErasurePlan
    /// `nil` before it is done.
    var done: (entry: Int64, erasure: Erasure)?
    /// Inputs that still hold a name that was looked for, by that name.
    var remaining: [(name: String, inputs: Int)] = []

    /// Entries by their numbers: "entry 3", "entries 3 to 5, 7".
    static func words(_ ranges: [ClosedRange<Int64>]) -> String {
        let count = ranges.reduce(0) { $0 + $1.count }
        let shown = ranges.prefix(rangesShown).map { range in
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
        }
        let more = ranges.count > rangesShown ? " and more" : ""
        return "\(count == 1 ? "entry" : "entries") \(shown.joined(separator: ", "))\(more)"
    }

    var text: String {
        var lines: [String] = []
        if let done {
            lines.append("erased \(Self.words(plan.entries)); entry \(done.entry) tells so")
            lines.append("\(done.erasure.deleted) inputs deleted, \(done.erasure.kept) kept for other entries")
        } else {
            lines.append("would erase \(Self.words(plan.entries))")
            lines.append("\(plan.inputs.count) inputs would go, \(plan.kept) stay for other entries")
        }
        for (name, inputs) in remaining where inputs > 0 {
            lines.append("'\(name)' still stands in \(inputs) inputs that other entries rest on")
        }
        return lines.map { Escaping.text(Array($0.utf8), limit: Self.lineAtMost) + "\n" }.joined()
    }

    var json: JSONText {
        .object([
            ("schema", .string(Self.schema)),
            ("entry", done.map { .integer(Int($0.entry)) } ?? .null),
            (
                "entries",
                .array(plan.entries.map { .array([.integer(Int($0.lowerBound)), .integer(Int($0.upperBound))]) })
            ),
            ("deleted", .integer(done?.erasure.deleted ?? plan.inputs.count)),
            ("kept", .integer(done?.erasure.kept ?? plan.kept)),
            (
                "remaining",
                .array(remaining.map { .object([("name", .string($0.name)), ("inputs", .integer($0.inputs))]) })
            ),
        ])
    }
}
