import RemitAuthority
import RemitModel
import RemitReport
import RemitSignatures

/// A delegator's answer to a request, signed.
struct RequestAnswer {
    let sheet: RequestSheet
    let signer: Signer
    let delegator: String
    let authority: Authority
    let clone: AuthorityClone
    let now: Instant

    /// What the delegator decides, beyond what the request says.
    struct Terms {
        let mergeBy: Deadline?
        /// Where to make the task key, for a request that names none.
        let newTaskKey: String?
        /// Whether the delegation that is replaced ends with the new one.
        let supersedes: Bool
    }

    /// Signs a delegation of what was asked.
    func grant(_ terms: Terms) throws(AppError) -> GrantedDelegation {
        let request = sheet.request
        try AgentReadiness(authority: authority, now: now).require(request.agent, request.context)
        if terms.supersedes, sheet.base == nil {
            throw AppError("the request replaces no delegation", hint: "leave --supersede out", status: .usage)
        }
        let key = try key(terms.newTaskKey)
        return try TaskKey.keep(key) { () throws(AppError) in
            let times = try Times(expires: nil, mergeBy: terms.mergeBy, life: request.life, from: now)
            let delegation = Delegation(
                organisation: request.organisation, delegator: delegator, agent: request.agent, task: request.task,
                purpose: request.purpose, issuedAt: now, expiresAt: times.expiresAt, mergeBy: times.mergeBy,
                keys: key.map { [$0.fingerprint] } ?? request.keys, hops: 0, parent: nil, context: request.context,
                grants: request.grants, limits: request.limits, request: sheet.id)
            let id = try NewDelegation(
                delegation: delegation, signer: signer, clone: clone, now: now,
                superseded: terms.supersedes ? request.replaces : nil, condition: requireOpen
            ).commit()
            return GrantedDelegation(id: id, delegation: delegation, key: key)
        }
    }

    /// A new key where the request names none; `nil` where the agent has its own.
    private func key(_ path: String?) throws(AppError) -> TaskKey? {
        let request = sheet.request
        guard request.keys.isEmpty else {
            guard path == nil else {
                throw AppError(
                    "the request names the agent's own task key", hint: "leave --new-task-key out", status: .usage)
            }
            for key in request.keys { try TaskKey.requireFree(key, in: authority) }
            return nil
        }
        guard let path else {
            throw AppError("the request names no task key", hint: "give --new-task-key FILE", status: .usage)
        }
        return try TaskKey(makingAt: path, flag: "--new-task-key", comment: "\(request.agent) \(request.task)")
    }

    /// Refuses a second answer: somebody else's may have come first.
    private func requireOpen(in state: AuthorityLocation) throws(AppError) {
        let requests = OpenRequests(authority: try state.authority(at: now), location: state, now: now)
        try requests.sheet(named: sheet.id.description).requireOpen()
    }

    /// Signs a no.
    func decline(reason: String) throws(AppError) {
        guard authority.policy.roles.contains(where: { $0.person == delegator }) else {
            throw AppError(
                "\(delegator) has no role as a delegator",
                hint: "delegators are: "
                    + Set(authority.policy.roles.map(\.person)).sorted().joined(separator: ", "))
        }
        let decline = Decline(
            organisation: sheet.request.organisation, request: sheet.id, person: delegator, reason: reason,
            issuedAt: now)
        let record = try decline.record()
        var change = Changeset()
        change.add(
            record, signature: try signer.sign(record, for: .delegation), at: AuthorityLayout.decline(of: sheet.id))
        let message = "Decline \(sheet.request.task) for \(sheet.request.agent)\n\nRequest \(sheet.id.abbreviated)"
        try clone.commit(change, message: message, signedWith: signer.key) { (state) throws(AppError) in
            try requireOpen(in: state)
            let proposed = try state.authority(at: now, with: change)
            guard try AppError.asking({ () throws(AuthorityError) in try proposed.decline(of: sheet.id) }) != nil else {
                throw AppError(
                    "\(signer.key.fingerprint) may not sign delegations as \(delegator)", hint: "nothing was written")
            }
        }
    }
}

extension RequestSheet {
    /// Refuses a request that somebody has answered.
    func requireOpen() throws(AppError) {
        if case .none = answer { return }
        throw AppError(
            "request \(id.abbreviated) is answered already",
            hint: "'remit review \(id.abbreviated)' tells what the answer is")
    }
}
