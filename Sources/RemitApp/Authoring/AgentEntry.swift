import RemitAuthority
import RemitFormats
import RemitModel
import RemitReport
import RemitSignatures

/// An agent's record on its way into the inventory: signed, judged as a server will judge it, then committed.
struct AgentEntry {
    let id: String
    let signer: Signer
    let clone: AuthorityClone
    let now: Instant

    /// The inventory before the change.
    struct Before {
        let authority: Authority
        /// The administrator who signs.
        let administrator: String
        /// What the inventory holds; `nil` where it does not know the agent.
        let agent: Agent?
        /// Why a server does not believe it, although it can be read.
        let fault: String?
        let suspension: Revocation?

        /// The entry, where there is one to be believed.
        func believed(_ id: String) throws(AppError) -> Agent {
            guard let agent else {
                throw AppError(
                    "the inventory does not know agent '\(id)'", hint: "'remit agent list' names those that it knows")
            }
            if let fault { throw AppError(fault, hint: "'remit agent review \(id)' signs it anew") }
            return agent
        }
    }

    /// Writes what `make` says of the agent, and the files by which its addresses, accounts and keys are found.
    func commit(_ verb: String, _ make: (Before) throws(AppError) -> Agent) throws(AppError) -> Agent {
        var made: Agent?
        try clone.publish(signedWith: signer.key) { (state) throws(AppError) in
            let records = try state.records()
            let before = try before(in: records, state.authority(at: now))
            let agent = try make(before)
            try requirePersons(agent, in: before.authority)
            for identity in agent.identities { try requireFree(identity, in: before.authority) }
            let change = try change(from: before.agent, to: agent, in: records)
            try judge(agent, in: state.authority(at: now, with: change))
            made = agent
            return Change(change, message: "\(verb) agent \(id)")
        }
        guard let made else { throw AppError("the change was not made", status: .undecided) }
        return made
    }

    private func before(in records: some RecordSource, _ authority: Authority) throws(AppError) -> Before {
        let administrator = try authority.administrator(with: signer.key)
        let standing = try AppError.asking { () throws(AuthorityError) in try authority.agent(id) }
        let path = AuthorityLayout.agent(id)
        guard case .rejected(_, let reason) = standing else {
            let verified = standing.registered
            return Before(
                authority: authority, administrator: administrator, agent: verified?.agent, fault: nil,
                suspension: verified?.suspension)
        }
        let bytes = try records.read(path) ?? []
        do throws(RecordError) {
            let agent = try Agent(record: bytes, file: path)
            return Before(
                authority: authority, administrator: administrator, agent: agent, fault: reason, suspension: nil)
        } catch {
            throw AppError(reason, hint: "'git log -- \(path)' tells who changed it; take it back to what it was")
        }
    }

    private func requirePersons(_ agent: Agent, in authority: Authority) throws(AppError) {
        guard let stranger = agent.owners.first(where: { id in !authority.policy.persons.contains { $0.id == id } })
        else { return }
        throw AppError(
            "'\(stranger)' is not a person of the authority",
            hint: "persons are: \(authority.policy.persons.map(\.id).joined(separator: ", "))")
    }

    /// Refuses an address, an account or a key by which somebody else is known already: nobody shares one.
    private func requireFree(_ identity: AgentIdentity, in authority: Authority) throws(AppError) {
        let holder: String?
        if case .key(let key) = identity {
            let found = try authority.holder(key)
            holder = found == .agent(id) ? nil : found.words
        } else {
            let found = try AppError.asking { () throws(AuthorityError) in
                try authority.agent(identifiedBy: identity)
            }
            holder = found.flatMap { $0.id == id ? nil : "agent '\($0.id)'" }
        }
        if let holder { throw AppError("\(identity) belongs to \(holder) already", hint: "name another identity") }
    }

    /// The record, its one signature, and its pointers: those that are new, and without those that are no more.
    private func change(
        from old: Agent?, to agent: Agent, in records: some RecordSource
    ) throws(AppError) -> Changeset {
        let path = AuthorityLayout.agent(id)
        let record = try agent.record()
        let signature = try signer.sign(record, for: .authority)
        let pointer = Array("agent \(id)\n".utf8)
        var change = Changeset()
        if old == nil {
            change.add(record, signature: signature, at: path)
        } else {
            change.put(record, signatures: [signature], at: path, over: try records.signatures(of: path).count)
        }
        for identity in agent.identities where try records.read(identity.pointer) != pointer {
            change.put(pointer, at: identity.pointer)
        }
        for identity in old?.identities ?? [] where !agent.identities.contains(identity) {
            if try records.read(identity.pointer) == pointer { change.remove(identity.pointer) }
        }
        return change
    }

    /// Judges the new record as servers will.
    private func judge(_ agent: Agent, in proposed: Authority) throws(AppError) {
        switch try AppError.asking({ () throws(AuthorityError) in try proposed.agent(id) }) {
        case .registered(let verified) where verified.agent == agent: return
        case .registered, .unregistered: throw AppError("the inventory would not know agent '\(id)' as it is meant")
        case .rejected(_, let reason):
            throw AppError(
                reason, hint: "administrators are: \(proposed.administrators.joined(separator: ", "))")
        }
    }
}
