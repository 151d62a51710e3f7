/// Rows of cells under a heading; the columns are as wide as they need to be, and the last one is not filled.
struct TextTable {
    private let rows: [[SafeText]]

    init(_ heading: [SafeText], _ rows: [[SafeText]]) {
        self.rows = [heading] + rows
    }

    var text: String {
        let widths = rows[0].indices.dropLast().map { column in rows.map { $0[column].text.count }.max() ?? 0 }
        return rows.map { Self.line($0, widths) + "\n" }.joined()
    }

    private static func line(_ row: [SafeText], _ widths: [Int]) -> String {
        zip(row, widths).map { $0.text + String(repeating: " ", count: $1 - $0.text.count + 2) }.joined()
            + (row.last?.text ?? "")
    }
}
