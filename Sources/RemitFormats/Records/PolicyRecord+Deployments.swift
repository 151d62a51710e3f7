import RemitModel

extension EnvironmentPolicy {
    /// Most keys whose statements are believed for one environment.
    static let maximumStatementKeyCount = 16

    init(_ table: inout RecordTable) throws(RecordError) {
        let deployFrom = try table.patterns("deploy_from", refs: true)
        guard !deployFrom.isEmpty else { throw table.refusal("deploy_from", "names no ref") }
        let agents: AgentDemand = try table.word("agents", default: .delegated)
        let approvals = try table.optionalNumber("approvals", 1...ApprovalDemand.maximumCount)
        guard approvals == nil || agents == .approved else {
            throw table.refusal("approvals", "counts only with agents = \"approved\"; use [[approval]] for a demand")
        }
        let keys = try table.texts("statement_keys")
        guard keys.count <= Self.maximumStatementKeyCount else {
            throw table.refusal("statement_keys", "names more than \(Self.maximumStatementKeyCount) keys")
        }
        for key in keys where !SSHPublicKey.isStatementKey(key) {
            throw table.refusal("statement_keys", "'\(key)' is not an ed25519 or nistp256 key in OpenSSH's form")
        }
        let repositories = try table.repositories()
        guard !repositories.contains("*") || repositories.count == 1 else {
            throw table.refusal("repositories", "'*' stands alone")
        }
        self.init(
            name: try table.identifier("name"), repositories: repositories, deployFrom: deployFrom, agents: agents,
            approvals: approvals ?? 1, identity: try table.word("identity", default: .claimed), statementKeys: keys)
        try table.finish()
    }
}

extension SSHPublicKey {
    /// Whether a text is a public key with which a gate may sign: one that stock tools can verify as it is.
    fileprivate static func isStatementKey(_ text: String) -> Bool {
        do throws(SSHFormatError) {
            let type = try SSHPublicKey(line: text).type
            return type == .ed25519 || type == .ecdsaP256
        } catch {
            return false
        }
    }
}

extension JobTrust {
    /// Most claims that one entry pins.
    static let maximumClaimCount = 32

    init(_ table: inout RecordTable) throws(RecordError) {
        let repositories = try table.repositories()
        guard !repositories.contains("*") else {
            throw table.refusal("repositories", "'*' would let a token of one repository speak for all; name each")
        }
        let profile: IssuerProfile = try table.word("profile")
        let issuer = try table.text("issuer")
        guard issuer.hasPrefix("https://") else { throw table.refusal("issuer", "'\(issuer)' is not an https URL") }
        let texts = try table.texts("claims")
        guard texts.count <= Self.maximumClaimCount else {
            throw table.refusal("claims", "names more than \(Self.maximumClaimCount) claims")
        }
        var claims: [Job.Claim] = []
        for text in texts {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw table.refusal("claims", "'\(text)' is not NAME=VALUE")
            }
            let claim = Job.Claim(name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
            guard claim.name != "sub" else {
                throw table.refusal("claims", "'sub' is shaped by others; pin \(Self.list(profile.pinnedClaims))")
            }
            guard !claims.contains(where: { $0.name == claim.name }) else {
                throw table.refusal("claims", "names '\(claim.name)' twice")
            }
            claims.append(claim)
        }
        if let missing = profile.pinnedClaims.first(where: { name in !claims.contains { $0.name == name } }) {
            throw table.refusal("claims", "does not pin '\(missing)', which profile '\(profile.rawValue)' needs")
        }
        self.init(
            repositories: repositories, environments: Set(try table.texts("environments")), issuer: issuer,
            profile: profile, audience: try table.text("audience"), claims: claims)
        try table.finish()
    }

    private static func list(_ names: [String]) -> String { names.joined(separator: " and ") }
}
