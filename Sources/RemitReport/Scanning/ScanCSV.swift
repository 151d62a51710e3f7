package import RemitModel

/// A scan as CSV by RFC 4180: a row for each tool, then one for each kind of commits that no tool is named for.
///
/// A value that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection").
package struct ScanCSV {
    private let scan: HistoryScan

    package static let columns: [SafeText] = [
        "kind", "id", "vendor", "inventory", "entry", "commits", "definite", "strong", "weak", "mangled", "files",
        "authors", "first", "first_commit", "last", "last_commit", "places", "directories", "people",
    ]

    package init(_ scan: HistoryScan) {
        self.scan = scan
    }

    package var text: String {
        let rest: [(kind: SafeText, count: Int)] = [
            ("weak-only", scan.commits.weak), ("no-evidence", scan.commits.noEvidence),
            ("malformed", scan.commits.malformed),
        ]
        let padding = [SafeText](repeating: "", count: Self.columns.count - 6)
        let rows: [[SafeText]] = scan.tools.map(row) + rest.map { [$0.kind, "", "", "", "", "\($0.count)"] + padding }
        return ([Self.columns] + rows).map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
    }

    private func row(_ tool: HistoryScan.Tool) -> [SafeText] {
        let directories: [SafeText] = tool.directories.map { "\(plain: $0.name) \($0.commits)" }
        let people: [SafeText] = tool.people.map { "\(plain: $0.name) <\(plain: $0.email)> \($0.commits)" }
        let places: [SafeText] = tool.places.map { "\(plain: $0.place.rawValue) \($0.commits)" }
        return [
            "\(plain: tool.kind.rawValue)", "\(plain: tool.id)", "\(plain: tool.vendor ?? "")",
            "\(plain: tool.registration?.word ?? "")", "\(plain: tool.registration?.entry ?? "")", "\(tool.commits)",
            "\(tool.definite)", "\(tool.strong)", "\(tool.weak)", "\(tool.mangled)",
            tool.files.map(ScanWords.count) ?? "", ScanWords.count(tool.authors), "\(tool.span.first.at)",
            "\(plain: tool.span.first.commit.hex)", "\(tool.span.last.at)", "\(plain: tool.span.last.commit.hex)",
            .joined(places, by: "; "), .joined(directories, by: "; "), .joined(people, by: "; "),
        ]
    }

    /// One field: what begins a formula or ends the field does so no more; nothing in it steers a terminal.
    static func field(_ value: SafeText) -> String {
        var text = value.text
        if let first = text.utf8.first, "=+-@".utf8.contains(first) { text = "'" + text }
        guard text.utf8.contains(where: { "\",;".utf8.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
