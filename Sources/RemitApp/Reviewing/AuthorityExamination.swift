import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// Looks through all of an authority for what its owners must see, whatever was done under it.
struct AuthorityExamination {
    let authority: Authority
    let location: AuthorityLocation
    let now: Instant
    /// What stands and will soon have to be looked at: two weeks, in seconds.
    static let soonSeconds: Int64 = 14 * 86_400

    private(set) var matters: [Review.Matter] = []
    /// Every delegation that can be read, and how it stands.
    private(set) var delegations: [RemitSheet] = []
    private var keys: [KeyFingerprint: Set<Review.SharedKey.Holder>] = [:]

    init(_ authority: Authority, at location: AuthorityLocation, now: Instant) throws(AppError) {
        self.authority = authority
        self.location = location.pinned(to: authority.commit)
        self.now = now
        try examineRequests()
        try examineAgents()
        try examineDelegations()
        try examinePeople()
        try examineProposals()
        try examineExceptions()
        try examineRevocations()
        shareKeys()
    }

    private mutating func add(_ weight: Review.Weight, _ subject: Review.Subject, ask: [String] = []) {
        matters.append(Review.Matter(weight, subject, ask: ask.isEmpty ? authority.administrators : ask))
    }

    private mutating func examineRequests() throws(AppError) {
        var unreadable: [String] = []
        let open = try OpenRequests(authority: authority, location: location, now: now)
            .sheets { unreadable.append($0.message) }
        for sheet in open {
            let able = sheet.judgements.filter { $0.excess == nil }.map(\.person)
            add(
                .due,
                .openRequest(
                    .init(
                        id: sheet.id, agent: sheet.request.agent, task: sheet.request.task,
                        askedAt: sheet.request.issuedAt)), ask: able)
        }
        for message in unreadable {
            add(.note, .unbelievedRecord(.init(name: "a request", rule: .authorityRecord, reason: message)))
        }
    }

    // MARK: Agents and delegations

    private mutating func examineAgents() throws(AppError) {
        for id in try location.agents(at: authority.commit) {
            switch try AppError.asking({ () throws(AuthorityError) in try authority.agent(id) }) {
            case .unregistered: continue
            case .rejected(_, let reason):
                let name = AuthorityLayout.agent(id)
                add(.due, .unbelievedRecord(.init(name: name, rule: .delegationAgent, reason: reason)))
            case .registered(let verified):
                for case .key(let key) in verified.agent.identities { keys[key, default: []].insert(.agent(id)) }
                guard verified.agent.status == .active,
                    verified.agent.reviewBy <= now.adding(seconds: Self.soonSeconds)
                else { continue }
                add(
                    .due, .agentReview(.init(agent: id, reviewBy: verified.agent.reviewBy)),
                    ask: verified.agent.owners)
            }
        }
    }

    private mutating func examineDelegations() throws(AppError) {
        let listing = AuthorityListing(authority: authority, location: location, spender: nil, now: now)
        var unreadable: [AppError] = []
        let sheets = try listing.delegations { unreadable.append($0) }
        for error in unreadable {
            add(
                .due,
                .unbelievedRecord(.init(name: "a delegation", rule: .delegationSignature, reason: error.message)))
        }
        var expired: [RemitSheet] = []
        for sheet in sheets {
            let delegation = sheet.delegation
            if let fault = sheet.fault {
                guard delegation.mergeBy > now else { continue }
                let name = "delegation \(sheet.id.abbreviated)"
                add(
                    .due, .unbelievedRecord(.init(name: name, rule: fault.rule, reason: fault.reason)),
                    ask: [delegation.delegator])
                continue
            }
            delegations.append(sheet)
            for key in Set(delegation.keys + delegation.certificateAuthorities) {
                keys[key, default: []].insert(.delegation(sheet.id, agent: delegation.agent))
            }
            if sheet.state == .expired { expired.append(sheet) }
        }
        tell(.delegations, expired.sorted { $0.delegation.mergeBy < $1.delegation.mergeBy }.map(\.id.abbreviated))
    }

