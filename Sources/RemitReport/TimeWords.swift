import RemitModel

extension SafeText {
    /// How long it is between two moments, in the largest unit that is not rounded to nothing: "3 hours".
    static func span(from start: Instant, to end: Instant) -> SafeText {
        let seconds = Int(max(start, end).seconds - min(start, end).seconds)
        let (count, unit): (Int, SafeText) =
            switch seconds {
            case ..<120: (seconds, "second")
            case ..<(2 * 3600): (seconds / 60, "minute")
            case ..<(2 * 86_400): (seconds / 3600, "hour")
            default: (seconds / 86_400, "day")
            }
        return count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
    }

    /// A moment, and how far it is from now: "2026-11-20T17:00:00Z (3 hours ago)".
    static func moment(_ moment: Instant, seenFrom now: Instant) -> SafeText {
        let span = span(from: now, to: moment)
        return moment < now ? "\(moment) (\(span) ago)" : "\(moment) (in \(span))"
    }
}
