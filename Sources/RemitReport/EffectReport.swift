package import RemitModel

/// What is said once refs have moved: nothing, unless nothing judged them, or nothing recorded or published it.
package struct EffectReport: Sendable {
    /// More refs than this are only counted.
    static let refsAtMost = 20

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

    private static func line(_ update: RefUpdate) -> SafeText {
        if update.isDeletion { return "warning: \(quoted: update.ref) was deleted at \(update.old) without a decision" }
        if update.isCreation { return "warning: \(quoted: update.ref) was created at \(update.new) without a decision" }
        return "warning: \(quoted: update.ref) moved from \(update.old) to \(update.new) without a decision"
    }
}
