import RemitModel

extension Decision.Sighting {
    init(_ member: Members) throws(EvidenceError) {
        self.init(
            agent: try member.text("agent"), commits: try member.number("commits"),
            strength: try member.strength("strength"))
    }
}

extension Decision.Use {
    init(_ member: Members) throws(EvidenceError) {
        self.init(
            delegation: try member.record("delegation"), agent: try member.text("agent"),
            delegator: try member.text("delegator"), commits: try member.number("commits"),
            expense: try Expense(member))
    }
}

extension Decision.Ancestor {
    init(_ member: Members) throws(EvidenceError) {
        self.init(delegation: try member.record("delegation"), expense: try Expense(member))
    }
}

extension Expense {
    fileprivate init(_ member: Members) throws(EvidenceError) {
        let limits = try member.object("limits")
        self.init(
            limits: Limits(
                commits: try limits.optionalNumber("commits"), files: try limits.optionalNumber("files"),
                lines: try limits.optionalNumber("lines"), bytes: try limits.optionalNumber("bytes"),
                pushes: try limits.optionalNumber("pushes")),
            before: try Spent(member.object("spent_before")), used: try Spent(member.object("used")))
    }
}

extension Spent {
    /// What nothing limits was not counted.
    fileprivate init(_ member: Members) throws(EvidenceError) {
        self.init(
            commits: try member.number("commits"), files: try member.optionalNumber("files") ?? 0,
            lines: try member.optionalNumber("lines") ?? 0, bytes: try member.optionalNumber("bytes") ?? 0,
            pushes: try member.number("pushes"))
    }
}

extension Decision.Landing {
    init(_ member: Members) throws(EvidenceError) {
        self.init(
            delegation: try member.record("delegation"), agent: try member.text("agent"),
            delegator: try member.text("delegator"), commits: try member.number("commits"))
    }
}

extension Decision.Approved {
    init(_ member: Members) throws(EvidenceError) {
        self.init(
            approval: try member.record("approval"), approver: try member.text("approver"),
            commit: try member.objectID("commit"))
    }
}

extension Decision.PushCertificate {
    init(_ member: Members) throws(EvidenceError) {
        var key: KeyFingerprint?
        if let text = try member.optionalText("key") {
            key = KeyFingerprint(text)
            guard key != nil else { throw member.fault("'key' is not a key's fingerprint") }
        }
        let word = try member.text("standing")
        guard let standing = Standing(word: word, holder: try member.optionalText("holder")) else {
            throw member.fault("'standing' is '\(word)', which does not fit its holder or is not known")
        }
        self.init(digest: try member.record("digest"), key: key, standing: standing)
    }
}

extension Decision.Catalogue {
    init(_ member: Members) throws(EvidenceError) {
        self.init(version: try member.text("version"), own: try member.optionalRecord("marks"))
    }
}

extension Decision.Override {
    init(_ member: Members) throws(EvidenceError) {
        self.init(
            exception: try member.record("exception"), issuer: try member.text("issuer"),
            reason: try member.text("reason"), expiresAt: try member.instant("expires_at"),
            rule: try member.word("rule", as: RuleCode.self), ref: try member.bytes("ref"),
            findings: try member.number("findings"))
    }
}
