import RemitModel

/// A moment to come, as people write it: a span from now, a day, or an exact moment in UTC.
enum Deadline: Hashable, Sendable {
    case after(TimeSpan)
    case at(Instant)

    init(_ text: String) throws(OptionFault) {
        if let moment = Instant(text) ?? Instant(text + "T00:00:00Z") {
            self = .at(moment)
            return
        }
        guard !text.contains("-") else {
            throw OptionFault("neither a day such as 2027-06-30 nor a moment such as 2027-06-30T17:00:00Z")
        }
        self = .after(try TimeSpan(text))
    }

    func moment(from now: Instant) -> Instant {
        switch self {
        case .after(let span): now.adding(seconds: span.seconds)
        case .at(let moment): moment
        }
    }
}
