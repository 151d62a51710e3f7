import RemitModel

/// What a person is told about a group of findings: the fault in one line, then what to do about it.
package struct Sentence: Hashable, Sendable {
    /// Lower case, no full stop, the fault first; ids stand free of punctuation so that a double click takes them.
    package let fault: SafeText
    /// Each says what to do, and holds the command to run.
    package let hints: [SafeText]

    init(_ fault: SafeText, hints: SafeText...) {
        self.init(fault, hints: hints)
    }

    init(_ fault: SafeText, hints: [SafeText]) {
        self.fault = fault
        self.hints = hints
    }

    package init(_ group: FindingGroup) {
        self =
            switch group.rule {
            case .refName: .refName(group)
            case .refScope: .refScope(group)
            case .refOperation: .refOperation(group)
            case .refReserved: .refReserved(group)
            case .attributionUnregistered: .attributionUnregistered(group)
            case .attributionMismatch: .attributionMismatch(group)
            case .attributionInconsistent: .attributionInconsistent(group)
            case .attributionUnattributed: .attributionUnattributed(group)
            case .attributionMalformed: .attributionMalformed(group)
            case .attributionCertificate: .attributionCertificate(group)
            case .delegationMissing: .delegationMissing(group)
            case .delegationUnknown: .delegationUnknown(group)
            case .delegationSignature: .delegationSignature(group)
            case .delegationDelegator: .delegationDelegator(group)
            case .delegationExpired: .delegationExpired(group)
            case .delegationNotYet: .delegationNotYet(group)
            case .delegationRevoked: .delegationRevoked(group)
            case .delegationSuspended: .delegationSuspended(group)
            case .delegationReviewOverdue: .delegationReviewOverdue(group)
            case .delegationAgent: .delegationAgent(group)
            case .delegationRepository: .delegationRepository(group)
            case .delegationPossession: .delegationPossession(group)
            case .delegationChain: .delegationChain(group)
            case .scopePath: .scopePath(group)
            case .scopeOperation: .scopeOperation(group)
            case .scopeProtected: .scopeProtected(group)
            case .scopeEnvironment: .scopeEnvironment(group)
            case .limitCommits: .limit(group, of: "commits")
            case .limitFiles: .limit(group, of: "files")
            case .limitLines: .limit(group, of: "lines")
            case .limitBytes: .limit(group, of: "bytes")
            case .limitPushes: .limitPushes(group)
            case .contextChanged: .contextChanged(group)
            case .approvalMissing: .approvalMissing(group)
            case .approvalSelf: .approvalSelf(group)
            case .approvalAgent: .approvalAgent(group)
            case .approvalStale: .approvalStale(group)
            case .jobIdentity: .jobIdentity(group)
            case .jobEnvironment: .jobEnvironment(group)
            case .jobUnmerged: .jobUnmerged(group)
            case .jobReplayed: .jobReplayed(group)
            case .pipelineChanged: .pipelineChanged(group)
            case .pipelineUnguarded: .pipelineUnguarded(group)
            case .authorityLayout: .authorityLayout(group)
            case .authorityImmutable: .authorityImmutable(group)
            case .authorityRecord: .authorityRecord(group)
            case .authoritySignature: .authoritySignature(group)
            case .authorityRole: .authorityRole(group)
            case .authorityVersion: .authorityVersion(group)
            case .undecidedRepository: .undecidedRepository(group)
            case .undecidedAuthority: .undecidedAuthority(group)
            case .undecidedLedger: .undecidedLedger(group)
            case .undecidedInput: .undecidedInput(group)
            case .undecidedConfiguration: .undecidedConfiguration(group)
            case .undecidedDeadline: .undecidedDeadline(group)
            case .undecidedClock: .undecidedClock(group)
            case .undecidedInternal: .undecidedInternal(group)
            }
    }
}
