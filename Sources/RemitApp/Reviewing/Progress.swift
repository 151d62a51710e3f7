import RemitReport

/// A word now and then about long work, for a person who waits at a terminal; a log is spared.
final class Progress {
    private let say: (String) -> Void
    private let words: (Int) -> String
    private let interval: Int
    private let isWatched: Bool
    private var told = 0
    private var done = 0

    /// - Parameters:
    ///   - say: says one line.
    ///   - isWatched: whether somebody sees it.
    ///   - words: says how far it is.
    init(
        every interval: Int, say: @escaping (String) -> Void, isWatched: Bool = Terminal.isWatched,
        _ words: @escaping (Int) -> String
    ) {
        self.interval = interval
        self.say = say
        self.isWatched = isWatched
        self.words = words
    }

    /// So much is done in all.
    func reach(_ count: Int) {
        done = count
        guard isWatched, done >= told + interval else { return }
        told = done
        say(words(done))
    }

    func step() { reach(done + 1) }
}
