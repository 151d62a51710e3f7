import RemitAuthority
import RemitModel

/// How many findings of which rule there are on which ref, those among them that are not kept for the report.
struct FindingTally {
    struct Place: Hashable {
        let rule: RuleCode
        let ref: ByteString?
    }

    private(set) var counts: [Place: Int] = [:]
    /// The places in the order in which they were first seen.
    private(set) var places: [Place] = []

    mutating func add(_ findings: [Finding]) {
        for finding in findings {
            let place = Place(rule: finding.rule, ref: finding.ref)
            if counts[place] == nil { places.append(place) }
            counts[place, default: 0] += 1
        }
    }
}

/// Break-glass: whether exceptions set aside everything that was found.
///
/// All or nothing, since a push lands as a whole: where one finding is left, every one refuses as if there were no
/// exception, and the remarks say why it does not help.
struct Overriding {
    /// What was set aside; empty where nothing was.
    let overrides: [Decision.Override]
    /// Why exceptions that lie there do not let the submission through.
    let remarks: [String]

    init(
        of tally: FindingTally, by exceptions: RecordsOfCommit<VerifiedException>?, updates: [RefUpdate],
        at now: Instant
    ) {
        guard let exceptions, !tally.places.isEmpty else {
            (overrides, remarks) = ([], [])
            return
        }
        var overrides: [Decision.Override] = []
        var left: [FindingTally.Place] = []
        for place in tally.places {
            let exception = exceptions.verified.first { $0.exception.setsAside(place, in: updates, at: now) }
            guard let exception, let ref = place.ref else {
                left.append(place)
                continue
            }
            overrides.append(
                Decision.Override(
                    exception: exception.id, issuer: exception.exception.issuer, reason: exception.exception.reason,
                    expiresAt: exception.exception.expiresAt, rule: place.rule, ref: ref,
                    findings: tally.counts[place] ?? 0))
        }
        self.overrides = left.isEmpty ? overrides : []
        remarks =
            left.isEmpty
            ? []
            : exceptions.faults + exceptions.verified.map { $0.remark(on: left, in: updates, at: now) }
    }
}

extension Exception {
    fileprivate func setsAside(_ place: FindingTally.Place, in updates: [RefUpdate], at now: Instant) -> Bool {
        // A limit counts everything that a push takes out of a delegation, on whatever ref it was.
        let isOfTheWholePush = place.rule.rawValue.hasPrefix("limit.")
        return rules.contains(place.rule) && place.ref == ref && issuedAt <= now && now < expiresAt
            && updates.contains { $0.ref == ref && $0.new == commit } && (!isOfTheWholePush || updates.count == 1)
    }
}

extension VerifiedException {
    /// Why it lets nothing through, in git's voice.
    fileprivate func remark(
        on left: [FindingTally.Place], in updates: [RefUpdate], at now: Instant
    ) -> String {
        let subject = "exception \(id.abbreviated) of \(exception.issuer)"
        if exception.expiresAt <= now { return "\(subject) expired at \(exception.expiresAt)" }
        if exception.issuedAt > now { return "\(subject) is valid only from \(exception.issuedAt)" }
        guard updates.contains(where: { $0.ref == exception.ref && $0.new == exception.commit }) else {
            return "\(subject) is for '\(String(decoding: exception.ref.bytes, as: UTF8.self))' only"
        }
        let here = Set(left.filter { $0.ref == exception.ref }.map(\.rule))
        let named = here.intersection(exception.rules).map(\.rawValue).sorted()
        if !named.isEmpty {
            return "\(subject) sets aside \(named.joined(separator: ", ")) only where the push moves that ref alone"
        }
        let others = Set(left.map(\.rule)).map(\.rawValue).sorted().joined(separator: ", ")
        return "\(subject) does not set aside \(here.isEmpty ? "what else was found: " : "")\(others)"
    }
}
