package import RemitModel

/// The tools that Remit knows, as a table, mark by mark, or as JSON.
package struct KnownSheet: Sendable {
    package static let schema = "known/v1"

    private let known: KnownTools
    private let tools: [KnownTool]

    /// - Parameter id: the tool that is asked about; `nil` for all.
    package init(_ known: KnownTools, of id: String? = nil) {
        self.known = known
        tools = id.map { id in known.tools.filter { $0.id == id } } ?? known.tools
    }

    package var isEmpty: Bool { tools.isEmpty }

    /// One tool a line; marks that are not looked for are counted by themselves.
    package var table: String {
        TextTable(
            ["AGENT", "KIND", "MARKS", "OFF", "FROM", "VENDOR"],
            tools.map { tool in
                let off = tool.marks.count { $0.state != .inForce }
                return [
                    "\(word: tool.id)", "\(word: tool.kind.rawValue)", "\(tool.marks.count - off)",
                    off == 0 ? "" : "\(off)", "\(word: tool.origin.rawValue)", "\(plain: tool.vendor)",
                ]
            }
        ).text
    }

    /// Every mark in words, below its tool.
    package var text: String {
        tools.map { tool in
            let head: SafeText =
                "\(word: tool.id), \(word: tool.kind.rawValue) of \(plain: tool.vendor), from \(word: tool.origin.rawValue)"
            let lines = tool.marks.flatMap { known in
                known.mark.words.map { words -> SafeText in
                    let mark = known.mark
                    let end = known.state.words ?? mark.confidence.words
                    return "  \(cell: mark.confidence.name, 8)  \(words); \(end)"
                }
            }
            return ([head] + lines).map { $0.text + "\n" }.joined()
        }.joined()
    }

    /// The same as one JSON object.
    package var json: [UInt8] {
        let own: JSONText? = known.own.map { own in
            .object([("organisation", .string(own.organisation)), ("version", .integer(own.version))])
        }
        let idle: [JSONText] = known.idle.map { off in
            .object([("tool", .string(off.tool)), ("reason", .string(off.reason))])
        }
        return JSONText.object([
            ("schema", .string(Self.schema)), ("catalogue", .string(known.version)), ("own", own ?? .null),
            ("tools", .array(tools.map(Self.json))), ("idle", .array(idle)),
        ]).encoded
    }

    private static func json(_ tool: KnownTool) -> JSONText {
        .object([
            ("id", .string(tool.id)), ("vendor", .string(tool.vendor)), ("kind", .string(tool.kind.rawValue)),
            ("from", .string(tool.origin.rawValue)),
            ("marks", .array(tool.marks.flatMap { known in known.mark.entries.map { json($0, known.state) } })),
        ])
    }

    private static func json(_ entry: MarkEntry, _ state: KnownMark.State) -> JSONText {
        var members: [(name: String, value: JSONText)] = [("where", .string(entry.place.rawValue))]
        if let key = entry.key { members.append(("key", .string(key))) }
        members.append(("match", .string(entry.match.rawValue)))
        if let value = entry.value { members.append(("value", .string(value))) }
        if let link = entry.link { members.append(("link", .string(link))) }
        if entry.ornament { members.append(("ornament", .boolean(true))) }
        members.append(("confidence", .string(entry.confidence.name)))
        switch state {
        case .inForce: members.append(("state", .string("in-force")))
        case .replaced(let tool): members += [("state", .string("replaced")), ("by", .string(tool))]
        case .off(let reason): members += [("state", .string("off")), ("reason", .string(reason))]
        }
        return .object(members)
    }
}
