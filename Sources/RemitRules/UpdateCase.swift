package import RemitModel

/// One ref update as the rules see it, without its commits, which come one by one.
package struct UpdateCase: Sendable {
    package let update: RefUpdate
    package let kind: Kind
    /// Whether the repository's policy protects the ref.
    package let isProtected: Bool
    /// What the ref would point at, for a tag that is not of a commit.
    package let target: Target
    /// Why git would not accept the ref's name; `nil` when it would.
    package let nameFault: String?
    /// The approvals of what the ref would point at; looked up only where something asks for them.
    package var approvals: TipApprovals?
    /// What is known of the deployment that it stands for; `nil` for a push or a merge.
    package let deployment: DeploymentCase?
    /// What a push to `refs/remit/deployed/` is worth; `nil` for every other ref.
    package var remembering: Remembering?

    /// Whether a gate's statement of a deployment may be remembered.
    package enum Remembering: Hashable, Sendable {
        case verified
        /// Why not.
        case refused(String)

        var fault: String? {
            if case .refused(let reason) = self { reason } else { nil }
        }
    }

    package enum Kind: Hashable, Sendable {
        case create
        case update
        /// The new commit does not descend from the old one.
        case rewind
        case delete
    }

    package enum Target: Hashable, Sendable {
        case commit
        /// A tree or a blob: nothing in it says who made it.
        case authorless(String)
        case nothing
    }

    package init(
        update: RefUpdate, kind: Kind, isProtected: Bool, target: Target = .commit, nameFault: String? = nil,
        approvals: TipApprovals? = nil, deployment: DeploymentCase? = nil
    ) {
        self.update = update
        self.kind = kind
        self.isProtected = isProtected
        self.target = target
        self.nameFault = nameFault
        self.approvals = approvals
        self.deployment = deployment
    }

    /// The operation on the ref that a grant must allow.
    package var operation: Operation {
        switch kind {
        case .create: update.isTag ? .tagCreate : .refCreate
        case .update: .refUpdate
        case .rewind: .refRewind
        case .delete: .refDelete
        }
    }
}
