package import RemitModel

/// What one CI system tells a job, and the settings of it that a person may have to know.
struct CIHost: Sendable {
    /// Whether the variables are there by which this system is known.
    let isMarked: @Sendable (Environment) -> Bool
    /// The setting that gives a job all of the history, in that system's own words.
    let fullClone: String
    /// The variable in which the system hands the job a token; `nil` where the job must ask for one.
    var tokenVariable: ByteString?
    /// Fills what the system says of the job.
    let read: @Sendable (JobClaims, inout Job) throws(InvocationError) -> Void
}

extension CISystem {
    var host: CIHost? {
        switch self {
        case .github: .github
        case .gitlab: .gitlab
        case .jenkins: .jenkins
        case .buildkite: .buildkite
        case .circleci: .circleci
        case .azure: .azure
        case .bitbucket: .bitbucket
        case .gitea: .gitea
        case .forgejo: .forgejo
        case .woodpecker: .woodpecker
        case .tekton: .tekton
        case .generic: nil
        }
    }

    /// The system that a job's variables are of; `generic` where they are of none that is known.
    ///
    /// Marks of two systems come from an image or a step that says more than it is, so neither is believed.
    package static func detect(in environment: Environment) throws(InvocationError) -> CISystem {
        let marked = allCases.filter { $0.host?.isMarked(environment) ?? false }
        guard marked.count <= 1 else {
            let names = marked.map(\.rawValue).joined(separator: " and ")
            throw InvocationError(.ambiguousSystem, "", "the variables are those of \(names)")
        }
        return marked.first ?? .generic
    }

    /// The path of the file that says which commits a merge request's event is about; `nil` where there is none.
    package func eventFile(in environment: Environment) throws(InvocationError) -> ByteString? {
        switch self {
        case .github, .gitea, .forgejo: try GitHubEvent.file(in: environment)
        default: nil
        }
    }

    /// The setting that gives a job all of the history, in this system's own words.
    package var fullClone: String? { host?.fullClone }

    /// The variable in which this system hands a job its token; `nil` where the job must ask for one.
    package var tokenVariable: ByteString? { host?.tokenVariable }
}
