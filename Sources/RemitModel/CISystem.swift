/// The system that runs a CI job, by the word that names it in options and records.
package enum CISystem: String, Hashable, Sendable, CaseIterable {
    case github
    case gitlab
    case jenkins
    case buildkite
    case circleci
    case azure
    case bitbucket
    case gitea
    case forgejo
    case woodpecker
    case tekton
    /// Anything else: what it knows is said by options.
    case generic
}
