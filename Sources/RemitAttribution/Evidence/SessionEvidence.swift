import RemitFormats
import RemitModel

/// Session links: the address of the conversation in which a commit was made.
///
/// - Who writes it: `Claude-Session:` or the bare link by Claude Code on the web; `Agent-Logs-Url:` by GitHub's cloud
///   agent, `Copilot-Session:` by its command line, `Amp-Thread-ID:` by Amp: keyed lines of the catalogue. A person who
///   works in a browser pastes the link behind a label of their own: `Made in this session: https://claude.ai/code/…`.
/// - How it is matched: the whole value, or the whole line, has the form of the vendor's links, identifier and all.
/// - How sure: definite as the tool writes it, because a session's identifier cannot be guessed. Behind a label of
///   somebody's own, strong and misspelt. At the end of a sentence it is a reference: weak.
/// - What it misses: transcripts that were exported elsewhere; sessions whose link the user has switched off.
///
/// Source: anthropics/claude-code issues 41873 and 77830; Amp's `amp.git.commit.ampThread.enabled`; GitHub's
/// documentation of its agent's commits.
extension MessageScanner {
    /// The longest label before a link.
    private static let maximumLabel = 64

    /// A bare link's form at the end of a line that holds more; `colon` is that of its scheme.
    mutating func lookForLink(_ line: ArraySlice<UInt8>, schemeEndsAt colon: Int) {
        let scheme = "https"
        let text = line.trimmingBlanks()
        let start = colon - scheme.utf8.count
        guard start > text.startIndex, text.folds(scheme, at: start), text.first != UInt8(ascii: ">") else { return }
        let link = text[start...]
        for index in catalogue.lines {
            guard case .line(let pattern) = catalogue.mark(index).form, pattern.matches(link) else { continue }
            let label = text[..<start].trimmingBlanks()
            let isLabel = label.last == UInt8(ascii: ":") && label.count <= Self.maximumLabel
            let reading = isLabel ? Reading.mangled(.misspelt) : Reading.plain.weak()
            catalogue.report(index, place(of: text, reading), excerpt(text, reading), to: &scan, reading: reading)
        }
    }
}
