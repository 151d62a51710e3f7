package import RemitModel

extension OwnMarks {
    /// Most tools, and most entries that switch something off.
    private static let maximumToolCount = 256

    /// Reads `marks.toml`, strictly.
    ///
    /// Whatever is well formed is read, also where this version's catalogue has no such tool or mark to extend or to
    /// switch off: which it has depends on the version, and an authority must not break with the next one.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "marks/v1")
        let organisation = try table.identifier("organisation")
        let version = try table.number("version", 1...Int(Int32.max))
        var tools: [(id: String, vendor: String, kind: MarkKind)] = []
        for var tool in try table.tables("tool") {
            let id = try tool.identifier("id")
            guard !tools.contains(where: { $0.id == id }) else { throw tool.refusal("id", "'\(id)' is there twice") }
            tools.append((id, try tool.text("vendor"), try tool.word("kind")))
            try tool.finish()
        }
        guard tools.count <= Self.maximumToolCount else {
            throw table.refusal("tool", "names more than \(Self.maximumToolCount) tools")
        }
        var marks: [String: [Mark]] = [:]
        var holders: [(form: Mark.Form, tool: String)] = []
        for var entry in try table.tables("mark") {
            let tool = try entry.identifier("tool")
            guard tools.contains(where: { $0.id == tool }) else {
                throw entry.refusal("tool", "'\(tool)' is not among the [[tool]] entries")
            }
            let form = try Mark.Form(&entry)
            let known = marks[tool, default: []]
            guard !known.contains(where: { $0.form.divided(by: form).taken != nil }) else {
                throw entry.refusal("tool", "'\(tool)' has this mark twice")
            }
            if let other = holders.first(where: { $0.form.divided(by: form).taken != nil })?.tool {
                throw entry.refusal("value", "is a mark of '\(other)' already; it can have one holder")
            }
            if form.isOfOneHolder { holders.append((form, tool)) }
            marks[tool] = known + [Mark(form: form, confidence: try entry.confidence())]
            try entry.finish()
        }
        if let bare = tools.first(where: { marks[$0.id] == nil }) {
            throw table.refusal("tool", "'\(bare.id)' has no [[mark]]")
        }
        var without: [SwitchedOff] = []
        for var entry in try table.tables("without") {
            let off = SwitchedOff(
                tool: try entry.identifier("tool"),
                mark: entry.holds("where") ? try Mark.Form(&entry) : nil, reason: try entry.text("reason"))
            guard !without.contains(where: { $0.tool == off.tool && $0.mark == off.mark }) else {
                throw entry.refusal("tool", "the same is switched off twice")
            }
            without.append(off)
            try entry.finish()
        }
        guard without.count <= Self.maximumToolCount else {
            throw table.refusal("without", "has more than \(Self.maximumToolCount) entries")
        }
        guard !tools.isEmpty || !without.isEmpty else {
            throw table.refusal(nil, "says nothing: it has neither a [[tool]] nor a [[without]]")
        }
        try table.finish()
        self.init(
            organisation: organisation, version: version,
            tools: tools.map { MarkedTool($0.id, $0.vendor, $0.kind, marks[$0.id] ?? []) }, without: without)
    }
}

extension RecordTable {
    fileprivate mutating func confidence() throws(RecordError) -> Confidence {
        let name = try text("confidence")
        guard let confidence = Confidence(name: name) else {
            throw refusal("confidence", "'\(name)' is not one of: weak, strong, definite")
        }
        return confidence
    }
}
