package import RemitModel

/// What was judged, as far as the answer's first line and the advice differ.
package enum Occasion: Sendable, CaseIterable {
    case push
    case merge
    case deployment
    /// A person or agent tries before pushing.
    case check

    /// What a recorded decision was about.
    package init(_ submission: Submission) {
        self =
            switch submission {
            case .push: .push
            case .merge: .merge
            case .deployment: .deployment
            }
    }

    /// Whether a CI job asks, which nobody can push anything to.
    var isPipeline: Bool {
        switch self {
        case .merge, .deployment: true
        case .push, .check: false
        }
    }

    var refused: SafeText {
        switch self {
        case .push: "refused: nothing of this push was accepted"
        case .merge: "refused: this merge must not happen"
        case .deployment: "refused: this deployment must not happen"
        case .check: "refused: a push of this would not be accepted"
        }
    }

    var undecided: SafeText {
        switch self {
        case .push: "undecided: this push could not be checked, nothing of it was accepted"
        case .merge: "undecided: this merge could not be checked, it must not happen"
        case .deployment: "undecided: this deployment could not be checked, it must not happen"
        case .check: "undecided: this could not be checked"
        }
    }

    var refusedInMonitorMode: SafeText { "monitor: would have refused \(name)" }
    var undecidedInMonitorMode: SafeText { "monitor: could not check \(name) and would not have accepted it" }

    private var name: SafeText {
        switch self {
        case .push: "this push"
        case .merge: "this merge"
        case .deployment: "this deployment"
        case .check: "a push of this"
        }
    }
}
