import ArgumentParser
import RemitModel
import RemitReport

/// From when to when the evidence is looked at.
struct PeriodOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "From when on, included: a span back from now such as 30d, a day, or a moment in UTC. Default: 30d.",
            valueName: "when"), transform: OptionReading.pastMoment)
    var since: PastMoment?

    @Option(
        help: ArgumentHelp(
            "Until when, excluded: as --since. Default: the second that is passing, included.", valueName: "when"),
        transform: OptionReading.pastMoment)
    var until: PastMoment?

    var isGiven: Bool { since != nil || until != nil }

    /// How far back is looked where nothing is said: 30 days, in seconds.
    static let defaultSeconds: Int64 = 30 * 86_400

    func period(at now: Instant) throws(AppError) -> Period {
        let until = until?.moment(before: now) ?? now.adding(seconds: 1)
        let since = since?.moment(before: now) ?? until.adding(seconds: -Self.defaultSeconds)
        guard let period = Period(since: since, until: until) else {
            throw AppError("--since \(since) is not before --until \(until)", status: .usage)
        }
        return period
    }
}

/// A moment that has passed, as people write it: a span back from now, a day, or an exact moment in UTC.
enum PastMoment: Hashable, Sendable {
    case before(TimeSpan)
    case at(Instant)

    init(_ text: String) throws(OptionFault) {
        switch try Deadline(text) {
        case .after(let span): self = .before(span)
        case .at(let moment): self = .at(moment)
        }
    }

    func moment(before now: Instant) -> Instant {
        switch self {
        case .before(let span): now.adding(seconds: -span.seconds)
        case .at(let moment): moment
        }
    }
}

extension OptionReading {
    @Sendable static func pastMoment(_ text: String) throws -> PastMoment { try PastMoment(text) }
}
