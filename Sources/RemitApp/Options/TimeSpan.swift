import RemitModel

/// How long something lasts, as people write it: `90s`, `30m`, `8h`, `5d`, `2w`.
struct TimeSpan: Hashable, Sendable {
    let seconds: Int64

    /// The longest that can be written: a role's life ends there too.
    static let maximumSeconds: Int64 = 366 * 86_400

    init(_ text: String) throws(OptionFault) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400]
        guard let last = text.last, let unit = units[last], let number = Int64(text.dropLast()), number > 0,
            String(number) == text.dropLast()
        else { throw OptionFault("a number and s, m, h, d or w is needed, such as 30m, 8h or 5d") }
        let (seconds, isTooLong) = number.multipliedReportingOverflow(by: unit)
        guard !isTooLong, seconds <= Self.maximumSeconds else { throw OptionFault("it is longer than 366 days") }
        self.seconds = seconds
    }

    init(hours: Int64) {
        seconds = hours * 3600
    }
}
