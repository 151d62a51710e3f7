import RemitHosts
import RemitModel

/// How long a push may be judged, and what is said where that was too short.
///
/// The figure is the host's, unless the administrator has set another one: GitHub Enterprise Server stops all hooks of a
/// push after 5 seconds, and tells the pusher nothing of why.
package struct TimeLimit: Sendable {
    let end: ContinuousClock.Instant
    /// Lower case, with the figure and what sets it.
    let reason: String
    /// How much longer a decision may take to be put on record that was reached in time, or was not for want of it.
    private var recording = Duration.seconds(2)

    /// What is waited for where nobody ends standard input.
    static let endlessInput = "git has not ended its input"

    /// How long it may take until the settings are read, in seconds; there is no host to know a figure of before that.
    private static let unknownSeconds = 120

    init(of host: HostConfiguration, since start: ContinuousClock.Instant) {
        let seconds = host.timeLimitSeconds
        // There is less than a second left of the five.
        if host.kind == .ghes { recording = .zero }
        end = start.advanced(by: .seconds(seconds))
        let figure = Self.words(seconds)
        reason =
            host.deadlineSeconds == nil
            ? "judging this push took longer than the \(figure) that it has with remit.host \(host.kind.rawValue); "
                + "git config remit.deadline sets another time"
            : "judging this push took longer than the \(figure) that git config remit.deadline gives it"
    }

    /// What holds while nothing is known of the host.
    init(beforeSettingsSince start: ContinuousClock.Instant) {
        end = start.advanced(by: .seconds(Self.unknownSeconds))
        reason = "the settings of this repository could not be read within \(Self.words(Self.unknownSeconds))"
    }

    /// The same limit, with what was being done.
    func during(_ what: String) -> TimeLimit {
        TimeLimit(end: end, reason: "\(reason); \(what)", recording: recording)
    }

    /// The same limit for what is left when the judge has come back.
    var forRecording: TimeLimit {
        TimeLimit(end: end.advanced(by: recording), reason: reason, recording: recording)
            .during("the decision was being recorded")
    }

    private init(end: ContinuousClock.Instant, reason: String, recording: Duration) {
        self.end = end
        self.reason = reason
        self.recording = recording
    }

    var fault: GateError { GateError(.undecidedDeadline, reason) }

    private static func words(_ seconds: Int) -> String { seconds == 1 ? "1 second" : "\(seconds) seconds" }
}
