extension SignedNote {
    /// What git puts before each line that a server says.
    private static let speaker = Array("remote: ".utf8)
    /// What the hook says before a checkpoint.
    private static let announcement = Array("remit: checkpoint: ".utf8)

    /// Reads a note from its file, or from what git showed of a push (`git push -o remit.checkpoint 2>FILE`).
    ///
    /// Git fills lines up with blanks; no line of a checkpoint ends with one.
    package init(shown bytes: [UInt8]) throws(NoteError) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).filter { line in
            line.starts(with: Self.speaker) || line.elementsEqual(Self.speaker.dropLast())
        }.map { line in
            line.dropFirst(Self.speaker.count).reversed().drop { $0 == 0x20 }.reversed() as [UInt8]
        }
        guard let start = lines.firstIndex(where: { $0.starts(with: Self.announcement) }) else {
            try self.init(bytes)
            return
        }
        let shown = lines[(start + 1)...]
        let blank = shown.firstIndex(of: []) ?? shown.endIndex
        let signatures = shown[blank...].dropFirst().prefix { $0.starts(with: "\u{2014} ".utf8) }
        try self.init((shown[..<blank] + [[]] + signatures).flatMap { $0 + [0x0A] })
    }
}
