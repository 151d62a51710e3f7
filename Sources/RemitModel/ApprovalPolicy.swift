/// What one repository demands of approvals, and who may give them.
package struct ApprovalPolicy: Hashable, Sendable {
    /// What is demanded where work reaches a ref, or the environment; other demands are left out.
    package let demands: [ApprovalDemand]
    package let roles: [ApproverRole]
    /// The environment that a deployment would reach; `nil` where work reaches a ref.
    package let environment: String?

    package static let none = ApprovalPolicy(demands: [], roles: [])

    package init(demands: [ApprovalDemand], roles: [ApproverRole], environment: String? = nil) {
        self.demands = demands
        self.roles = roles
        self.environment = environment
    }

    /// The demands that hold for a ref, or for the environment, whatever ref the work came by.
    package func demands(on ref: ByteString) -> [ApprovalDemand] {
        if let environment { return demands.filter { $0.environments.contains(environment) } }
        return demands.filter { $0.refs.contains { $0.matches(ref) } }
    }

    /// Whether a person's roles, taken together, cover every one of some paths on a ref, or in the environment.
    ///
    /// A change of no path needs a role for the ref or the environment.
    package func covers(_ paths: [ByteString], on ref: ByteString, by person: String) -> Bool {
        let scopes = roles.filter { $0.person == person && holds($0, on: ref) }.map(\.paths)
        return !scopes.isEmpty && paths.allSatisfy { path in scopes.contains { $0.allows(path) } }
    }

    /// A role for a ref is none for an environment: who may let work land may not yet let it reach production.
    private func holds(_ role: ApproverRole, on ref: ByteString) -> Bool {
        if let environment { return role.environments.contains(environment) }
        return role.refs.contains { $0.matches(ref) }
    }

    /// The persons who could approve a change of some paths on a ref, each once, in the order of the policy.
    package func approvers(of paths: [ByteString], on ref: ByteString) -> [String] {
        var persons: [String] = []
        for role in roles where !persons.contains(role.person) && covers(paths, on: ref, by: role.person) {
            persons.append(role.person)
        }
        return persons
    }
}

extension Policy {
    /// - Parameter environment: what a deployment would reach; `nil` for what reaches refs.
    package func approvals(in repository: String, reaching environment: String? = nil) -> ApprovalPolicy {
        func holds(_ repositories: [String]) -> Bool {
            repositories.contains("*") || repositories.contains(repository)
        }
        return ApprovalPolicy(
            demands: approvals.filter { demand in
                holds(demand.repositories)
                    && (environment.map(demand.environments.contains) ?? !demand.refs.isEmpty)
            },
            roles: approvers.filter { holds($0.repositories) }, environment: environment)
    }
}
