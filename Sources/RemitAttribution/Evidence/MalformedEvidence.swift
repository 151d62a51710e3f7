import RemitFormats
import RemitModel

/// Malformed marks: what is left of one that was mangled on its way into the message.
///
/// - Who writes it: an agent that hands `-m "a\n\nCo-authored-by: …"` to git, joins the message's lines into one, pastes
///   its own framed output, types curly quotation marks; a model that misspells a key; somebody who disguises it.
/// - How it is matched: one file for each way, below `Malformed`; always against the same catalogue.
/// - How sure: never more than strong, and the evidence says how the mark was mangled.
/// - What it must not take: prose and quotations that hold such a line. Text goes on behind it, or quotation marks and
///   backticks stand around it; then it is none.
///
/// Source: 304 such commits among 617,000 public ones, in which no key was disguised by look-alike letters; those are
/// taken into account because a gate that is evaded by a full-width letter is none.
extension MessageScanner {
    /// Everything of one line that is not as a tool writes it.
    mutating func lookForMangled(_ line: ArraySlice<UInt8>, isFound: Bool) {
        let traits = LineTraits(line)
        if traits.hasBackslash { lookBehindEscapes(line, isFound: isFound) }
        if let joint = traits.joint { lookBehindJoints(line, from: joint) }
        guard !isFound else { return }
        if let scheme = traits.scheme { lookForLink(line, schemeEndsAt: scheme) }
        if traits.hasUnicode { lookBehindLookalikes(line) }
        lookForSpacedKey(line)
    }
}

/// What one look at the bytes of a line tells: whether a mangled mark can be in it at all.
struct LineTraits {
    private(set) var hasBackslash = false
    private(set) var hasUnicode = false
    /// The first colon behind `…by` that can end a co-author's key within the line.
    private(set) var joint: Int?
    /// The last colon of an address's scheme.
    private(set) var scheme: Int?

    init(_ line: ArraySlice<UInt8>) {
        var (last, beforeLast): (UInt8, UInt8) = (0, 0)
        for index in line.indices {
            let byte = line[index]
            if byte == UInt8(ascii: ":") {
                if last | 0x20 == UInt8(ascii: "y"), beforeLast | 0x20 == UInt8(ascii: "b") { joint = joint ?? index }
            } else if byte == UInt8(ascii: "/") {
                if last == byte, beforeLast == UInt8(ascii: ":") { scheme = index - 2 }
            } else if byte == UInt8(ascii: "\\") {
                hasBackslash = true
            } else if byte >= 0x80 {
                hasUnicode = true
            }
            (beforeLast, last) = (last, byte)
        }
    }
}
