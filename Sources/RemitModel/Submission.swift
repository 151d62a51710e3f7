/// What is judged.
package enum Submission: Hashable, Sendable {
    /// Ref updates that git is about to make.
    case push
    /// Commits that would land on a ref, judged in a CI job.
    case merge
    /// Commits that would reach an environment, judged in a CI job.
    case deployment(environment: String)

    package var environment: String? {
        if case .deployment(let environment) = self { environment } else { nil }
    }

    /// What it is called.
    package var word: String {
        switch self {
        case .push: "push"
        case .merge: "merge"
        case .deployment: "deployment"
        }
    }

    package var isDeployment: Bool { environment != nil }
}
