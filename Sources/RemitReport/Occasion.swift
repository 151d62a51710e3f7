package import RemitModel

/// What was judged, as far as the answer's first line and the advice differ.
package enum Occasion: Sendable, CaseIterable {
    case push
    /// One ref of a push, where a server asks about each by itself.
    case update
    /// A reviewed change that a person has told the server to bring to its branch.
    case submission
    case merge
    case deployment
    /// A person or agent tries before pushing.
    case check
    /// The same, before the commit is made.
    case message

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
        case .push, .update, .submission, .check, .message: false
        }
    }

    /// The word for it where a system wants a name.
    var word: SafeText {
        switch self {
        case .push: "push"
        case .update: "update"
        case .submission: "submission"
        case .merge: "merge"
        case .deployment: "deployment"
        case .check: "check"
        case .message: "message"
        }
    }

    private var refused: SafeText {
        switch self {
        case .push: "refused: nothing of this push was accepted"
        case .update: "refused: this ref was not moved"
        case .submission: "refused: this change was not submitted"
        case .merge: "refused: this merge must not happen"
        case .deployment: "refused: this deployment must not happen"
        case .check: "refused: a push of this would not be accepted"
        case .message: "refused: a commit with this message would not be accepted"
        }
    }

    private var undecided: SafeText {
        switch self {
        case .push: "undecided: this push could not be checked, nothing of it was accepted"
        case .update: "undecided: this ref could not be checked, it was not moved"
        case .submission: "undecided: this change could not be checked, it was not submitted"
        case .merge: "undecided: this merge could not be checked, it must not happen"
        case .deployment: "undecided: this deployment could not be checked, it must not happen"
        case .check: "undecided: this could not be checked"
        case .message: "undecided: this message could not be checked"
        }
    }

    private var refusedInMonitorMode: SafeText { "monitor: would have refused \(name)" }
    private var undecidedInMonitorMode: SafeText { "monitor: could not check \(name) and would not have accepted it" }

    /// How the decision ended, as the first line says it; of an allowed one, what it stands on.
    ///
    /// Empty where no agent was seen: people who push their own work hear nothing.
    func opening(of decision: Decision) -> [SafeText] {
        switch (decision.outcome, decision.letsThrough) {
        case (.allowed, _):
            let overrides = OverrideLines.lines(of: decision.overrides)
            if let environment = decision.submission.environment {
                return overrides + DeploymentLines.lines(of: decision, to: environment)
            }
            return overrides + [AllowedLine.text(of: decision)].compactMap { $0 } + LandingLines.lines(of: decision)
        case (.refused, false): return [refused]
        case (.undecided, false): return [undecided]
        case (.refused, true): return [refusedInMonitorMode]
        case (.undecided, true): return [undecidedInMonitorMode]
        }
    }

    private var name: SafeText {
        switch self {
        case .push: "this push"
        case .update: "this update"
        case .submission: "this submission"
        case .merge: "this merge"
        case .deployment: "this deployment"
        case .check: "a push of this"
        case .message: "a commit with this message"
        }
    }
}
