import RemitModel

/// What every channel tells of a decision: how it ended, the faults, and how many more there were.
///
/// The channels differ in form and escaping only.
struct Account: Sendable {
    enum Severity: Hashable, Sendable {
        case error
        /// Monitor mode let through what it would have refused.
        case warning
        /// Allowed.
        case note
    }

    /// More remarks than this are not shown.
    private static let remarksAtMost = 4

    let severity: Severity
    let occasion: Occasion
    /// How it ended, then what an allowed submission stands on; never empty.
    let opening: [SafeText]
    let groups: [FindingGroup]
    /// How many findings the groups do not have.
    let left: Int
    /// What was only observed, in a few lines, and what else a person should know.
    let remarks: [SafeText]
    /// What was only observed, for systems that show each by itself.
    let observations: [FindingGroup]

    private init(
        _ decision: Decision, _ occasion: Occasion, _ ledgerEntry: Int?, groups: [FindingGroup], atMost limit: Int
    ) {
        severity =
            switch (decision.outcome, decision.letsThrough) {
            case (.allowed, _): .note
            case (_, true): .warning
            case (_, false): .error
            }
        self.occasion = occasion
        let opening = occasion.opening(of: decision)
        self.opening = opening.isEmpty ? [AllowedLine.unmarked(decision)] : opening
        self.groups = Array(groups.prefix(limit))
        left = max(decision.findingCount, decision.findings.count) - self.groups.map(\.findings).reduce(0, +)
        observations = Array(ObservationLines.groups(of: decision, as: occasion).prefix(limit))
        var remarks = ObservationLines.lines(of: decision, as: occasion)
        remarks += decision.remarks.prefix(Self.remarksAtMost).map { "note: \(plain: $0)" }
        if let ledgerEntry { remarks.append("decision \(ledgerEntry) recorded") }
        self.remarks = remarks
    }

    /// Each fault once, however many paths it has.
    static func byFault(
        _ decision: Decision, _ occasion: Occasion, _ ledgerEntry: Int?, atMost limit: Int
    ) -> Account {
        Account(
            decision, occasion, ledgerEntry, groups: FindingGroup.groups(of: findings(of: decision), as: occasion),
            atMost: limit)
    }

    /// Each fault once for each path, for systems that show it beside the file.
    static func byPlace(
        _ decision: Decision, _ occasion: Occasion, _ ledgerEntry: Int?, atMost limit: Int
    ) -> Account {
        var places: [[Finding]] = []
        var positions: [ByteString?: Int] = [:]
        for finding in findings(of: decision) {
            if let position = positions[finding.path] {
                places[position].append(finding)
            } else {
                positions[finding.path] = places.count
                places.append([finding])
            }
        }
        return Account(
            decision, occasion, ledgerEntry, groups: places.flatMap { FindingGroup.groups(of: $0, as: occasion) },
            atMost: limit)
    }

    /// What an exception set aside is told by its line, not as a fault.
    private static func findings(of decision: Decision) -> [Finding] {
        decision.outcome == .allowed ? [] : decision.findings
    }

    /// `nil` where all is told.
    var more: SafeText? { Self.more(left, severity) }

    static func more(_ left: Int, _ severity: Severity) -> SafeText? {
        guard severity != .note, left > 0 else { return nil }
        return left == 1 ? "and 1 more finding" : "and \(left) more findings"
    }

    /// The fault, where and why, and what to do: each on its line.
    static func lines(of group: FindingGroup) -> [SafeText] {
        let sentence = Sentence(group)
        return [sentence.fault] + Details.lines(of: group).map { "  \($0)" }
            + sentence.hints.map { "hint: \($0)" }
    }
}
