import RemitModel

/// Many requests at a glance: one a line, in 80 columns, or as JSON.
package struct RequestTable: Sendable {
    private let sheets: [RequestSheet]

    package init(_ sheets: [RequestSheet]) {
        self.sheets = sheets
    }

    /// A heading and one line for each; empty where there is none.
    package var text: String {
        guard !sheets.isEmpty else { return "" }
        let heading = Self.line("REQUEST", "AGENT", "TASK", "ASKED", "REPLACES")
        let lines = sheets.map { sheet in
            Self.line(
                sheet.id.abbreviated, sheet.request.agent, sheet.request.task,
                SafeText.span(from: sheet.request.issuedAt, to: sheet.now).text + " ago",
                sheet.request.replaces?.abbreviated ?? "nothing")
        }
        return ([heading] + lines).map { $0.text + "\n" }.joined()
    }

    private static func line(
        _ id: String, _ agent: String, _ task: String, _ asked: String, _ replaces: String
    ) -> SafeText {
        "\(cell: id, 12)  \(cell: agent, 16)  \(cell: task, 16)  \(cell: asked, 14)  \(cell: replaces, 12)"
    }

    package static let schema = "requests/v1"

    /// All of them as one JSON object.
    package var json: JSONText {
        .object([("schema", .string(Self.schema)), ("requests", .array(sheets.map(\.json)))])
    }
}
