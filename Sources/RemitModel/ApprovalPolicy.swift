/// What one repository demands of approvals, and who may give them.
package struct ApprovalPolicy: Hashable, Sendable {
    /// What is demanded where work reaches a ref; demands of environments alone are left out.
    package let demands: [ApprovalDemand]
    package let roles: [ApproverRole]

    package static let none = ApprovalPolicy(demands: [], roles: [])

    package init(demands: [ApprovalDemand], roles: [ApproverRole]) {
        self.demands = demands
        self.roles = roles
    }

    /// The demands that hold for a ref.
    package func demands(on ref: ByteString) -> [ApprovalDemand] {
        demands.filter { $0.refs.contains { $0.matches(ref) } }
    }

    /// Whether a person's roles, taken together, cover every one of some paths on a ref.
    ///
    /// A change of no path needs a role for the ref.
    package func covers(_ paths: [ByteString], on ref: ByteString, by person: String) -> Bool {
        let scopes = roles.filter { $0.person == person && $0.refs.contains { $0.matches(ref) } }.map(\.paths)
        return !scopes.isEmpty && paths.allSatisfy { path in scopes.contains { $0.allows(path) } }
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
    package func approvals(in repository: String) -> ApprovalPolicy {
        func holds(_ repositories: [String]) -> Bool {
            repositories.contains("*") || repositories.contains(repository)
        }
        return ApprovalPolicy(
            demands: approvals.filter { holds($0.repositories) && !$0.refs.isEmpty },
            roles: approvers.filter { holds($0.repositories) })
    }
}
