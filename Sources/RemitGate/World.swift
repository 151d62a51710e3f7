package import RemitHosts
package import RemitModel

/// The world as a hook meets it, as one value: nothing else reads a clock, a variable or a stream.
package struct World {
    package let arguments: [String]
    /// The same as the bytes that they came as.
    package let words: [ByteString]
    package let environment: Environment
    /// The server's time at the start of the process; every rule sees this one moment.
    package let now: Instant
    /// When the process started, on a clock that never goes back: deadlines count from here.
    package let started: ContinuousClock.Instant
    /// For whom a process of root acts, from `SUDO_UID`.
    package let trustedOwner: UInt32?
    /// Reads at most so many bytes of standard input, and one more if there is more; waits until then, or for ever.
    package let readInput: (_ atMost: Int, _ until: ContinuousClock.Instant?) throws(GateError) -> [UInt8]
    /// Writes to standard output, which is data.
    package let print: (String) -> Void
    /// Writes to standard error, which is talk; git relays both to the pusher.
    package let say: (String) -> Void
    /// What ends the process where the judge does not come back in time; `nil` where it is not the process's to end.
    package var watchdog: Watchdog?
    /// Who waits for the status of this process, and so which one says what.
    package var asking = ShimInterface.Asking.directly

    package init(
        arguments: [String], words: [ByteString], environment: Environment, now: Instant,
        started: ContinuousClock.Instant, trustedOwner: UInt32?,
        readInput: @escaping (_ atMost: Int, _ until: ContinuousClock.Instant?) throws(GateError) -> [UInt8],
        print: @escaping (String) -> Void, say: @escaping (String) -> Void
    ) {
        self.arguments = arguments
        self.words = words
        self.environment = environment
        self.now = now
        self.started = started
        self.trustedOwner = trustedOwner
        self.readInput = readInput
        self.print = print
        self.say = say
    }
}
