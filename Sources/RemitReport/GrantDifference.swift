package import RemitModel

/// What one set of clauses and limits allows beyond another, and what it allows no more, in words.
///
/// Clauses that stand in both are passed over. Of the rest, those of one repository are compared in their order; one
/// that has no counterpart is told whole.
package struct GrantDifference: Sendable {
    /// A heading for each clause that differs, and below it lines that begin with `+ ` or `- `.
    package let lines: [SafeText]

    package var isEmpty: Bool { lines.isEmpty }

    /// - Parameter base: what there is now; `nil` when there is nothing.
    package init(
        from base: (grants: [Grant], limits: Limits)?, to grants: [Grant], limits: Limits
    ) {
        let old = base?.grants ?? []
        var gone = old.filter { !grants.contains($0) }
        var lines: [SafeText] = []
        for grant in grants where !old.contains(grant) {
            let index = gone.firstIndex { $0.repository == grant.repository }
            let counterpart = index.map { gone.remove(at: $0) }
            lines += Self.clause(from: counterpart, to: grant, among: old, isMore: base != nil)
        }
        for grant in gone { lines += Self.clause(from: grant, to: nil, among: old, isMore: true) }
        self.lines = lines + Self.budget(from: base?.limits, to: limits)
    }

    /// - Parameter known: every clause that there is now: a ref that one of them covers is nothing new, though the paths and
    ///   operations of a new clause always are, since clauses are never mixed.
    private static func clause(
        from old: Grant?, to new: Grant?, among known: [Grant], isMore: Bool
    ) -> [SafeText] {
        guard let heading = new ?? old else { return [] }
        var lines: [SafeText] = [title(of: heading)]
        func tell(_ act: SafeText, _ values: (Grant) -> [SafeText]) {
            let (before, after) = (old.map(values) ?? [], new.map(values) ?? [])
            let gained = after.filter { !before.contains($0) }
            let lost = before.filter { !after.contains($0) }
            if !gained.isEmpty { lines.append("\(isMore ? "+ may also" : "+ may") \(act) \(Self.list(gained))") }
            if !lost.isEmpty { lines.append("- may no longer \(act) \(Self.list(lost))") }
        }
        let others = old == nil ? known.filter { $0.repository == heading.repository } : []
        func news(_ refs: @escaping (Grant) -> [PathPattern]) -> (Grant) -> [SafeText] {
            { grant in
                refs(grant).filter { ref in !others.contains { refs($0).contains { $0.contains(ref) } } }.map(quoted)
            }
        }
        tell("push to", news(\.refs))
        tell("have its work landed by persons in", news(\.mergeInto))
        tell("change") { $0.paths.patterns.map(quoted) }
        // What is taken out of an exception is gained.
        let (kept, excepted) = (old?.paths.except ?? [], new?.paths.except ?? [])
        let lost = excepted.filter { !kept.contains($0) }
        let gained = new == nil ? [] : kept.filter { !excepted.contains($0) }
        if !lost.isEmpty { lines.append("- may never change \(list(lost.map(quoted)))") }
        if !gained.isEmpty { lines.append("+ is no longer kept from changing \(list(gained.map(quoted)))") }
        tell("do") { grant in Operation.allCases.filter(grant.operations.contains).map { "\($0)" } }
        tell("reach environment") { grant in grant.environments.sorted().map { "\(quoted: $0)" } }
        return lines
    }

    private static func title(of grant: Grant) -> SafeText {
        guard let ref = (grant.refs + grant.mergeInto).first else { return "in repository \(word: grant.repository):" }
        let left = grant.refs.count + grant.mergeInto.count - 1
        let more: SafeText = left > 0 ? " and \(left) more" : ""
        return "in repository \(word: grant.repository), on \(word: ref.description)\(more):"
    }

    private static func quoted(_ pattern: PathPattern) -> SafeText { "\(quoted: pattern.description)" }

    private static func list(_ values: [SafeText]) -> SafeText { .joined(values, by: ", ") }

    private static func budget(from old: Limits?, to new: Limits) -> [SafeText] {
        guard let old else {
            let limited: [SafeText] = new.named.compactMap { unit, limit in limit.map { "\($0) \(SafeText(unit))" } }
            let free = new.named.filter { $0.limit == nil }.map { SafeText($0.unit) }
            return (limited.isEmpty ? [] : ["+ at most \(list(limited))"])
                + (free.isEmpty ? [] : ["+ as many \(list(free)) as it likes"])
        }
        return zip(old.named, new.named).compactMap { line(of: SafeText($0.unit), from: $0.limit, to: $1.limit) }
    }

    private static func line(of unit: SafeText, from old: Int?, to new: Int?) -> SafeText? {
        switch (old, new) {
        case (nil, nil): nil
        case (nil, .some(let new)): "- at most \(new) \(unit), so far not limited"
        case (.some(let old), nil): "+ as many \(unit) as it likes instead of \(old)"
        case (.some(let old), .some(let new)):
            new == old
                ? nil
                : new > old
                    ? "+ at most \(new) \(unit) instead of \(old)" : "- at most \(new) \(unit) instead of \(old)"
        }
    }
}
