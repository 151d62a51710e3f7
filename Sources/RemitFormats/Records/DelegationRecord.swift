package import RemitModel

extension Delegation {
    /// Most clauses of one delegation.
    package static let maximumGrantCount = 64

    /// Reads `delegations/<2 hex>/<id>.toml`, strictly.
    package init(record bytes: [UInt8], file: String) throws(RecordError) {
        var table = try RecordTable(bytes, file: file)
        try table.require(type: "delegation/v1")
        let issuedAt = try table.moment("issued_at")
        let expiresAt = try table.moment("expires_at")
        guard issuedAt < expiresAt else { throw table.refusal("expires_at", "is not after issued_at") }
        let mergeBy = try table.optionalMoment("merge_by") ?? expiresAt
        guard mergeBy >= expiresAt else { throw table.refusal("merge_by", "is before expires_at") }
        let keys = try table.keys("keys")
        let certificateAuthorities = try table.keys("certificate_authorities")
        guard !keys.isEmpty || !certificateAuthorities.isEmpty else {
            throw table.refusal("keys", "names no task key")
        }
        let grants = try table.grants()
        let context = try table.context()
        let limits = try table.limits()
        self.init(
            organisation: try table.identifier("organisation"), delegator: try table.identifier("delegator"),
            agent: try table.identifier("agent"), task: try table.text("task"), purpose: try table.text("purpose"),
            issuedAt: issuedAt, expiresAt: expiresAt, mergeBy: mergeBy, keys: keys,
            hops: try table.optionalNumber("hops", 0...16) ?? 0, parent: try table.optionalRecordID("parent"),
            context: context, grants: grants, limits: limits, certificateAuthorities: certificateAuthorities,
            request: try table.optionalRecordID("request"))
        try table.finish()
    }
}

extension RecordTable {
    /// The clauses, `[[grant]]`, of a delegation or of a request for one.
    mutating func grants() throws(RecordError) -> [Grant] {
        var grants: [Grant] = []
        for var grant in try tables("grant") { grants.append(try Grant(&grant)) }
        guard !grants.isEmpty, grants.count <= Delegation.maximumGrantCount else {
            throw refusal("grant", "must stand from 1 to \(Delegation.maximumGrantCount) times")
        }
        return grants
    }

    mutating func context() throws(RecordError) -> Delegation.Context? {
        guard var inner = try table("context") else { return nil }
        let context = Delegation.Context(
            model: try inner.optionalText("model"), tools: try inner.texts("tools"),
            instructions: try inner.optionalRecordID("instructions"))
        try inner.finish()
        return context
    }

    mutating func limits() throws(RecordError) -> Limits {
        guard var inner = try table("limits") else { return .none }
        return try Limits(&inner)
    }
}

extension Grant {
    /// Reads a file with nothing but the clauses, `[[grant]]`, of a delegation that is to be made.
    package static func list(record bytes: [UInt8], file: String) throws(RecordError) -> [Grant] {
        var table = try RecordTable(bytes, file: file)
        let grants = try table.grants()
        try table.finish()
        return grants
    }

    fileprivate init(_ table: inout RecordTable) throws(RecordError) {
        let refs = try table.patterns("refs", refs: true)
        let mergeInto = try table.patterns("merge_into", refs: true)
        let paths = PathScope(try table.patterns("paths"), except: try table.patterns("except"))
        self.init(
            repository: try table.identifier("repository"), refs: refs, mergeInto: mergeInto, paths: paths,
            operations: try table.words("operations"), environments: Set(try table.texts("environments")))
        try table.finish()
    }
}

extension Limits {
    fileprivate init(_ table: inout RecordTable) throws(RecordError) {
        let range = 0...Int(Int32.max)
        self.init(
            commits: try table.optionalNumber("commits", range), files: try table.optionalNumber("files", range),
            lines: try table.optionalNumber("lines", range), bytes: try table.optionalNumber("bytes", range),
            pushes: try table.optionalNumber("pushes", range))
        try table.finish()
    }
}
