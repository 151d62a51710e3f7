package import RemitModel

/// The first few of many values, each once, and how many there are.
package struct Sample<Element: Hashable & Sendable>: Sendable {
    package private(set) var shown: [Element] = []
    private var seen: Set<Element> = []

    package var count: Int { seen.count }
    package var left: Int { count - shown.count }

    fileprivate mutating func insert(_ element: Element?) {
        guard let element, seen.insert(element).inserted, shown.count < FindingGroup.shownAtMost else { return }
        shown.append(element)
    }
}

/// Findings that differ only in commit, path, or what was found there: one fault, told once.
package struct FindingGroup: Sendable {
    /// How many commits, paths and things found are named before "and N more".
    package static let shownAtMost = 3

    package let rule: RuleCode
    /// What was judged: what a person can do about a fault differs.
    package let occasion: Occasion
    package let ref: ByteString?
    /// What all findings of the group say; `found` is left out, see `found`.
    package let facts: Finding.Facts
    package private(set) var commits = Sample<ObjectID>()
    package private(set) var paths = Sample<ByteString>()
    package private(set) var found = Sample<ByteString>()
    package private(set) var findings = 0

    fileprivate init(_ key: Key, as occasion: Occasion) {
        self.occasion = occasion
        rule = key.rule
        ref = key.ref
        facts = key.facts
    }

    /// A group of one finding.
    package init(_ finding: Finding, as occasion: Occasion) {
        self.init(Key(finding), as: occasion)
        insert(finding)
    }

    fileprivate mutating func insert(_ finding: Finding) {
        commits.insert(finding.commit)
        paths.insert(finding.path)
        found.insert(finding.facts.found)
        findings += 1
    }

    fileprivate struct Key: Hashable {
        let rule: RuleCode
        let ref: ByteString?
        let facts: Finding.Facts

        init(_ finding: Finding) {
            rule = finding.rule
            ref = finding.ref
            var facts = finding.facts
            facts.found = nil
            self.facts = facts
        }
    }

    /// All findings in groups, in the order in which each group was first seen.
    package static func groups(of findings: [Finding], as occasion: Occasion) -> [FindingGroup] {
        var groups: [FindingGroup] = []
        var positions: [Key: Int] = [:]
        for finding in findings {
            let key = Key(finding)
            if let position = positions[key] {
                groups[position].insert(finding)
            } else {
                positions[key] = groups.count
                groups.append(FindingGroup(finding, as: occasion))
            }
        }
        return groups
    }
}
