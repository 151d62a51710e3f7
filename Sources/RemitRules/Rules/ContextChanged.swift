import RemitAuthority
import RemitModel

/// Refuses a delegation whose context is not what the inventory has reviewed.
///
/// Another model, or another tool, is another agent in all that matters: a material change needs a new review.
/// What to do: let the owners review it and add the model or tool to the inventory, then grant anew.
struct ContextChangedRule: Rule {
    let code = RuleCode.contextChanged

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation else { return [] }
        return refusals(of: verified).map { finding(commit, update, $0) }
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = circumstances.pushedDelegation(on: update, summary) else { return [] }
        return refusals(of: verified).map { Finding(code, ref: update.update.ref, facts: $0) }
    }

    private func refusals(of verified: VerifiedDelegation) -> [Finding.Facts] {
        guard let context = verified.delegation.context, let agent = verified.agent.registered?.agent else { return [] }
        func refusal(_ what: String, found: String, inventoried: [String]) -> Finding.Facts {
            .init(
                delegation: verified.id, agent: agent.id, ask: agent.owners, granted: inventoried,
                found: ByteString(found), reason: what)
        }
        var refusals: [Finding.Facts] = []
        let (models, tools) = (agent.review?.models ?? [], agent.review?.tools ?? [])
        if let model = context.model, !models.contains(model) {
            refusals.append(refusal("model", found: model, inventoried: models))
        }
        for tool in context.tools where !tools.contains(tool) {
            refusals.append(refusal("tool", found: tool, inventoried: tools))
        }
        return refusals
    }
}
