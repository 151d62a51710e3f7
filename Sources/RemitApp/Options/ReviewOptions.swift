import ArgumentParser
import RemitModel
import RemitReport

/// When an agent's entry must be looked at again.
struct ReviewOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "When its entry must be reviewed: a day, or a span such as 180d. Default: 180d.", valueName: "day"),
        transform: OptionReading.deadline)
    var reviewBy: Deadline?

    /// Days until the review where nothing else is said.
    private static let reviewDays: Int64 = 180

    func reviewBy(from now: Instant) throws(AppError) -> Instant {
        let reviewBy = reviewBy?.moment(from: now) ?? now.adding(seconds: Self.reviewDays * 86_400)
        guard reviewBy > now else {
            throw AppError("--review-by \(reviewBy) is not in the future", status: .usage)
        }
        return reviewBy
    }
}
