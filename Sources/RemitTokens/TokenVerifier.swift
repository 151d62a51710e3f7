import RemitFormats
package import RemitModel

/// Whether a token is one that its issuer made for us, and is still good.
package struct TokenVerifier: Sendable {
    private let keys: KeySet
    private let trusted: TrustedIssuer
    private let now: Instant

    /// What clocks may differ by, in seconds: for `nbf` and `iat`, never to prolong `exp`.
    static let skew: Int64 = 60
    /// The longest life of a token, in seconds: GitLab's live as long as the job may.
    static let maximumLifetime: Int64 = 24 * 3600

    package init(_ keys: KeySet, of trusted: TrustedIssuer, at now: Instant) {
        self.keys = keys
        self.trusted = trusted
        self.now = now
    }

    /// Verifies the signature first: what an unsigned text says is worth no finding.
    package func verify(_ token: CompactToken) async throws(TokenError) -> VerifiedToken {
        guard let algorithm = JSONWebKey.Algorithm(rawValue: token.algorithm),
            trusted.profile.algorithms.contains(algorithm)
        else { throw TokenError("its algorithm '\(token.algorithm)' is not one of its issuer's") }
        let key = try keys.key(named: token.keyName)
        guard key.algorithm == algorithm else {
            throw TokenError("its algorithm '\(token.algorithm)' is not that of its key '\(token.keyName)'")
        }
        guard await key.verifies(token.signature, over: token.signed) else {
            throw TokenError("its signature is not made with key '\(token.keyName)' of its issuer")
        }
        let claims = token.claims
        guard case .text(let issuer) = claims["iss"], issuer.isExactly(trusted.issuer) else {
            throw TokenError("its issuer is not '\(trusted.issuer)'")
        }
        let audience = try audience(claims["aud"])
        let (issuedAt, expiresAt) = try lifetime(claims)
        var plain: [Job.Claim] = [Job.Claim(name: "aud", value: audience)]
        for (name, value) in claims where name != "aud" {
            if let text = value.plain { plain.append(Job.Claim(name: name, value: text)) }
        }
        return VerifiedToken(
            proof: Job.Proof(
                issuer: issuer, key: key.thumbprint, claims: plain, issuedAt: issuedAt, expiresAt: expiresAt),
            header: token.header, claims: token.payload, key: key)
    }

    /// Ours, and nobody's beside: a token that others accept too could come from them.
    private func audience(_ value: JSONValue?) throws(TokenError) -> String {
        let audiences =
            switch value {
            case .text(let audience): [JSONValue.text(audience)]
            case .list(let audiences): audiences
            default: [JSONValue]()
            }
        guard audiences.count == 1, case .text(let audience) = audiences[0],
            trusted.audiences.contains(where: audience.isExactly)
        else {
            let ours = trusted.audiences.sorted().map { "'\($0)'" }.joined(separator: " or ")
            throw TokenError("it is not for audience \(ours) alone")
        }
        return audience
    }

    private func lifetime(_ claims: [String: JSONValue]) throws(TokenError) -> (Instant, Instant) {
        let expiresAt = try moment("exp", claims)
        let issuedAt = try moment("iat", claims)
        guard expiresAt > now else { throw TokenError("it expired at \(expiresAt)") }
        let latest = now.adding(seconds: Self.skew)
        guard issuedAt <= latest else { throw TokenError("it was issued at \(issuedAt), which is to come") }
        if claims["nbf"] != nil {
            let notBefore = try moment("nbf", claims)
            guard notBefore <= latest else { throw TokenError("it is not valid before \(notBefore)") }
        }
        guard expiresAt <= issuedAt.adding(seconds: Self.maximumLifetime) else {
            throw TokenError("it is valid for longer than \(Self.maximumLifetime / 3600) hours")
        }
        return (issuedAt, expiresAt)
    }

    /// A time in whole seconds (RFC 7519, section 2, "NumericDate"), up to the year 9999.
    private func moment(_ name: String, _ claims: [String: JSONValue]) throws(TokenError) -> Instant {
        guard case .number(let seconds) = claims[name], (0...253_402_300_799).contains(seconds) else {
            throw TokenError("its '\(name)' is not a time in whole seconds")
        }
        return Instant(seconds: Int64(seconds))
    }
}

extension JSONValue {
    /// The value as text, where it is one text, number or flag.
    fileprivate var plain: String? {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .null, .decimal, .list, .object: nil
        }
    }
}
