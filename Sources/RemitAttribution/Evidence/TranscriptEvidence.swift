import RemitFormats
import RemitModel

/// Transcripts: the conversation itself, in the message.
///
/// - Who writes it: aider's versions of 2023, below a subject `aider: …`: each turn begins with `USER:` or `ASSISTANT:`.
/// - How it is matched: both turns as keyed lines, in upper case, in a message whose subject bears a weak mark.
/// - How sure: they make that mark strong. Without the turns the subject stays weak: whoever works on the tool types its
///   name before a colon as well.
/// - What it misses: later versions write no transcript, but `(aider)` behind the author's name.
///
/// Source: `get_context_from_history` in aider/coders/base_coder.py, and the prefix in aider/repo.py.
struct Transcript {
    private var hasUser = false
    private var hasAssistant = false

    mutating func take(_ key: ArraySlice<UInt8>) {
        switch key.count {
        case 4: hasUser = hasUser || key.elementsEqual("USER".utf8)
        case 9: hasAssistant = hasAssistant || key.elementsEqual("ASSISTANT".utf8)
        default: break
        }
    }

    var isWhole: Bool { hasUser && hasAssistant }
}

extension MessageScanner {
    /// Believes the weak mark of a subject above a transcript.
    mutating func lookAtSubject() {
        guard transcript.isWhole, let subject = MessageLines(message).first(where: { _ in true }) else { return }
        for index in catalogue.lines {
            let mark = catalogue.mark(index)
            guard case .line(let pattern) = mark.form, mark.confidence == .weak, pattern.matches(subject) else {
                continue
            }
            let tool = catalogue.tool(of: index)
            scan.add(
                Evidence(
                    agent: tool.id, kind: tool.kind, place: .message, strength: .declared, confidence: .strong,
                    excerpt: ByteString(subject.trimmingBlanks())))
        }
    }
}
