package import RemitModel

extension EvidenceKind {
    /// What it is, of Remit's records.
    package var words: SafeText {
        switch self {
        case .decisionRecord:
            "decisions in the ledger: who asked for what, by which rules it was judged, and the outcome"
        case .effectRecord: "effects in the ledger: which updates really landed, each with the decision that let it"
        case .coverageReport: "updates held against decisions, and when gates were there"
        case .delegationRecord: "delegations: signed by an accountable person, for one task, until a given moment"
        case .delegationChain: "delegations handed on, each narrower than the one above it"
        case .scopeDiff: "refs, paths, operations, environments and limits held against what was granted"
        case .attributionRecord: "who wrote each commit, by which evidence, and how strong that is"
        case .agentContext: "models and tools that delegations name, held against the inventory"
        case .identityRegistry: "the inventory of agents with their owners, and the persons, as the authority stands"
        case .approvalRecord: "persons' signed approvals of one commit and its tree"
        case .exceptionRecord: "exceptions that let something through, recorded as overrides"
        case .revocationRecord: "revocations and suspensions, and what was refused because of them"
        case .policySnapshot: "the version of the signed policy by which each decision was made"
        case .ciIdentity: "CI jobs proved by a token of their system"
        case .pushCertificate:
            "signed pushes: the pusher's own key over the refs that moved, each certificate archived with its decision"
        case .logCheckpoint: "the signed head of each log, anchors of it elsewhere, and whether the log was verified"
        case .inclusionProof: "entries that lie under a signed checkpoint, so that 'remit log prove' can prove each"
        case .replayResult: "decisions of the period judged again from what was archived of them"
        case .retentionReport: "how long entries have been kept, and what was erased below them"
        case .sourceVsa: "in-toto statements about revisions"
        }
    }

    /// What it does not show, as part of a sentence.
    package var limit: SafeText {
        switch self {
        case .decisionRecord: "what never came to a gate"
        case .effectRecord: "what was built or run from what landed"
        case .coverageReport:
            "repositories without a gate, and refs written past it ('remit log coverage' on the server tells)"
        case .delegationRecord: "whether the person who signed understood the risk"
        case .delegationChain: "what agents say to each other"
        case .scopeDiff: "what a change within its grant means"
        case .attributionRecord: "who wrote a commit that carries no mark and no key"
        case .agentContext: "which model and tools an agent really ran with"
        case .identityRegistry: "agents that nobody entered and that no gate has seen"
        case .approvalRecord: "how carefully a person looked"
        case .exceptionRecord: "whether the reason given was a good one"
        case .revocationRecord: "that an agent was stopped anywhere else"
        case .policySnapshot: "whether the policy fits the risk"
        case .ciIdentity: "what a job did after the gate"
        case .pushCertificate: "that the person sat at the key: whatever runs as them can sign too"
        case .logCheckpoint: "a log that was rewritten together with its key, unless the head is kept elsewhere"
        case .inclusionProof: "that an entry tells the truth, only that it was there"
        case .replayResult: "that the rules were the right ones"
        case .retentionReport: "copies and deletions outside the ledger"
        case .sourceVsa: "anything: the ledger does not record which statements were made"
        }
    }
}

extension Figure {
    /// The name of the figure, in words.
    var words: SafeText { "\(word: rawValue.replacing("_", with: "-"))" }
}

extension Control.Fit {
    /// How the evidence stands to the control.
    package var words: SafeText {
        switch self {
        case .direct: "supports it"
        case .partial: "supports it in part"
        case .contextual: "is background to it"
        }
    }

    /// What the control asks beyond any of the evidence.
    package var limit: SafeText {
        switch self {
        case .direct: "the control as a whole, which an assessor judges"
        case .partial: "what the control asks beyond these records, which other evidence must show"
        case .contextual: "the control itself, to which these records are only background"
        }
    }
}

extension Framework.Source {
    var words: SafeText {
        switch self {
        case .primary: "ids and titles as in its owner's repository"
        case .mirror: "ids and titles as in a library of frameworks that copies it"
        case .secondary: "ids and titles as several secondary sources agree"
        case .secondaryAndDraft: "ids and titles as several secondary sources and its owner's draft agree"
        }
    }
}
