import RemitGate
import RemitAuthority
import RemitModel
import RemitReport
import RemitFormats

/// Everything of one kind in an authority, for people who look at it as a whole.
struct AuthorityListing {
    let authority: Authority
    let location: AuthorityLocation
    /// `nil` where no ledger tells what was used.
    let spender: Spender?
    let now: Instant

    /// All that is known of a delegation that the authority holds, to be told.
    ///
    /// - Parameter found: what the authority said to its name; not `unknown`.
    func sheet(of found: DelegationLookup) throws(AppError) -> RemitSheet? {
        switch found {
        case .unknown: return nil
        case .verified(let verified):
            return RemitSheet(
                id: verified.id, delegation: verified.delegation, fault: nil,
                inventory: RemitSheet.Inventory(verified.agent), revocation: verified.revocation,
                chain: verified.ancestors.map(RemitSheet.Link.init),
                spent: try spender.map { spender throws(AppError) in try spender.spent(verified.id) },
                protectedPaths: authority.policy.protectedPaths, authority: authority.commit, now: now)
        case .rejected(let id, let rule, let reason):
            let fault = RemitSheet.Fault(rule: rule, reason: reason)
            let record = try record(of: id, fault)
            let agent = try AppError.asking { () throws(AuthorityError) in try authority.agent(record.agent) }
            return RemitSheet(
                id: id, delegation: record, fault: fault, inventory: RemitSheet.Inventory(agent), revocation: nil,
                protectedPaths: authority.policy.protectedPaths, authority: authority.commit, now: now)
        }
    }

    /// What a record says that a server would not believe; where it cannot be read at all, the fault is the answer.
    private func record(of id: RecordID, _ fault: RemitSheet.Fault) throws(AppError) -> Delegation {
        let path = AuthorityLayout.delegation(id)
        let records = try location.records()
        let bytes = try AppError.asking { () throws(AuthorityError) in
            try records.bytes(at: path, limit: RecordText.maximumByteCount)
        }
        do throws(RecordError) {
            return try Delegation(record: bytes ?? [], file: path)
        } catch {
            throw AppError("\(fault.rule.rawValue): delegation \(id.abbreviated): \(fault.reason)")
        }
    }

    /// Every delegation, whatever its state; one that cannot even be read is told by `skipped`.
    func delegations(skipped: (AppError) -> Void) throws(AppError) -> [RemitSheet] {
        var sheets: [RemitSheet] = []
        for id in try AppError.asking({ () throws(AuthorityError) in try authority.delegationIDs() }) {
            do throws(AppError) {
                let found = try AppError.asking { () throws(AuthorityError) in try authority.delegation(id) }
                if let sheet = try sheet(of: found) { sheets.append(sheet) }
            } catch {
                skipped(error)
            }
        }
        return sheets
    }

    /// The delegations that answer requests, by the request; only those that servers believe.
    func answers() throws(AppError) -> [RecordID: RecordID] {
        var answers: [RecordID: RecordID] = [:]
        for id in try AppError.asking({ () throws(AuthorityError) in try authority.delegationIDs() }) {
            let found = try AppError.asking { () throws(AuthorityError) in try authority.delegation(id) }
            if case .verified(let verified) = found, let request = verified.delegation.request { answers[request] = id }
        }
        return answers
    }
}

extension RemitSheet.Link {
    init(_ verified: VerifiedDelegation) {
        self.init(id: verified.id, agent: verified.delegation.agent, delegator: verified.delegation.delegator)
    }
}

extension RemitSheet.Inventory {
    init(_ standing: AgentStanding) {
        self =
            switch standing {
            case .registered(let verified): .registered(verified.agent, suspension: verified.suspension)
            case .unregistered: .absent(reason: "the inventory does not know it")
            case .rejected(_, let reason): .absent(reason: reason)
            }
    }
}
