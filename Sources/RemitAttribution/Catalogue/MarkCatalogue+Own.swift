package import RemitModel

extension MarkCatalogue {
    /// The catalogue as an organisation has it: the built-in one, with what its authority adds to it and takes from it.
    package static func catalogue(with own: OwnMarks?) -> MarkCatalogue {
        own == nil ? builtIn : MarkCatalogue(known(with: own).tools.map(\.inForce))
    }

    /// Every tool with every mark, and what the organisation has made of it.
    ///
    /// A mark of its own on an address, an account or a key takes the place of a built-in one: the organisation knows
    /// whose that is. What it switches off is told with the reason, and never left out.
    package static func known(with own: OwnMarks?) -> KnownTools {
        let listed = builtIn.tools
        guard let own else {
            return KnownTools(
                version: version,
                tools: listed.map { KnownTool($0, from: .builtIn, marks: $0.marks.map { KnownMark($0) }) }, own: nil,
                idle: [])
        }
        let holders = own.tools.flatMap { tool in
            tool.marks.filter(\.form.isOfOneHolder).map { (tool: tool.id, form: $0.form) }
        }
        var used: Set<OwnMarks.SwitchedOff> = []
        let tools = listed.map { tool in
            let without = own.without.filter { $0.tool == tool.id }
            let marks = tool.marks.flatMap { mark in
                var known: [KnownMark] = []
                var left: Mark.Form? = mark.form
                func take(_ taken: Mark.Form?, _ state: KnownMark.State) {
                    if let taken { known.append(KnownMark(Mark(form: taken, confidence: mark.confidence), state)) }
                }
                for holder in holders {
                    guard let form = left else { break }
                    let parts = form.divided(by: holder.form)
                    take(parts.taken, .replaced(by: holder.tool))
                    left = parts.left
                }
                for entry in without {
                    guard let form = left else { break }
                    let parts = entry.mark.map { form.divided(by: $0) } ?? (left: nil, taken: form)
                    take(parts.taken, .off(reason: entry.reason))
                    if parts.taken != nil { used.insert(entry) }
                    left = parts.left
                }
                take(left, .inForce)
                return known
            }
            return KnownTool(tool, from: .builtIn, marks: marks)
        }
        let added = own.tools.map { KnownTool($0, from: .own, marks: $0.marks.map { KnownMark($0) }) }
        // Stable in effect: a tool of its own stands behind the built-in one with its id.
        let sorted = (tools + added).enumerated().sorted { ($0.element.id, $0.offset) < ($1.element.id, $1.offset) }
        return KnownTools(
            version: version, tools: sorted.map(\.element), own: own, idle: own.without.filter { !used.contains($0) })
    }
}
