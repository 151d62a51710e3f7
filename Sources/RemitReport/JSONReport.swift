package import RemitModel

/// A decision as one JSON object, for `--format json` and for the ledger, which stores these exact bytes.
///
/// The text report says the same in words. Members keep their order and are only ever added, at the end, under the same
/// schema name. Of a finding, members that do not apply are left out; of a decision, `via` for a plain push,
/// `push_certificate` for one that came without, `observations` with their count where nothing was observed, and
/// `catalogue` where no marks were looked for.
package enum JSONReport {
    package static let decisionSchema = "decision/v1"
    package static let findingsSchema = "findings/v1"

    /// The decision with at most so many of its findings, and of its observations; `finding_count` and
    /// `observation_count` tell how many there were.
    package static func bytes(of decision: Decision, findingsAtMost: Int = .max) -> [UInt8] {
        object(decision, findingsAtMost: findingsAtMost).encoded
    }

    /// - Parameter tellsAuthors: whether it says of each commit who wrote it.
    static func object(_ decision: Decision, findingsAtMost: Int = .max, tellsAuthors: Bool = true) -> JSONText {
        object(
            decision, updates: decision.updates.map(json),
            findings: decision.findings.prefix(max(0, findingsAtMost)).map(json),
            observations: decision.observations.prefix(max(0, findingsAtMost)).map(json),
            authors: tellsAuthors ? decision.authorship.count : nil)
    }

    /// The decision in at most `bytesAtMost` bytes: who wrote the commits is left out from the end, then observations,
    /// then findings, then ref updates.
    ///
    /// `nil` when not even the rest fits: the caller must not record half a decision.
    package static func bytes(of decision: Decision, bytesAtMost: Int, findingsAtMost: Int = .max) -> [UInt8]? {
        let rest = object(decision, updates: [], findings: [], observations: [], authors: 0)
        var left = bytesAtMost - rest.encoded.count
        guard left >= 0 else { return nil }
        /// The longest beginning of the list that still fits, one comma reckoned for each element.
        func fitting(_ elements: some Sequence<JSONText>) -> [JSONText] {
            var kept: [JSONText] = []
            for element in elements {
                let size = element.encoded.count + 1
                guard size <= left else { break }
                left -= size
                kept.append(element)
            }
            return kept
        }
        let updates = fitting(decision.updates.lazy.map(json))
        let findings = fitting(decision.findings.prefix(max(0, findingsAtMost)).lazy.map(json))
        let observations = fitting(decision.observations.prefix(max(0, findingsAtMost)).lazy.map(json))
        let authors = fitting(decision.authorship.lazy.map(json)).count
        return object(
            decision, updates: updates, findings: findings, observations: observations, authors: authors
        ).encoded
    }

    /// A list of findings without a decision.
    package static func bytes(of findings: [Finding]) -> [UInt8] {
        JSONText.object([
            ("schema", .string(findingsSchema)),
            ("finding_count", .integer(findings.count)),
            ("findings", .array(findings.map(json))),
        ]).encoded
    }

    /// - Parameter authors: of how many commits it says who wrote them; `nil` where it says nothing of that.
    private static func object(
        _ decision: Decision, updates: [JSONText], findings: [JSONText], observations: [JSONText], authors: Int?
    ) -> JSONText {
        // In parts: as one literal it is more than the type checker takes.
        let about: [(name: String, value: JSONText)] = [
            ("schema", .string(decisionSchema)),
            ("outcome", .string(decision.outcome.rawValue)),
            ("mode", .string(decision.mode.rawValue)),
            ("repository", .string(decision.repository)),
            ("pusher", decision.pusher.map(json) ?? .null),
            ("decided_at", .string(decision.decidedAt.description)),
            ("authority", decision.authority.map { .string($0.hex) } ?? .null),
            ("policy_version", decision.policyVersion.map(JSONText.integer) ?? .null),
            ("update_count", .integer(decision.updates.count)),
            ("updates", .array(updates)),
        ]
        let found: [(name: String, value: JSONText)] = [
            ("commits", .integer(decision.commits)),
            ("agents", .array(decision.agents.map(json))),
            ("delegations", .array(decision.delegations.map(json))),
            ("finding_count", .integer(decision.findingCount)),
            ("findings", .array(findings)),
            ("overrides", .array(decision.overrides.map(json))),
            ("remarks", .array(decision.remarks.map(JSONText.string))),
            ("ancestors", .array(decision.ancestors.map(json))),
            ("landings", .array(decision.landings.map(json))),
            ("approvals", .array(decision.approvals.map(json))),
            ("submission", json(decision.submission)),
            ("job", decision.job.map(json) ?? .null),
        ]
        let authorship = decision.authorship
        let authors: [(name: String, value: JSONText)] =
            authors.map { [("authorship", .elements($0) { json(authorship[$0]) })] } ?? []
        let rules = decision.rules.map { JSONText.string($0.rawValue) }
        let via: [(name: String, value: JSONText)] = RouteWords.json(decision.route).map { [("via", $0)] } ?? []
        let certificate = decision.certificate.map { [(name: "push_certificate", value: json($0))] } ?? []
        let observed: [(name: String, value: JSONText)] =
            decision.observationCount == 0
            ? []
            : [
                ("observation_count", .integer(decision.observationCount)),
                ("observations", .array(observations)),
            ]
        let catalogue = decision.catalogue.map { [(name: "catalogue", value: json($0))] } ?? []
        let added = via + certificate + observed + catalogue
        return .object(about + found + authors + [("rules", .array(rules))] + added)
    }

    private static func json(_ catalogue: Decision.Catalogue) -> JSONText {
        .object([
            ("version", .string(catalogue.version)),
            ("marks", catalogue.own.map { .string($0.description) } ?? .null),
        ])
    }

    private static func json(_ certificate: Decision.PushCertificate) -> JSONText {
        .object([
            ("digest", .string(certificate.digest.description)),
            ("key", certificate.key.map { .string($0.description) } ?? .null),
            ("standing", .string(certificate.standing.word)),
            ("holder", certificate.standing.holder.map(JSONText.string) ?? .null),
        ])
    }

    private static func json(_ submission: Submission) -> JSONText {
        switch submission {
        case .push: .object([("kind", .string("push"))])
        case .merge: .object([("kind", .string("merge"))])
        case .deployment(let environment):
            .object([("kind", .string("deployment")), ("environment", .string(environment))])
        }
    }

    private static func json(_ landing: Decision.Landing) -> JSONText {
        .object([
            ("delegation", .string(landing.delegation.description)),
            ("agent", .string(landing.agent)),
            ("delegator", .string(landing.delegator)),
            ("commits", .integer(landing.commits)),
        ])
    }

    private static func json(_ approved: Decision.Approved) -> JSONText {
        .object([
            ("approval", .string(approved.approval.description)),
            ("approver", .string(approved.approver)),
            ("commit", .string(approved.commit.hex)),
        ])
    }

    private static func json(_ pusher: Pusher) -> JSONText {
        .object([("login", .bytes(pusher.login)), ("vouched_by", .string(pusher.vouchedBy))])
    }

    private static func json(_ update: RefUpdate) -> JSONText {
        .object([("ref", .bytes(update.ref)), ("old", .string(update.old.hex)), ("new", .string(update.new.hex))])
    }

    private static func json(_ sighting: Decision.Sighting) -> JSONText {
        .object([
            ("agent", .string(sighting.agent)),
            ("commits", .integer(sighting.commits)),
            ("strength", .string(sighting.strength.name)),
        ])
    }

    private static func json(_ use: Decision.Use) -> JSONText {
        .object(
            [
                ("delegation", .string(use.delegation.description)),
                ("agent", .string(use.agent)),
                ("delegator", .string(use.delegator)),
                ("commits", .integer(use.commits)),
            ] + members(use.expense))
    }

    private static func json(_ ancestor: Decision.Ancestor) -> JSONText {
        .object([("delegation", .string(ancestor.delegation.description))] + members(ancestor.expense))
    }

    /// What the submission takes, what was taken before, and what may be taken in all.
    ///
    /// What was not counted, because nothing limits it, is `null`.
    private static func members(_ expense: Expense) -> [(name: String, value: JSONText)] {
        let limits = expense.limits
        func object(_ spent: Spent) -> JSONText {
            .object([
                ("commits", .integer(spent.commits)),
                ("files", limits.files == nil ? .null : .integer(spent.files)),
                ("lines", limits.lines == nil ? .null : .integer(spent.lines)),
                ("bytes", limits.bytes == nil ? .null : .integer(spent.bytes)),
                ("pushes", .integer(spent.pushes)),
            ])
        }
        return [
            ("used", object(expense.used)), ("spent_before", object(expense.before)), ("limits", limits.json),
        ]
    }

    private static func json(_ override: Decision.Override) -> JSONText {
        .object([
            ("exception", .string(override.exception.description)),
            ("issuer", .string(override.issuer)),
            ("reason", .string(override.reason)),
            ("expires_at", .string(override.expiresAt.description)),
            ("rule", .string(override.rule.rawValue)),
            ("ref", .bytes(override.ref)),
            ("findings", .integer(override.findings)),
        ])
    }

    private static func json(_ finding: Finding) -> JSONText {
        let facts = finding.facts
        let members: [(name: String, value: JSONText?)] = [
            ("rule", .string(finding.rule.rawValue)),
            ("ref", finding.ref.map(JSONText.bytes)),
            ("commit", finding.commit.map { .string($0.hex) }),
            ("path", finding.path.map(JSONText.bytes)),
            ("delegation", facts.delegation.map { .string($0.description) }),
            ("named", facts.named.map(JSONText.bytes)),
            ("agent", facts.agent.map(JSONText.string)),
            ("operation", facts.operation.map { .string($0.rawValue) }),
            ("granted", list(facts.granted)),
            ("found", facts.found.map(JSONText.bytes)),
            ("at", facts.at.map { .string($0.description) }),
            ("limit", facts.limit.map(JSONText.integer)),
            ("used", facts.used.map(JSONText.integer)),
            ("reason", facts.reason.map(JSONText.string)),
            ("ask", list(facts.ask)),
            ("tip", facts.tip.map { .string($0.hex) }),
            ("environment", facts.environment.map(JSONText.string)),
            ("cure", facts.cloneCure.map(json)),
            ("pipeline_job", facts.pipelineJob.map(JSONText.string)),
            ("line", facts.line.map(JSONText.integer)),
            ("landing", facts.isLanding ? .boolean(true) : nil),
            ("certificate_cure", facts.certificateCure.map { .string($0.rawValue) }),
            ("inconsistency", facts.inconsistency.map { .string($0.rawValue) }),
        ]
        return .object(
            members.compactMap { member in
                guard let value = member.value else { return nil }
                return (member.name, value)
            })
    }

    private static func json(_ cure: Finding.CloneCure) -> JSONText {
        switch cure {
        case .setting(let setting): .object([("setting", .string(setting))])
        case .unshallow: .object([("command", .string("git fetch --unshallow"))])
        case .clone: .object([("command", .string("git clone"))])
        }
    }

    private static func list(_ texts: [String]) -> JSONText? {
        texts.isEmpty ? nil : .array(texts.map(JSONText.string))
    }
}
