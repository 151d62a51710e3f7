package import RemitModel

/// What a rule found, what refuses apart from what the policy only wants told.
package struct SortedFindings: Sendable {
    package private(set) var refusing: [Finding] = []
    package private(set) var observed: [Finding] = []

    /// INVARIANT: only a rule that the policy may set to it is ever monitored, whatever it says itself.
    fileprivate init(_ findings: [Finding], reaction: (Finding) -> Reaction) {
        for finding in findings {
            if finding.rule.canBeMonitored, reaction(finding) == .monitor {
                observed.append(finding)
            } else {
                refusing.append(finding)
            }
        }
    }
}

extension Rule {
    /// What the rule says to a commit, sorted.
    package func findings(
        about commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances
    ) -> SortedFindings {
        SortedFindings(judge(commit, on: update, circumstances)) {
            reaction(to: $0, about: commit, on: update, circumstances)
        }
    }

    /// Sorts what it says to anything else.
    func sorted(_ findings: [Finding], _ circumstances: Circumstances) -> SortedFindings {
        SortedFindings(findings) { reaction(to: $0, circumstances) }
    }
}
