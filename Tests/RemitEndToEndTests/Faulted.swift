import RemitEvidence
import RemitTestSupport
import Testing

/// A push that met a fault.
struct Faulted {
    let step: Int
    let at: FaultInjection.Step
    let output: Output
    let hasLanded: Bool
    let state: LedgerState

    var place: Comment { "step \(step), \(at.words)" }
    /// The decision that the pusher was told of.
    var answered: Int64? { Self.number(after: "remit: decision ", in: output.errorText) }

    static func number(after words: String, in text: String) -> Int64? {
        guard let range = text.firstRange(of: words) else { return nil }
        return Int64(text[range.upperBound...].prefix { $0.isNumber })
    }
}

/// What the tests print.
struct Figures {
    var pushes = 0
    var answered = 0
    var landed = 0
    var recorded = 0
    var steps: [String: Int] = [:]

    mutating func add(_ faulted: Faulted, of scene: CrashScene) {
        pushes += 1
        answered += faulted.answered == nil ? 0 : 1
        landed += faulted.hasLanded ? 1 : 0
        recorded += faulted.state.history.decisions > 1 ? 1 : 0
        steps[faulted.at.words, default: 0] += 1
    }

    var text: String {
        let points = steps.sorted { $0.key < $1.key }.map { "\($0.key) ×\($0.value)" }.joined(separator: ", ")
        return "\(pushes) pushes, \(answered) answered, \(landed) landed, \(recorded) with a decision; at \(points)"
    }
}
