import RemitAuthority

extension Circumstances {
    /// The delegations under which agents act on a ref: those of the commits, and the one that a push option names
    /// where the pusher itself is an agent.
    ///
    /// In a deployment, those under which their work reaches the environment.
    func actingDelegations(on update: UpdateCase, _ summary: UpdateSummary) -> [VerifiedDelegation] {
        summary.acting + summary.deploying + (pushedDelegation(on: update, summary).map { [$0] } ?? [])
    }

    /// The delegation that an agent's account acts under by a push option alone.
    ///
    /// No commit of the update acts under it, so what is asked of a commit's delegation is asked of it here.
    func pushedDelegation(on update: UpdateCase, _ summary: UpdateSummary) -> VerifiedDelegation? {
        guard case .agent = pusherIdentity, case .verified(let named)? = pushDelegation,
            standing(of: named, on: update).isActing, !summary.acting.contains(named)
        else { return nil }
        return named
    }
}
