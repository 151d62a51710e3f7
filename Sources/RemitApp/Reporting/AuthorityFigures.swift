import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// Counts what an authority holds: the inventory as it stands, and the records that were issued in a period.
struct AuthorityFigures {
    private(set) var figures: [Figure: Int] = [:]
    private let authority: Authority
    private let location: AuthorityLocation
    private let period: Period
    private let now: Instant

    init(
        _ authority: Authority, at location: AuthorityLocation, period: Period, now: Instant
    ) throws(AppError) {
        self.authority = authority
        self.location = location.pinned(to: authority.commit)
        self.period = period
        self.now = now
        figures[.persons] = authority.policy.persons.count
        try countAgents()
        try countDelegations()
        try countRevocations()
    }

    private mutating func add(_ figure: Figure, if isSo: Bool = true) {
        if isSo { figures[figure, default: 0] += 1 }
    }

    private mutating func countAgents() throws(AppError) {
        for id in try location.agents(at: authority.commit) {
            guard
                case .registered(let verified) = try AppError.asking({ () throws(AuthorityError) in
                    try authority.agent(id)
                })
            else { continue }
            let agent = verified.agent
            add(.agentsInventoried)
            add(.agentsOwned, if: !agent.businessOwners.isEmpty && !agent.technicalOwners.isEmpty)
            let isStopped = verified.suspension != nil || agent.status != .active
            add(.agentsStopped, if: isStopped)
            add(.agentsOverdue, if: !isStopped && agent.reviewBy <= now)
        }
    }

    /// Only those that a server would believe.
    private mutating func countDelegations() throws(AppError) {
        let listing = AuthorityListing(authority: authority, location: location, spender: nil, now: now)
        // One that cannot be read is no evidence of anything; 'remit review' names it.
        for sheet in try listing.delegations(skipped: { _ in }) where sheet.fault == nil {
            let delegation = sheet.delegation
            let isIssued = period.contains(delegation.issuedAt)
            add(.delegationsIssued, if: isIssued)
            add(.handedOnIssued, if: isIssued && delegation.parent != nil)
            add(.delegationsWithContext, if: isIssued && delegation.context != nil)
            add(.delegationsExpired, if: period.contains(delegation.expiresAt))
            add(.delegationsStanding, if: sheet.state == .inForce || sheet.state == .landing)
        }
    }

    /// Only those that stop something: a record that nobody had to give stops nothing.
    private mutating func countRevocations() throws(AppError) {
        let records = try location.records()
        let people = try PeopleKeys(authority, at: location, now: now).holders
        for path in try location.paths(below: "revocations", at: authority.commit) where path.hasSuffix(".toml") {
            let bytes = try AppError.asking { () throws(AuthorityError) in
                try records.bytes(at: path, limit: RecordText.maximumByteCount)
            }
            let revocation: Revocation
            do throws(RecordError) {
                revocation = try Revocation(record: bytes ?? [], file: path)
            } catch {
                continue
            }
            guard period.contains(revocation.issuedAt), try isInForce(revocation, people) else { continue }
            add(.revocationsIssued)
        }
    }

    private func isInForce(
        _ revocation: Revocation, _ people: [KeyFingerprint: [(person: String, isValid: Bool)]]
    ) throws(AppError) -> Bool {
        try AppError.asking { () throws(AuthorityError) in
            switch revocation.target {
            case .delegation(let id):
                guard case .verified(let verified) = try authority.delegation(id) else { return false }
                return verified.revocation != nil
            // Looking the agent up verifies every suspension of it.
            case .agent(let id): return try authority.agent(id).registered != nil
            case .everyAgent: return true
            case .key(let key):
                if let person = people[key]?.first?.person {
                    return try authority.revocation(of: key, heldBy: .person(person)) != nil
                }
                return try authority.revocation(of: key, heldBy: authority.holder(of: key)) != nil
            }
        }
    }
}
