package import RemitModel

extension Revocation.Cause: CaseIterable {
    package static let allCases: [Revocation.Cause] = [.ended, .superseded, .compromised]
}

extension Revocation {
    /// Reads a record below `revocations/`, strictly.
    ///
    /// It names one delegation, one agent, one key, or all agents.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "revocation/v1")
        var targets: [Target] = []
        if let delegation = try table.optionalRecordID("delegation") { targets.append(.delegation(delegation)) }
        if let agent = try table.optionalText("agent") {
            guard RecordTable.isIdentifier(agent) else { throw table.refusal("agent", "'\(agent)' is no agent's id") }
            targets.append(.agent(agent))
        }
        if let text = try table.optionalText("key") {
            guard let key = KeyFingerprint(text) else {
                throw table.refusal("key", "'\(text)' is not a key's fingerprint such as ssh-keygen -l prints")
            }
            targets.append(.key(key))
        }
        if let text = try table.optionalText("agents") {
            guard text == "all" else { throw table.refusal("agents", "must be 'all'") }
            targets.append(.everyAgent)
        }
        guard targets.count == 1 else {
            throw table.refusal(nil, "must name one of: delegation, agent, key, agents = 'all'")
        }
        self.init(
            organisation: try table.identifier("organisation"), target: targets[0], cause: try table.word("cause"),
            reason: try table.text("reason"), issuedAt: try table.moment("issued_at"),
            issuer: try table.identifier("issuer"))
        try table.finish()
    }
}
