import RemitAuthority
import RemitEvidence
import RemitGate
import RemitModel
import RemitReport

/// Holds what the evidence of a period tells against the authority, for the owners to look at.
struct EvidenceExamination {
    let tally: ReviewTally
    let authority: Authority
    let store: any EvidenceStore
    let now: Instant

    /// A delegation that ends sooner than this is not worth replacing: a day, in seconds.
    static let worthwhileSeconds: Int64 = 86_400

    /// What was seen and refused, and by what was let through.
    func matters() throws(AppError) -> [Review.Matter] {
        var matters: [Review.Matter] = []
        func add(_ weight: Review.Weight, _ subject: Review.Subject, ask: [String] = []) {
            matters.append(Review.Matter(weight, subject, ask: ask.isEmpty ? authority.administrators : ask))
        }
        for landings in tally.allLandings { add(.urgent, .landedWithoutDecision(landings)) }
        for absence in tally.absences { add(absence.until == nil ? .urgent : .due, .gateAway(absence)) }
        for var seen in tally.allUndeclared {
            let standing = try AppError.asking { () throws(AuthorityError) in try authority.agent(seen.agent) }
            seen.isRegisteredNow = standing.registered != nil
            add(
                seen.isRegisteredNow ? .note : .due, .undeclaredAgent(seen),
                ask: standing.registered?.agent.owners ?? [])
        }
        for use in tally.allExceptions { add(.due, .exceptionUsed(use), ask: [use.issuer]) }
        for refusals in tally.repeatedRefusals {
            let owners = try refusals.agent.map { agent throws(AppError) in
                try AppError.asking { () throws(AuthorityError) in try authority.agent(agent) }
            }
            add(
                .due, .refusals(refusals),
                ask: refusals.last.facts.ask.isEmpty
                    ? owners?.registered?.agent.owners ?? [] : refusals.last.facts.ask)
        }
        for (repository, decisions) in tally.withoutEffects {
            add(.note, .unrecordedEffects(repository: repository, decisions: decisions))
        }
        return matters
    }

    /// The delegations that allow more than was done under them.
    ///
    /// Looked at are those that stand, and those that ran out in the period: the next one can be narrower. What was
    /// revoked is over.
    ///
    /// - Parameter progress: is told of each decision that was judged again.
    func wideDelegations(
        among sheets: [RemitSheet], progress: @escaping () -> Void
    ) throws(AppError) -> [Review.Matter] {
        let reading = UseReading(
            store, protectedPaths: ProtectedPaths(adding: authority.policy.protectedPaths), history: tally.history)
        var descendants: [RecordID: [RecordID]] = [:]
        for sheet in sheets {
            for link in sheet.chain { descendants[link.id, default: []].append(sheet.id) }
        }
        var matters: [Review.Matter] = []
        for sheet in sheets where sheet.delegation.expiresAt > now || tally.period.contains(sheet.delegation.expiresAt)
        {
            guard sheet.state != .notYet, sheet.state != .revoked,
                case .verified(let verified) = try AppError.asking({ () throws(AuthorityError) in
                    try authority.delegation(sheet.id)
                })
            else { continue }
            let found = try EvidenceError.asked { () throws(EvidenceError) in
                try reading.read(verified, descendants: descendants[sheet.id] ?? [], progress: progress)
            }
            if let matter = matter(of: sheet, found) { matters.append(matter) }
        }
        return matters
    }

    private func matter(of sheet: RemitSheet, _ found: UseReading.Found) -> Review.Matter? {
        let delegation = sheet.delegation
        let isActing = sheet.state == .inForce || sheet.state == .suspended
        // Work that nobody has landed may still be, as long as persons may.
        let awaitsLanding = delegation.mergeBy > now
        let narrower = found.use.narrower(awaitingLanding: awaitsLanding)
        if found.decisions == 0 {
            // What is hardly older than a day may still come into use; what is not known is not called unused.
            guard found.unknown.isEmpty, delegation.issuedAt <= now.adding(seconds: -Self.worthwhileSeconds) else {
                return nil
            }
        } else if Self.isSame(narrower, delegation.grants) {
            return nil
        }
        let lasts = isActing && delegation.expiresAt >= now.adding(seconds: Self.worthwhileSeconds)
        return Review.Matter(
            lasts ? .due : .note,
            .wideDelegation(
                .init(
                    id: sheet.id, agent: delegation.agent, task: delegation.task, expiresAt: delegation.expiresAt,
                    isActing: isActing, decisions: found.decisions, unused: found.use.unused, narrower: narrower,
                    unknown: found.unknown)),
            ask: [delegation.delegator])
    }

    /// Whether clauses allow the same, in whatever order they write it.
    private static func isSame(_ one: [Grant], _ other: [Grant]) -> Bool {
        one.count == other.count
            && zip(one, other).allSatisfy { $0.excess(beyond: $1) == nil && $1.excess(beyond: $0) == nil }
    }
}
