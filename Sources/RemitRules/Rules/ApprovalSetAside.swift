import RemitAuthority
import RemitModel

/// Says why an approval that is there does not count, where that leaves too few.
///
/// One rule a cause: `approval.self` (its author's own: who delegated the work, signed it, or where independence is
/// demanded owns the agent or pushes), `approval.agent` (signed by an agent's key), `approval.stale` (expired, of
/// another tree, of an earlier commit, or for another environment).
/// What to do: let another person look at the tip and run `remit approve`.
struct ApprovalSetAsideRule: Rule {
    let code: RuleCode
    private let cause: ApprovalAnswer.Cause

    private init(_ code: RuleCode, _ cause: ApprovalAnswer.Cause) {
        self.code = code
        self.cause = cause
    }

    static let bySelf = ApprovalSetAsideRule(.approvalSelf, .bySelf)
    static let byAgents = ApprovalSetAsideRule(.approvalAgent, .byAgent)
    static let stale = ApprovalSetAsideRule(.approvalStale, .stale)

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard update.approvals != nil else { return [] }
        var findings: [Finding] = []
        for question in circumstances.questions(of: commit, on: update) {
            guard let facts = facts(question, on: update, circumstances) else { continue }
            var path: ByteString?
            if case .protectedPath(let changed) = question.asker { path = changed }
            let finding = finding(commit, update, path: path, facts)
            if !findings.contains(finding) { findings.append(finding) }
        }
        return findings
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let tip = update.approvals?.commit else { return [] }
        return circumstances.questions(of: update, with: summary).compactMap { question in
            facts(question, on: update, circumstances).map {
                Finding(code, ref: update.update.ref, commit: tip, facts: $0)
            }
        }
    }

    private func facts(
        _ question: ApprovalQuestion, on update: UpdateCase, _ circumstances: Circumstances
    ) -> Finding.Facts? {
        let answer = circumstances.answer(question, on: update)
        let reasons = answer.setAside(cause)
        guard !answer.isEnough, !reasons.isEmpty else { return nil }
        return .init(
            ask: circumstances.askedToApprove(question, answer, on: update), reason: reasons.joined(separator: ", "),
            tip: update.approvals?.commit, environment: circumstances.submission.environment)
    }
}