    private mutating func examinePeople() throws(AppError) {
        for (key, holders) in try PeopleKeys(authority, at: location, now: now).holders {
            for holder in holders where holder.isValid { keys[key, default: []].insert(.person(holder.person)) }
        }
    }

    private mutating func shareKeys() {
        let live = Set(delegations.filter { $0.state == .inForce || $0.state == .landing }.map(\.id))
        for (key, holders) in keys.sorted(by: { $0.key.hex < $1.key.hex }) where holders.count > 1 {
            let shared = Review.SharedKey(key: key, holders: holders)
            let inUse = holders.count { holder in
                if case .delegation(let id, _) = holder { live.contains(id) } else { false }
            }
            let weight: Review.Weight = shared.isAmongActors ? .urgent : inUse > 1 ? .due : .note
            let persons = holders.compactMap { holder -> String? in
                if case .person(let id) = holder { id } else { nil }
            }
            add(weight, .sharedKey(shared), ask: persons.sorted())
        }
    }

    // MARK: What waits, and what is over

    private mutating func examineProposals() throws(AppError) {
        let proposals = try Proposals(authority, location.records())
        let present = authority.root
        if let root = proposals.root {
            let missing = [present, root.record].map { $0.threshold - root.signers(in: $0).count }.max() ?? 0
            let path = AuthorityLayout.proposal(of: AuthorityLayout.root(root.record.version))
            add(.due, .proposal(path: path, missing: max(1, missing)))
        }
        if let policy = proposals.policy {
            let judge = proposals.root?.record ?? present
            let missing = judge.threshold - policy.signers(in: judge).count
            add(.due, .proposal(path: AuthorityLayout.proposal(of: AuthorityLayout.policy), missing: max(1, missing)))
        }
    }

    private mutating func examineExceptions() throws(AppError) {
        var expired: [(at: Instant, path: String)] = []
        let now = now
        try eachRecord(below: "exceptions") { path, bytes throws(RecordError) in
            // A baseline has no end.
            guard !path.hasPrefix("exceptions/baseline-") else { return }
            let exception = try Exception(record: bytes, file: path)
            if exception.expiresAt <= now { expired.append((exception.expiresAt, path)) }
        }
        tell(.exceptions, expired.sorted { $0.at < $1.at }.map(\.path))
    }

    private mutating func examineRevocations() throws(AppError) {
        var strays: [(at: Instant, path: String)] = []
        var named: [(id: RecordID, at: Instant, path: String)] = []
        try eachRecord(below: "revocations") { path, bytes throws(RecordError) in
            let revocation = try Revocation(record: bytes, file: path)
            guard case .delegation(let id) = revocation.target else { return }
            named.append((id, revocation.issuedAt, path))
        }
        for (id, at, path) in named {
            let found = try AppError.asking { () throws(AuthorityError) in try authority.delegation(id) }
            if case .unknown = found { strays.append((at, path)) }
        }
        tell(.revocations, strays.sorted { $0.at < $1.at }.map(\.path))
    }

    /// Shows every record below a directory; one that cannot be read is a matter of its own.
    private mutating func eachRecord(
        below directory: String, _ show: (String, [UInt8]) throws(RecordError) -> Void
    ) throws(AppError) {
        let records = try location.records()
        for path in try location.paths(below: directory, at: authority.commit) where path.hasSuffix(".toml") {
            let bytes = try AppError.asking { () throws(AuthorityError) in
                try records.bytes(at: path, limit: RecordText.maximumByteCount)
            }
            do throws(RecordError) {
                try show(path, bytes ?? [])
            } catch {
                add(.note, .unbelievedRecord(.init(name: path, rule: .authorityRecord, reason: error.statement)))
            }
        }
    }

    private mutating func tell(_ record: Review.Expired.Record, _ names: [String]) {
        guard !names.isEmpty else { return }
        let examples = Array(names.suffix(Review.examplesAtMost))
        add(.note, .expiredRecords(.init(record, count: names.count, examples: examples)))
    }
}
