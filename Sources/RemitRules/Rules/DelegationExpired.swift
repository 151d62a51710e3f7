import RemitAuthority
import RemitModel

/// Refuses what comes too late under a delegation.
///
/// The agent acts until `expires_at`. A person lands until `merge_by` what was first seen in time, and an allowed
/// decision in the ledger is the only proof of that: dates inside commits prove nothing.
/// What to do: ask the delegator for a new delegation; `remit show` tells when this one ended.
struct DelegationExpiredRule: Rule {
    let code = RuleCode.delegationExpired

    func judge(_ commit: CommitCase, on update: UpdateCase, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = commit.delegation else { return [] }
        let delegation = verified.delegation
        let now = circumstances.now
        let standing = circumstances.standing(of: verified, on: update)
        let late: (Instant, String?)?
        if standing.isLanding {
            if now >= delegation.mergeBy {
                late = (delegation.mergeBy, "its time for landing is over")
            } else if now >= delegation.expiresAt, (commit.firstSeen ?? now) >= delegation.expiresAt {
                late = (delegation.expiresAt, "no allowed decision shows that it was seen in time")
            } else {
                late = nil
            }
        } else {
            late = now >= delegation.expiresAt ? (delegation.expiresAt, nil) : nil
        }
        guard let (moment, reason) = late else { return [] }
        return [finding(commit, update, facts(verified, at: moment, reason: reason))]
    }

    func judge(_ update: UpdateCase, with summary: UpdateSummary, _ circumstances: Circumstances) -> [Finding] {
        guard let verified = circumstances.pushedDelegation(on: update, summary),
            circumstances.now >= verified.delegation.expiresAt
        else { return [] }
        return [Finding(code, ref: update.update.ref, facts: facts(verified, at: verified.delegation.expiresAt))]
    }

    private func facts(_ verified: VerifiedDelegation, at moment: Instant, reason: String? = nil) -> Finding.Facts {
        .init(
            delegation: verified.id, agent: verified.delegation.agent, ask: [verified.delegation.delegator],
            at: moment, reason: reason)
    }
}
