package import RemitModel

extension DelegationRequest {
    /// The longest life that can be asked for, in hours: a role's ends there too.
    package static let maximumHours = 24 * 366

    /// Reads `requests/<id>.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "request/v1")
        let (grants, context, limits) = (try table.grants(), try table.context(), try table.limits())
        self.init(
            organisation: try table.identifier("organisation"), requester: try table.text("requester"),
            agent: try table.identifier("agent"), task: try table.text("task"), purpose: try table.text("purpose"),
            issuedAt: try table.moment("issued_at"),
            life: Int64(try table.number("hours", 1...Self.maximumHours)) * 3600, keys: try table.keys("keys"),
            context: context, grants: grants, limits: limits, replaces: try table.optionalRecordID("replaces"),
            decision: try table.optionalNumber("decision", 1...Int(Int32.max)))
        try table.finish()
    }
}

extension Decline {
    /// Reads `requests/<id>.declined.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "decline/v1")
        self.init(
            organisation: try table.identifier("organisation"), request: try table.recordID("request"),
            person: try table.identifier("person"), reason: try table.text("reason"),
            issuedAt: try table.moment("issued_at"))
        try table.finish()
    }
}
