import RemitModel

/// The inventory at a glance, as a table or as JSON.
package struct AgentList: Sendable {
    package enum Entry: Sendable {
        case sheet(AgentSheet)
        /// A record that servers do not believe.
        case fault(id: String, String)
    }

    private let entries: [Entry]

    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// One agent a line, under a heading; the columns are as wide as they need to be.
    package var text: String {
        var rows: [[SafeText]] = [["AGENT", "STATE", "AUTONOMY", "REVIEW BY", "OWNERS"]]
        for entry in entries {
            switch entry {
            case .sheet(let sheet):
                let agent = sheet.agent
                rows.append([
                    "\(word: agent.id)", "\(word: sheet.state.rawValue)", "\(word: agent.autonomy.rawValue)",
                    "\(agent.reviewBy)", SafeText.joined(agent.owners.map { "\(word: $0)" }, by: ", "),
                ])
            case .fault(let id, let reason): rows.append(["\(word: id)", "not-believed", "", "", "\(plain: reason)"])
            }
        }
        let widths = (0..<4).map { column in rows.map { $0[column].text.count }.max() ?? 0 }
        return rows.map { Self.line($0, widths) + "\n" }.joined()
    }

    private static func line(_ row: [SafeText], _ widths: [Int]) -> String {
        zip(row, widths).map { $0.text + String(repeating: " ", count: $1 - $0.text.count + 2) }.joined()
            + (row.last?.text ?? "")
    }

    /// The same as one JSON object.
    package var json: [UInt8] {
        let agents = entries.map { entry -> JSONText in
            switch entry {
            case .sheet(let sheet): .object(sheet.members)
            case .fault(let id, let reason):
                .object([("id", .string(id)), ("state", .string("not-believed")), ("fault", .string(reason))])
            }
        }
        return JSONText.object([("schema", .string(RemitSheet.schema)), ("agents", .array(agents))]).encoded
    }
}
