/// What an organisation adds to the catalogue of marks, and takes from it: `marks.toml` of its authority.
package struct OwnMarks: Hashable, Sendable {
    package let organisation: String
    /// Only rises, so that two states of it can be told apart.
    package let version: Int
    /// Tools of its own, and marks of its own of tools that the catalogue knows.
    package let tools: [MarkedTool]
    package let without: [SwitchedOff]

    /// Marks of the built-in catalogue that say nothing here: false alarms at this organisation.
    package struct SwitchedOff: Hashable, Sendable {
        /// The tool's id in the catalogue.
        package let tool: String
        /// The one mark that is meant; `nil` for all of the tool.
        package let mark: Mark.Form?
        package let reason: String

        package init(tool: String, mark: Mark.Form?, reason: String) {
            self.tool = tool
            self.mark = mark
            self.reason = reason
        }
    }

    package init(organisation: String, version: Int, tools: [MarkedTool], without: [SwitchedOff]) {
        self.organisation = organisation
        self.version = version
        self.tools = tools
        self.without = without
    }
}

extension Mark.Form {
    /// What one mark leaves of another and what it takes: the lines that both have of an address or a name, an account,
    /// a key, or all of a mark that is the same.
    package func divided(by other: Mark.Form) -> (left: Mark.Form?, taken: Mark.Form?) {
        switch (self, other) {
        case (.email(let one, let lines), .email(let two, let others)) where one == two:
            lines.divided(by: others) { .email(one, $0) }
        case (.name(let one, let lines), .name(let two, let others)) where one == two:
            lines.divided(by: others) { .name(one, $0) }
        case (.gitHub(let one, _, _), .gitHub(let two, _, _)): one == two ? (nil, self) : (self, nil)
        default: self == other ? (nil, self) : (self, nil)
        }
    }

    /// Whether it is the mark of one address, account or key, of which an organisation knows whose it is.
    package var isOfOneHolder: Bool {
        switch self {
        case .email, .gitHub, .key, .pusher(.exact): true
        case .name, .value, .valueEmail, .footer, .line, .ref, .pusher: false
        }
    }
}

extension Mark.Lines {
    fileprivate func divided(
        by others: Mark.Lines, _ form: (Mark.Lines) -> Mark.Form
    ) -> (left: Mark.Form?, taken: Mark.Form?) {
        let (left, taken) = (subtracting(others), intersection(others))
        return (left.isEmpty ? nil : form(left), taken.isEmpty ? nil : form(taken))
    }
}
