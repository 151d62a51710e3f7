package import RemitModel

/// A trace as text for a terminal: the chain of each decision in the order in which a responder asks for it.
package struct TraceText {
    private let trace: Trace
    /// Whether entries are named with their log.
    private let isOfMany: Bool
    private static let labelWidth = 12
    /// More commits or refs of one decision than this are summed up, unless one was asked for.
    static let shownAtMost = 20

    /// - Parameter isOfMany: whether the entries can be of several logs, and so are named with theirs.
    package init(_ trace: Trace, isOfMany: Bool = false) {
        self.trace = trace
        self.isOfMany = isOfMany
    }

    package var text: String { lines.map(\.text).joined(separator: "\n") + "\n" }

    private var lines: [SafeText] {
        var lines: [SafeText] = ["\(Self.word(trace.kind)) \(word: trace.value)"]
        if trace.isCut {
            lines.append(
                """
                only the newest \(trace.decisions.count) decisions about it are shown; \
                left out: \(Self.rest(trace.older)) about it
                """)
        }
        for recorded in trace.decisions { lines += [""] + self.lines(of: recorded) }
        if trace.decisions.isEmpty { lines += ["", "no decision about it is recorded"] }
        var rest: [SafeText] = trace.agents.map(Self.line)
        for chain in trace.chains { rest += Self.lines(of: chain) }
        for effect in trace.effects { rest += self.lines(of: effect) }
        if !rest.isEmpty { lines += [""] + rest }
        if !trace.related.isEmpty {
            lines += ["", "before and after, on the same refs or under the same delegations:"]
            lines += trace.related.map { "  \(summary(of: $0))" }
        }
        if trace.relatedOlder.entries > 0 {
            lines.append("  left out: \(Self.rest(trace.relatedOlder)) about the same refs and delegations")
        }
        return lines
    }

    /// How many entries are left out.
    static func rest(_ rest: Trace.Rest) -> SafeText {
        let entries: SafeText = rest.entries == 1 ? "1 older entry" : "\(rest.entries) older entries"
        return rest.isCounted ? entries : "at least \(entries)"
    }

    // MARK: One decision

    private func lines(of recorded: Trace.Recorded) -> [SafeText] {
        let heading = summary(of: recorded)
        guard let decision = recorded.decision else {
            return [heading, Self.line("decision", "its document has been erased; the entry in the log stands")]
        }
        var lines = [heading]
        lines += decision.updates.prefix(Self.shownAtMost).map {
            Self.line("change", "\(word: $0.ref) from \($0.old) to \($0.new)")
        }
        if decision.updates.count > Self.shownAtMost {
            lines.append(Self.line("", "and \(decision.updates.count - Self.shownAtMost) more refs"))
        }
        let authorship = decision.authorship.filter { trace.asks(for: $0) }
        for authorship in authorship.prefix(Self.shownAtMost) { lines += Self.lines(of: authorship) }
        if authorship.count > Self.shownAtMost {
            lines.append(Self.line("", "and \(authorship.count - Self.shownAtMost) more commits"))
        }
        for approved in decision.approvals {
            let approval: SafeText = "\(approved.approval) by \(word: approved.approver)"
            lines.append(Self.line("approval", "\(approval) of commit \(approved.commit)"))
        }
        lines.append(Self.line("policy", Self.policy(of: decision)))
        lines += Self.rules(of: decision)
        for override in decision.overrides {
            let what: SafeText = "\(override.exception) by \(word: override.issuer) set \(override.rule) aside"
            lines.append(Self.line("exception", "\(what): \(plain: override.reason)"))
        }
        if let pusher = decision.pusher {
            lines.append(Self.line("pusher", "\(word: pusher.login), vouched for by \(plain: pusher.vouchedBy)"))
        }
        if let certificate = decision.certificate {
            lines.append(Self.line("certificate", certificate.words))
        }
        if let via = RouteWords.via(decision.route.via) { lines.append(Self.line("via", via)) }
        if let repository = decision.route.repository {
            lines.append(Self.line("named", "\(word: repository) by the server"))
        }
        if let job = decision.job { lines += Self.lines(of: job) }
        return lines
    }

    /// An entry by its number, and its log where that is needed.
    func name(_ entry: Trace.Entry) -> SafeText {
        isOfMany ? "\(Int(entry.sequence)) of \(word: entry.log)" : "\(Int(entry.sequence))"
    }

    private func summary(of recorded: Trace.Recorded) -> SafeText {
        let entry: SafeText = "\(recorded.at) decision \(name(recorded.entry))"
        let what: SafeText = "\(Self.outcome(recorded.outcome)) in \(word: recorded.repository)"
        guard let decision = recorded.decision else { return "\(entry): \(what)" }
        let refs: [SafeText] = decision.updates.prefix(3).map { "\(word: $0.ref)" }
        let more: SafeText = decision.updates.count > 3 ? " and \(decision.updates.count - 3) more" : ""
        let way: SafeText =
            switch decision.submission {
            case .push: "push"
            case .merge: "merge"
            case .deployment(let environment): "deployment to \(word: environment)"
            }
        let monitored: SafeText = decision.mode == .monitor ? ", only monitored" : ""
        return "\(entry): \(way) \(what)\(monitored): \(SafeText.joined(refs, by: " "))\(more)"
    }

    static func policy(of decision: Decision) -> SafeText {
        switch (decision.policyVersion, decision.authority) {
        case (let version?, let commit?): "version \(version), authority at commit \(commit)"
        case (nil, let commit?): "unknown, authority at commit \(commit)"
        case (_, nil): "the authority could not be read"
        }
    }

    private static func rules(of decision: Decision) -> [SafeText] {
        let broken = Set(decision.findings.map(\.rule)).union(decision.overrides.map(\.rule))
        let observed = RuleCode.allCases.filter { code in decision.observations.contains { $0.rule == code } }
        let passed = decision.rules.filter { !broken.contains($0) && !observed.contains($0) }
        var lines: [SafeText] = []
        if !passed.isEmpty {
            lines.append(line("passed", "\(SafeText.joined(passed.map { "\($0)" }, by: " "))"))
        }
        let failed = RuleCode.allCases.filter { code in decision.findings.contains { $0.rule == code } }
        if !failed.isEmpty {
            lines.append(line("failed", "\(SafeText.joined(failed.map { "\($0)" }, by: " "))"))
        }
        if !observed.isEmpty {
            let count: SafeText = decision.observationCount == 1 ? "once" : "\(decision.observationCount) times"
            lines.append(line("observed", "\(SafeText.joined(observed.map { "\($0)" }, by: " ")), \(count)"))
        }
        return lines
    }

    static func line(_ label: SafeText, _ value: SafeText) -> SafeText {
        let padding: [SafeText] = Array(repeating: " ", count: max(1, labelWidth - label.text.utf8.count))
        return "  \(label)\(SafeText.joined(padding, by: ""))\(value)"
    }

    static func word(_ kind: Trace.Kind) -> SafeText {
        switch kind {
        case .commit: "commit"
        case .ref: "ref"
        case .environment: "environment"
        case .delegation: "delegation"
        case .agent: "agent"
        }
    }

    static func outcome(_ outcome: Outcome) -> SafeText {
        switch outcome {
        case .allowed: "allowed"
        case .refused: "refused"
        case .undecided: "undecided"
        }
    }
}

extension Trace {
    /// Whether a commit's authorship belongs to what was asked for.
    func asks(for authorship: Authorship) -> Bool {
        switch kind {
        case .commit: ByteString(authorship.commit.hex) == value
        case .delegation: authorship.delegation.map { ByteString($0.description) == value } ?? false
        case .agent: authorship.agents.contains { ByteString($0) == value }
        case .ref: authorship.ref == value
        case .environment: true
        }
    }
}
