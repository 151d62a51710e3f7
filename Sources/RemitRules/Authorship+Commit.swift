import RemitAuthority
import RemitModel

extension Authorship {
    /// What was found out about a commit, for the record.
    init(_ commit: CommitCase, on update: UpdateCase, standing: RemitRules.Standing?) {
        self.init(
            commit: commit.id, ref: update.update.ref, agents: commit.agents.map(\.id),
            evidence: commit.attribution.evidence, signer: Signer(commit), key: commit.signature.key,
            delegation: commit.delegation?.id, standing: standing?.word)
    }
}

extension Authorship.Signer {
    fileprivate init(_ commit: CommitCase) {
        switch (commit.signature, commit.signer) {
        case (.unsigned, _): self = .unsigned
        case (.bad(let reason), _): self = .bad(reason)
        case (.unsupported(let reason), _): self = .unchecked(reason)
        case (_, .person(let id)): self = .person(id)
        case (_, .delegation(let id)): self = .delegation(id)
        case (_, .agent(let id)): self = .agent(id)
        case (_, .unknown), (_, nil): self = .unknown
        }
    }
}

extension RemitRules.Standing {
    fileprivate var word: Authorship.Standing {
        switch self {
        case .acting: .acting
        case .landing: .landing
        case .deploying: .deploying
        case .outside: .outside
        case .elsewhere: .elsewhere
        }
    }
}
