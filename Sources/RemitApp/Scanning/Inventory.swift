import RemitAttribution
import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// What an authority says of the agents that a history shows; without one, who makes them and nothing more.
struct Inventory {
    let attributor: Attributor
    /// The commit of the authority that was asked.
    let commit: ObjectID?
    private let authority: Authority?
    private let vendors: [String: String]
    private var standings: [AgentStanding] = []
    private let now: Instant

    /// No authority is asked.
    init(at now: Instant) {
        self.now = now
        authority = nil
        commit = nil
        attributor = Attributor()
        vendors = Self.vendors(of: attributor.catalogue)
    }

    /// Every entry of the authority's inventory, with the marks that it lists as its own.
    init(_ location: AuthorityLocation, at now: Instant) throws(AppError) {
        self.now = now
        let authority = try location.authority(at: now)
        var (extra, own) = (ExtraMarks(), [String: String]())
        for id in try location.agents(at: authority.commit) {
            let standing = try AppError.asking { () throws(AuthorityError) in try authority.agent(id) }
            standings.append(standing)
            guard let agent = standing.registered?.agent else { continue }
            own[id] = agent.vendor
            for identity in agent.identities { extra.add(identity, agent: id) }
        }
        self.authority = authority
        commit = authority.commit
        attributor = Attributor(catalogue: authority.catalogue, extra: extra)
        vendors = own.merging(Self.vendors(of: attributor.catalogue)) { $1 }
    }

    private static func vendors(of catalogue: MarkCatalogue) -> [String: String] {
        Dictionary(catalogue.tools.map { ($0.id, $0.vendor) }) { first, _ in first }
    }

    /// The version of the catalogue of marks that is asked as well.
    var catalogue: String { attributor.catalogue.version }

    func vendor(of tool: String) -> String? { vendors[tool] }

    /// How the entry stands that answers for a mark; `nil` where no authority was asked.
    ///
    /// An entry answers for its own id and for the marks that it lists. Of several the one that may act counts.
    func registration(of mark: String) -> HistoryScan.Registration? {
        guard authority != nil else { return nil }
        let found = standings.filter { $0.id == mark || $0.registered?.agent.marks.contains(mark) == true }
        return found.map(registration).max { $0.rank < $1.rank } ?? .unregistered
    }

    private func registration(_ standing: AgentStanding) -> HistoryScan.Registration {
        switch standing {
        case .unregistered: return .unregistered
        case .rejected(let id, let reason): return .notBelieved(id, because: reason)
        case .registered(let verified):
            let id = verified.agent.id
            switch AgentSheet(verified.agent, suspension: verified.suspension, now: now).state {
            case .active: return .active(id)
            case .suspended: return .suspended(id)
            case .retired: return .retired(id)
            case .overdue: return .overdue(id)
            }
        }
    }

    /// The agent that a delegation names for a task key; `nil` for every other key.
    func agent(withTaskKey key: KeyFingerprint) throws(AppError) -> String? {
        guard let authority, case .delegation(let id) = try authority.holder(key),
            case .verified(let verified) = try AppError.asking({ () throws(AuthorityError) in
                try authority.delegation(id)
            }), verified.delegation.keys.contains(key)
        else { return nil }
        return verified.delegation.agent
    }
}

extension ExtraMarks {
    fileprivate mutating func add(_ identity: AgentIdentity, agent: String) {
        switch identity {
        case .email(let address): add(email: ByteString(address), agent: agent)
        case .login(let login): add(login: ByteString(login), agent: agent)
        case .key(let key): add(key: key, agent: agent)
        }
    }
}
