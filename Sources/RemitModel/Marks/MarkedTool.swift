/// The marks of one tool.
package struct MarkedTool: Hashable, Sendable {
    package let id: String
    package let vendor: String
    package let kind: MarkKind
    package let marks: [Mark]

    package init(_ id: String, _ vendor: String, _ kind: MarkKind = .agent, _ marks: [Mark]) {
        self.id = id
        self.vendor = vendor
        self.kind = kind
        self.marks = marks
    }
}
