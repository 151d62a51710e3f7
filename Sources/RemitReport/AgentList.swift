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

    /// One agent a line, under a heading.
    package var text: String {
        let rows = entries.map { entry -> [SafeText] in
            switch entry {
            case .sheet(let sheet):
                let agent = sheet.agent
                return [
                    "\(word: agent.id)", "\(word: sheet.state.rawValue)", "\(word: agent.autonomy.rawValue)",
                    "\(agent.reviewBy)", SafeText.joined(agent.owners.map { "\(word: $0)" }, by: ", "),
                ]
            case .fault(let id, let reason): return ["\(word: id)", "not-believed", "", "", "\(plain: reason)"]
            }
        }
        return TextTable(["AGENT", "STATE", "AUTONOMY", "REVIEW BY", "OWNERS"], rows).text
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
