import RemitModel

/// A decision as SARIF 2.1.0 (OASIS), the form that code scanning takes.
///
/// A finding without a path is put at `.`, the root of the repository: GitHub refuses a whole file for one result
/// without a physical location, or with an empty one.
enum SARIFReport {
    /// GitHub shows no more of one run.
    static let resultsAtMost = 5000
    /// What is only observed stops nobody, whatever the decision is.
    private static let noteLevel = "note"

    static func text(
        of decision: Decision, on occasion: Occasion, ledgerEntry: Int?, digest: @escaping Channel.Digest
    ) -> String {
        let account = Account.byPlace(decision, occasion, ledgerEntry, atMost: resultsAtMost)
        var rules: [RuleCode] = []
        var positions: [RuleCode: Int] = [:]
        let told = account.groups.map { ($0, account.level) } + account.observations.map { ($0, noteLevel) }
        for (group, _) in told where positions[group.rule] == nil {
            positions[group.rule] = rules.count
            rules.append(group.rule)
        }
        var fingerprints = Fingerprints(digest)
        let results = told.map { group, level in
            result(group, at: positions[group.rule] ?? 0, level, fingerprints.next(for: group))
        }
        let driver = JSONText.object([
            ("name", .string("remit")),
            ("rules", .array(rules.map { rule($0, account.level) })),
        ])
        let run = JSONText.object([
            ("tool", .object([("driver", driver)])),
            ("automationDetails", .object([("id", .string("remit/\(occasion.word.text)/"))])),
            ("invocations", .array([invocation(decision, account)])),
            ("columnKind", .string("utf16CodeUnits")),
            ("results", .array(results)),
        ])
        return JSONText.object([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .string("2.1.0")),
            ("runs", .array([run])),
        ]).text + "\n"
    }

    /// What could not be checked is a fault of the run, not only a result of it.
    private static func invocation(_ decision: Decision, _ account: Account) -> JSONText {
        let told = account.opening + [account.more].compactMap { $0 } + account.remarks
        let notifications = told.map { line in
            JSONText.object([
                ("level", .string(account.level)), ("message", message([line])),
            ])
        }
        return .object([
            ("executionSuccessful", .boolean(decision.outcome != .undecided)),
            ("exitCode", .integer(Int(ExitStatus(decision).rawValue))),
            ("toolExecutionNotifications", .array(notifications)),
        ])
    }

    private static func rule(_ rule: RuleCode, _ level: String) -> JSONText {
        let page = RuleDocumentation.page(of: rule)
        let members: [(name: String, value: JSONText?)] = [
            ("id", .string(rule.rawValue)),
            ("shortDescription", page.map { .object([("text", .string($0.checks))]) }),
            ("fullDescription", page.map { .object([("text", .string("\($0.checks) \($0.why)"))]) }),
            ("help", page.map { .object([("text", .string($0.remedy)), ("markdown", .string($0.markdown))]) }),
            ("defaultConfiguration", .object([("level", .string(level))])),
        ]
        return .object(members.compactMap { member in member.value.map { (member.name, $0) } })
    }

    private static func result(_ group: FindingGroup, at index: Int, _ level: String, _ name: String) -> JSONText {
        .object([
            ("ruleId", .string(group.rule.rawValue)),
            ("ruleIndex", .integer(index)),
            ("level", .string(level)),
            ("message", message(Account.lines(of: group))),
            ("locations", .array([location(group)])),
            ("partialFingerprints", .object([("remitFinding/v1", .string(name))])),
        ])
    }

    private static func location(_ group: FindingGroup) -> JSONText {
        let artifact = JSONText.object([
            ("uri", .string(group.paths.shown.first.flatMap(PathURI.text) ?? ".")),
            ("uriBaseId", .string("%SRCROOT%")),
        ])
        var members: [(name: String, value: JSONText)] = [
            (
                "physicalLocation",
                .object([("artifactLocation", artifact), ("region", .object([("startLine", .integer(1))]))])
            )
        ]
        if let ref = group.ref {
            let name = "\(word: ref, limit: SafeText.pathAtMost)" as SafeText
            members.append(
                ("logicalLocations", .array([.object([("fullyQualifiedName", .string(name.text))])])))
        }
        return .object(members)
    }

    /// A plain text message (section 3.11): braces are doubled, since `{0}` is a placeholder, and no `](` is left,
    /// since `[text](target)` is a link.
    private static func message(_ lines: [SafeText]) -> JSONText {
        var text = ""
        var previous: Unicode.Scalar?
        for scalar in lines.map(\.text).joined(separator: "\n").unicodeScalars {
            switch scalar {
            case "{", "}": text.unicodeScalars.append(scalar)
            case "(" where previous == "]": text += " "
            default: break
            }
            text.unicodeScalars.append(scalar)
            previous = scalar
        }
        return .object([("text", .string(text))])
    }
}

extension Account {
    fileprivate var level: String {
        switch severity {
        case .error: "error"
        case .warning: "warning"
        case .note: "note"
        }
    }
}
