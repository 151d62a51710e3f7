/// The lines of a text report: each begins with words of ours, ends in LF and is cut; the whole has a bound too.
///
/// A line that began with untrusted text could be a command to the CI system that shows it (`::error::`) or
/// pass for a message of the git host (`GL-HOOK-ERR:`). None does: the prefix is written here and nowhere else.
struct TextLines {
    /// With prefix and LF: what git's side band and CI logs show without breaking it.
    static let lineAtMost = 500
    /// Hosts cut or drop longer output of a hook.
    static let reportAtMost = 60 * 1024

    private static let speaker = "remit: "
    private static let ellipsis = "…"

    private let prefix: String
    private(set) var text = ""

    /// `hostPrefix` is what the host wants before every line, such as GitLab's `GL-HOOK-ERR: `.
    init(hostPrefix: String) {
        prefix = hostPrefix + Self.speaker
    }

    mutating func append(_ line: SafeText) {
        text += bounded(line)
    }

    /// All of the lines, or none where they would not leave `reserve` bytes of the report free.
    mutating func append(_ lines: [SafeText], leaving reserve: Int) -> Bool {
        let block = lines.map(bounded).joined()
        guard text.utf8.count + block.utf8.count + reserve <= Self.reportAtMost else { return false }
        text += block
        return true
    }

    private func bounded(_ line: SafeText) -> String {
        let whole = prefix + line.text
        guard whole.utf8.count + 1 > Self.lineAtMost else { return whole + "\n" }
        var size = Self.ellipsis.utf8.count + 1
        var kept = String.UnicodeScalarView()
        for scalar in whole.unicodeScalars {
            size += UTF8.width(scalar)
            guard size <= Self.lineAtMost else { break }
            kept.append(scalar)
        }
        return String(kept) + Self.ellipsis + "\n"
    }
}
