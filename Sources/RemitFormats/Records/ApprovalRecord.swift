package import RemitModel

extension Approval {
    /// Reads `approvals/<2 hex>/<commit>/<id>.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "approval/v1")
        let issuedAt = try table.moment("issued_at")
        let expiresAt = try table.moment("expires_at")
        guard issuedAt < expiresAt else { throw table.refusal("expires_at", "is not after issued_at") }
        self.init(
            organisation: try table.identifier("organisation"), approver: try table.identifier("approver"),
            repository: try table.identifier("repository"), commit: try table.objectID("commit"),
            tree: try table.objectID("tree"), environments: Set(try table.texts("environments")),
            reason: try table.text("reason"), issuedAt: issuedAt, expiresAt: expiresAt)
        try table.finish()
    }
}

extension Exception {
    /// What no exception sets aside: what could not be read or checked, and names that git itself refuses.
    package static func isBeyondReach(_ rule: RuleCode) -> Bool {
        switch rule {
        case .refName, .refReserved, .attributionMalformed: true
        default: rule.isUndecided || rule.rawValue.hasPrefix("authority.")
        }
    }

    /// Reads `exceptions/<2 hex>/<commit>/<id>.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "exception/v1")
        let issuedAt = try table.moment("issued_at")
        let expiresAt = try table.moment("expires_at")
        guard issuedAt < expiresAt else { throw table.refusal("expires_at", "is not after issued_at") }
        guard expiresAt.seconds - issuedAt.seconds <= Self.longestLife else {
            throw table.refusal("expires_at", "is more than \(Self.longestLife / 3600) hours after issued_at")
        }
        let ref = try table.text("ref")
        guard ref.hasPrefix("refs/"), RefName.fault(in: ByteString(ref)) == nil else {
            throw table.refusal("ref", "'\(ref)' is not the full name of a ref")
        }
        let rules: Set<RuleCode> = try table.words("rules")
        guard !rules.isEmpty else { throw table.refusal("rules", "names no rule") }
        if let rule = rules.filter(Self.isBeyondReach).map(\.rawValue).min() {
            throw table.refusal("rules", "'\(rule)' cannot be set aside")
        }
        self.init(
            organisation: try table.identifier("organisation"), issuer: try table.identifier("issuer"),
            repository: try table.identifier("repository"), ref: ByteString(ref),
            commit: try table.objectID("commit"), rules: rules, reason: try table.text("reason"),
            issuedAt: issuedAt, expiresAt: expiresAt)
        try table.finish()
    }
}
