package import RemitModel

/// What is said once refs have moved: nothing, unless nothing judged them, or nothing recorded or published it.
package struct EffectReport: Sendable {
    /// More refs than this are only counted.
    static let refsAtMost = 20
    /// A name of 255 bytes and a signature are far below it, in bytes.
    private static let noteLineAtMost = 4096

    private let hostPrefix: String

    package init(hostPrefix: String = "") {
        self.hostPrefix = hostPrefix
    }

    /// Lines that end in LF; empty where a decision let every update.
    package func text(undecided: [RefUpdate], entry: Int) -> String {
        guard !undecided.isEmpty else { return "" }
        var lines = TextLines(hostPrefix: hostPrefix)
        for update in undecided.prefix(Self.refsAtMost) { lines.append(Self.line(update)) }
        let left = undecided.count - Self.refsAtMost
        if left > 0 { lines.append("warning: \(left) more refs moved without a decision") }
        lines.append("hint: nothing judged that; ask the administrators to run 'remit doctor' on the server")
        lines.append("effect \(entry) recorded")
        return lines.text
    }

    package func text(unrecorded reason: String) -> String {
        var lines = TextLines(hostPrefix: hostPrefix)
        lines.append("warning: what landed is not recorded: \(plain: reason)")
        lines.append("hint: ask the administrators to run 'remit doctor' on the server")
        return lines.text
    }

    /// One line: what landed stands and is on record all the same.
    package func text(unpublished reason: String) -> String {
        var lines = TextLines(hostPrefix: hostPrefix)
        lines.append("warning: the log is not published: \(plain: reason)")
        return lines.text
    }

    /// The lines of a signed note as they are, so that they can be kept, below one line of ours.
    ///
    /// The note is our own log's; its lines are escaped all the same, so that none steers a terminal.
    package func text(checkpoint note: [UInt8]) -> String {
        var lines = TextLines(hostPrefix: hostPrefix)
        lines.append("checkpoint: keep what follows, for 'remit log verify --checkpoint'")
        let shown = note.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map { line in
            hostPrefix + Escaping.text(Array(line), limit: Self.noteLineAtMost) + "\n"
        }
        return lines.text + shown.joined()
    }

    package func textWithoutCheckpoint() -> String {
        var lines = TextLines(hostPrefix: hostPrefix)
        lines.append("warning: there is no checkpoint to show: the hook has no key of the log")
        return lines.text
    }

    private static func line(_ update: RefUpdate) -> SafeText {
        if update.isDeletion { return "warning: \(quoted: update.ref) was deleted at \(update.old) without a decision" }
        if update.isCreation { return "warning: \(quoted: update.ref) was created at \(update.new) without a decision" }
        return "warning: \(quoted: update.ref) moved from \(update.old) to \(update.new) without a decision"
    }
}
