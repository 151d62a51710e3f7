package import RemitAuthority
package import RemitModel

/// What the commits of one update were, in sum, and what they leave changed.
package struct UpdateSummary: Sendable {
    /// The delegations under which agents act on the ref, in the order in which they were first seen.
    package private(set) var acting: [VerifiedDelegation] = []
    /// Those that name the environment of a deployment for work in it, in the same order.
    package private(set) var deploying: [VerifiedDelegation] = []
    package private(set) var agentCommits = 0
    /// Those of them that name no delegation and that a person signed: an assistant's drafts.
    package private(set) var draftCommits = 0
    package private(set) var commits = 0
    /// Those of them that no known key signed.
    package private(set) var anonymousCommits = 0
    /// Who stands behind the agents' commits.
    package private(set) var authors = Authors()
    /// Every path that some commit of the update changes.
    package private(set) var touched: Set<ByteString> = []
    /// The difference between the old and the new tree, less what came with history that is judged elsewhere.
    package var net: [Change] = []
    /// What `net` does to pipelines' definitions.
    package var pipelineChanges: [PipelineChange] = []

    /// What a finding about `net` says, since it cannot name a commit.
    static let netReason = "the update as a whole changes it, though none of its commits does"

    package init() {}

    package mutating func add(_ commit: CommitCase, standing: Standing?) {
        commits += 1
        if !commit.isAttributed { anonymousCommits += 1 }
        for change in commit.changes { touched.insert(change.path) }
        guard commit.isAgentAuthored else { return }
        agentCommits += 1
        authors.add(commit)
        if case .none = commit.claim, case .person = commit.signer { draftCommits += 1 }
        if let delegation = commit.delegation, standing?.isActing == true,
            !acting.contains(where: { $0.id == delegation.id })
        {
            acting.append(delegation)
        }
        if let delegation = commit.delegation, standing?.isDeploying == true,
            !deploying.contains(where: { $0.id == delegation.id })
        {
            deploying.append(delegation)
        }
    }
}
