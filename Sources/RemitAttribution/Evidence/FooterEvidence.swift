import RemitFormats
import RemitModel

/// Footers: `🤖 Generated with [Claude Code](https://claude.com/claude-code)` and other lines that are a mark as a whole.
///
/// - Who writes it: the tool's instructions to its model, so the emoji before it and the brackets vary.
/// - How it is matched: ornaments, then `Generated with`, the tool's name or a link of that name, and nothing else on the
///   line; the link where it is given must be the tool's own. Other whole lines as the catalogue says.
/// - How sure: definite where the link or the ornament is the tool's alone, otherwise strong.
/// - What it misses: footers that are reworded.
/// - What it must not take: the same words in quotation marks, behind `>` or `#`, or within a sentence.
///
/// Source: the tools' documented defaults (Claude Code's `attribution`, Crush's `generated_with`, Continue's
/// `commitSignature`); anthropics/claude-code issues 9224 and 14241 for the older forms.
extension MessageScanner {
    /// Looks at a line without the blanks around it.
    ///
    /// The first byte decides whether anything can match at all.
    mutating func lookForFooter(_ text: ArraySlice<UInt8>, _ reading: Reading) {
        guard let first = text.first, catalogue.canBeginLine(first) else { return }
        // A frame is no ornament: what stands in it was pasted.
        guard !Frame.isSide(text) else { return }
        for index in catalogue.lines {
            if case .line(let pattern) = catalogue.mark(index).form, pattern.matches(text) {
                catalogue.report(index, .message, excerpt(text, reading), to: &scan, reading: reading)
            }
        }
        guard let footer = FooterLine(text) else { return }
        for index in catalogue.footers {
            if case .footer(let mark) = catalogue.mark(index).form, footer.matches(mark) {
                catalogue.report(index, .message, excerpt(text, reading), to: &scan, reading: reading)
            }
        }
    }
}

extension MarkCatalogue {
    /// Says whether a line that begins so can be a footer or another whole-line mark.
    func canBeginLine(_ first: UInt8) -> Bool {
        switch first.foldedASCII {
        case UInt8(ascii: "g"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: first >= 0x80 || lineStarts.contains(first.foldedASCII)
        }
    }
}
