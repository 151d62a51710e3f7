package import RemitModel

/// One rule: facts in, findings out.
///
/// It cannot fail, read a clock or a file, or see another rule's findings.
package protocol Rule: Sendable {
    var code: RuleCode { get }

    /// What follows from a finding of this rule.
    ///
    /// `monitor` is heeded only of rules that the policy may set to it: see `RuleCode.canBeMonitored`.
    func reaction(to finding: Finding, _ circumstances: Circumstances) -> Reaction

    /// The same, of a finding about a commit.
    func reaction(
        to finding: Finding, about commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances
    ) -> Reaction

    /// What the rule says to one commit on one ref.
    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding]

    /// What it says to the update itself, once all its commits have been seen.
    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding]

    /// What it says to all that one delegation was used for in the submission.
    func judge(_ usage: Usage, _ circumstances: Circumstances) -> [Finding]

    /// What it says to the certificate of the push, once it is known whether an earlier push came with it.
    func judge(_ certificate: CertificateCase, after past: Past, _ circumstances: Circumstances) -> [Finding]
}

extension Rule {
    package func reaction(to finding: Finding, _ circumstances: Circumstances) -> Reaction { .refuse }

    package func reaction(
        to finding: Finding, about commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances
    ) -> Reaction { reaction(to: finding, circumstances) }

    package func judge(
        _ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances
    ) -> [Finding] { [] }

    package func judge(
        _ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances
    ) -> [Finding] { [] }

    package func judge(_ usage: Usage, _ circumstances: Circumstances) -> [Finding] { [] }

    package func judge(
        _ certificate: CertificateCase, after past: Past, _ circumstances: Circumstances
    ) -> [Finding] { [] }

    /// A finding of this rule about a commit.
    func finding(
        _ commit: CommitCase, _ update: UpdateCase, path: ByteString? = nil, _ facts: Finding.Facts
    ) -> Finding {
        Finding(code, ref: update.update.ref, commit: commit.id, path: path, facts: facts)
    }
}
