import RemitAuthority
import RemitModel

/// Refuses what nobody provably wrote or pushed, where the policy demands proof.
///
/// `authenticated`: the server must vouch for an account that the authority knows. `signed`: every commit carries a
/// good signature of a registered person, of a delegation's task key, or of a key with a certificate for it. An agent's own
/// key is not enough: it says which agent, not who let it; a draft of an assistant is signed by the person who takes it.
/// A host's squash or rebase of an agent's work counts where an allowed decision has seen exactly that change; of a person's
/// commits nothing proves what a host makes. Annotated tags are asked as commits are.
/// A CI job that asks what a merge would bring has no pusher: there `authenticated` is satisfied where a registered
/// person has approved the tip, or where every commit is signed as `signed` would have it. A deployment is not asked.
/// What to do: sign the commits with a registered key, or push over a transport that knows you.
struct AttributionUnattributedRule: Rule {
    let code = RuleCode.attributionUnattributed
    /// Whether what is judged are records, which are believed for their own signatures: an agent may bring those by its
    /// key alone, as when it asks for a delegation.
    var isOfRecords = false

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard circumstances.demands(on: update).attribution == .signed,
            !(isOfRecords ? commit.isSignedByKnownKey : commit.isAttributed)
        else { return [] }
        let reason: String
        switch (commit.signature, commit.signer) {
        case (.good(let key), .delegation), (.certified(let key, _), .delegation):
            reason = "the delegation of its key \(key) does not count"
        case (.good(let key), .agent(let agent)), (.certified(let key, _), .agent(let agent)):
            reason = "its key \(key) is agent '\(agent)''s own, and no delegation lists it"
        case (.good(let key), _): reason = "its key \(key) is not registered"
        case (.certified(let key, _), _):
            if case .unproved(let fault)? = commit.possession(circumstances) {
                reason = fault
            } else {
                reason = "its key \(key) is not registered, whatever its certificate says"
            }
        case (.unsigned, _): reason = "it is not signed"
        case (.bad(let fault), _): reason = "its signature is bad: \(fault)"
        case (.unsupported(let kind), _): reason = SignatureStatus.unsupportedReason(kind)
        }
        return [finding(commit, update, .init(ask: circumstances.administrators, reason: reason))]
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        let demand = circumstances.demands(on: update).attribution
        guard demand != .declared else { return [] }
        if circumstances.submission == .merge { return unvouched(update, summary, circumstances) }
        let reason: String
        switch circumstances.pusherIdentity {
        case .person, .agent: return []
        // Where every commit must be signed, the commits themselves say who; what has none needs the pusher.
        case _ where demand == .signed && summary.commits > 0: return []
        case .stranger: reason = "the pusher's account is not registered"
        case .unknown: reason = "nobody vouches for the pusher"
        }
        return [
            Finding(code, ref: update.update.ref, facts: .init(ask: circumstances.administrators, reason: reason))
        ]
    }

    private func unvouched(
        _ update: UpdateCase, _ summary: UpdateSummary, _ circumstances: Circumstances
    ) -> [Finding] {
        // Under `signed` each commit answers for itself.
        guard let question = circumstances.vouching(for: update, summary),
            !circumstances.answer(question, on: update).isEnough
        else { return [] }
        return [
            Finding(
                code, ref: update.update.ref,
                facts: .init(
                    ask: circumstances.administrators,
                    reason: "not every commit is signed, and no registered person has approved the tip",
                    tip: update.approvals?.commit))
        ]
    }
}
