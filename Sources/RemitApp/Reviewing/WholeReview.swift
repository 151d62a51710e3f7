import ArgumentParser
import RemitAuthority
import RemitEvidence
import RemitModel
import RemitReport

/// How a review can be told.
enum ReviewFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown
    case json
}

/// A review of everything: the authority as it stands, and the evidence of a period.
struct WholeReview {
    let authority: Authority
    let location: AuthorityLocation
    let period: Period
    let now: Instant
    let console: Console

    /// - Parameter source: `nil` where no evidence is at hand, so that only the authority is looked through.
    func review(_ source: EvidenceOptions.Source?) throws(AppError) -> Review {
        let examined = try AuthorityExamination(authority, at: location, now: now)
        var matters = examined.matters
        var extent: Review.Extent?
        var uncounted = 0
        if let store = source?.store {
            let reading = Progress(every: 10_000, say: console.say) { "\($0) entries read" }
            let judging = Progress(every: 100, say: console.say) { "\($0) decisions judged again" }
            let tally = try EvidenceError.asked { () throws(EvidenceError) in
                var tally = ReviewTally(period)
                try tally.read(store, until: now, progress: reading.reach)
                return tally
            }
            let examination = EvidenceExamination(tally: tally, authority: authority, store: store, now: now)
            matters += try examination.matters()
            matters += try examination.wideDelegations(among: examined.delegations, progress: judging.step)
            let logs = try EvidenceError.asked { () throws(EvidenceError) in try store.logs() }
            extent = Review.Extent(logs: logs, entries: tally.entries, total: tally.total)
            uncounted = tally.uncounted
        }
        return Review(
            period: period, now: now, authority: authority.commit, evidence: extent, matters: matters,
            uncounted: uncounted)
    }
}
