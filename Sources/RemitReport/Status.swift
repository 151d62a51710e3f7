package import RemitModel

/// How a process of Remit ends.
///
/// Scripts rely on these numbers.
package enum ExitStatus: Int32, Hashable, Sendable, CaseIterable {
    case allowed = 0
    case refused = 1
    /// Something could not be checked. A gate treats it as refused.
    case undecided = 2
    /// The command line was wrong (`EX_USAGE`).
    case usage = 64

    /// In monitor mode everything is let through, whatever was found.
    package init(_ decision: Decision) {
        self =
            switch decision.outcome {
            case .allowed: .allowed
            case .refused: decision.letsThrough ? .allowed : .refused
            case .undecided: decision.letsThrough ? .allowed : .undecided
            }
    }
}
