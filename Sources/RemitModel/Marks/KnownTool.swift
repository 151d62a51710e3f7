/// A tool that Remit knows, with its marks and what became of each.
package struct KnownTool: Hashable, Sendable {
    package let id: String
    package let vendor: String
    package let kind: MarkKind
    package let origin: Origin
    package let marks: [KnownMark]

    /// Where marks come from.
    package enum Origin: String, Hashable, Sendable {
        case builtIn = "built-in"
        /// The organisation's own file of marks.
        case own = "marks.toml"
    }

    package init(_ tool: MarkedTool, from origin: Origin, marks: [KnownMark]) {
        (id, vendor, kind) = (tool.id, tool.vendor, tool.kind)
        self.origin = origin
        self.marks = marks
    }

    /// The tool with the marks that are looked for.
    package var inForce: MarkedTool {
        MarkedTool(id, vendor, kind, marks.filter { $0.state == .inForce }.map(\.mark))
    }
}

/// A mark, and whether it is looked for.
package struct KnownMark: Hashable, Sendable {
    package let mark: Mark
    package let state: State

    package enum State: Hashable, Sendable {
        case inForce
        /// The organisation has said that it is another tool's here.
        case replaced(by: String)
        /// The organisation has switched it off, and why.
        case off(reason: String)
    }

    package init(_ mark: Mark, _ state: State = .inForce) {
        self.mark = mark
        self.state = state
    }
}

/// All tools that Remit knows for an organisation.
package struct KnownTools: Hashable, Sendable {
    /// The version of the built-in catalogue.
    package let version: String
    /// Sorted by id, what is built in first.
    package let tools: [KnownTool]
    package let own: OwnMarks?
    /// What is switched off and is not there: this version of the catalogue has no such mark.
    package let idle: [OwnMarks.SwitchedOff]

    package init(version: String, tools: [KnownTool], own: OwnMarks?, idle: [OwnMarks.SwitchedOff]) {
        self.version = version
        self.tools = tools
        self.own = own
        self.idle = idle
    }
}
