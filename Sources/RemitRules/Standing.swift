package import RemitModel

/// How a delegation's grants stand to one ref of one repository.
///
/// DESIGN.md section 3, "acting and landing": the agent pushes to `refs`; a person lands that work in `merge_into`.
package enum Standing: Hashable, Sendable {
    /// The agent itself may push here, under these grants.
    case acting([Grant])
    /// Only a person may bring the work here, under these grants.
    case landing([Grant])
    /// The work would reach an environment that these grants name.
    case deploying([Grant])
    /// No grant of this repository covers the ref, or names the environment.
    case outside([Grant])
    /// No grant is for this repository.
    case elsewhere

    package init(of delegation: Delegation, on ref: ByteString, in repository: String) {
        let here = delegation.grants.filter { $0.repository == repository }
        guard !here.isEmpty else {
            self = .elsewhere
            return
        }
        let acting = here.filter { grant in grant.refs.contains { $0.matches(ref) } }
        if !acting.isEmpty {
            self = .acting(acting)
            return
        }
        let landing = here.filter { grant in grant.mergeInto.contains { $0.matches(ref) } }
        self = landing.isEmpty ? .outside(here) : .landing(landing)
    }

    /// How it stands to an environment of a repository, whichever ref the work came by.
    package init(of delegation: Delegation, reaching environment: String, in repository: String) {
        let here = delegation.grants.filter { $0.repository == repository }
        guard !here.isEmpty else {
            self = .elsewhere
            return
        }
        let naming = here.filter { $0.environments.contains(environment) }
        self = naming.isEmpty ? .outside(here) : .deploying(naming)
    }

    /// The grants under which the work is judged; empty where none covers the ref.
    package var grants: [Grant] {
        switch self {
        case .acting(let grants), .landing(let grants), .deploying(let grants): grants
        case .outside, .elsewhere: []
        }
    }

    package var isActing: Bool {
        if case .acting = self { true } else { false }
    }

    /// Whether no grant covers where the work is to go.
    package var isOutside: Bool {
        switch self {
        case .outside, .elsewhere: true
        case .acting, .landing, .deploying: false
        }
    }

    package var isDeploying: Bool {
        if case .deploying = self { true } else { false }
    }

    package var isLanding: Bool {
        if case .landing = self { true } else { false }
    }
}

extension Delegation {
    /// Where persons may land its work in a repository.
    package func landingRefs(in repository: String) -> [PathPattern] {
        grants.filter { $0.repository == repository }.flatMap(\.mergeInto)
    }
}
