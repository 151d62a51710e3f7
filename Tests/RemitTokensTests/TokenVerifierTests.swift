import Foundation
import RemitModel
import RemitTestSupport
@testable import RemitTokens
import Testing

@Suite("a token")
struct TokenVerifierTests {
    private static let now = Instant(seconds: 1_795_176_000)
    private static let commit = String(repeating: "c", count: 40)
    private static let trusted = TrustedIssuer(
        issuer: "https://token.actions.githubusercontent.com", profile: .github,
        audiences: ["https://remit.example.org"])

    private static func claims(_ changes: [String: String?] = [:]) -> [String: String] {
        var claims = TestIssuer.githubClaims(at: now.seconds, commit: commit)
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    private static func keys() throws -> KeySet {
        try KeySet(
            TestIssuer.keySet(
                try TestIssuer.rsa.get().publicKey, try TestIssuer.p256.publicKey, try TestIssuer.p384.publicKey))
    }

    private static func verify(
        _ token: String, of trusted: TrustedIssuer = trusted, at moment: Instant = now
    ) async throws -> VerifiedToken {
        try await TokenVerifier(keys(), of: trusted, at: moment).verify(CompactToken(Array(token.utf8)))
    }

    private static func refusal(
        _ token: String, of trusted: TrustedIssuer = trusted, at moment: Instant = now
    ) async throws -> String? {
        do {
            _ = try await verify(token, of: trusted, at: moment)
            return nil
        } catch let error as TokenError {
            return error.reason
        }
    }

    private static func refusal(claiming changes: [String: String?], at moment: Instant = now) async throws -> String? {
        try await refusal(TestIssuer.rsa.get().token(claims(changes)), at: moment)
    }

    @Test("of its issuer, for us and in time makes facts of its claims, and is archived without its signature")
    func good() async throws {
        let claims = Self.claims(["flag": "true", "count": "7", "nothing": "null", "list": "[1]", "deep": "{}"])
        let issuer = try TestIssuer.rsa.get()
        let token = try issuer.token(claims)
        let verified = try await Self.verify(token)
        let proof = verified.proof
        #expect(proof.issuer == "https://token.actions.githubusercontent.com")
        #expect(proof["repository_id"] == "1001" && proof["sha"] == Self.commit)
        #expect(proof["flag"] == "true" && proof["count"] == "7")
        #expect(proof["nothing"] == nil && proof["list"] == nil && proof["deep"] == nil)
        #expect(proof.issuedAt == Self.now && proof.expiresAt == Self.now.adding(seconds: 300))
        #expect(proof.key == verified.key.thumbprint)
        let kept = try #require(
            try JSONSerialization.jsonObject(with: Data(verified.evidence)) as? [String: Any])
        #expect((kept["header"] as? [String: String])?["kid"] == "rsa-1")
        #expect((kept["claims"] as? [String: Any])?["repository_id"] as? String == "1001")
        #expect(kept["key"] as? String == proof.key)
        let signature = try #require(token.split(separator: ".").last)
        #expect(!String(decoding: verified.evidence, as: UTF8.self).contains(signature))
    }

    @Test("of an elliptic curve is good where the issuer's administrators may choose it, and only there")
    func curves() async throws {
        let forgejo = TrustedIssuer(
            issuer: Self.trusted.issuer, profile: .forgejo, audiences: Self.trusted.audiences)
        for issuer in [TestIssuer.p256, TestIssuer.p384] {
            let token = try issuer.token(Self.claims())
            #expect(try await Self.verify(token, of: forgejo).proof["repository_id"] == "1001")
            #expect(
                try await Self.refusal(token)
                    == "its algorithm '\(issuer.algorithm)' is not one of its issuer's")
        }
    }

    @Test("that another key signed is forged")
    func forged() async throws {
        let forged = try TestIssuer.forger.get().token(Self.claims())
        #expect(try await Self.refusal(forged) == "its signature is not made with key 'rsa-1' of its issuer")
        let forgejo = TrustedIssuer(
            issuer: Self.trusted.issuer, profile: .forgejo, audiences: Self.trusted.audiences)
        // An elliptic signature under the RSA key's name, and one under the name of a key of another curve.
        let confused = try TestIssuer.p256.token(Self.claims(), header: ["kid": #""rsa-1""#])
        #expect(
            try await Self.refusal(confused, of: forgejo) == "its algorithm 'ES256' is not that of its key 'rsa-1'")
        let lying = try TestIssuer.p256.token(Self.claims(), header: ["kid": #""rsa-1""#, "alg": #""RS256""#])
        #expect(
            try await Self.refusal(lying, of: forgejo) == "its signature is not made with key 'rsa-1' of its issuer")
    }

    @Test("of which one bit was changed, anywhere, is refused")
    func changed() async throws {
        let token = Array(try TestIssuer.rsa.get().token(Self.claims()).utf8)
        var random = SplitMix64(seed: 7)
        for _ in 0..<200 {
            var bytes = token
            let place = Int(random.next() % UInt64(bytes.count))
            bytes[place] ^= 1 << UInt8(random.next() % 7)
            #expect(try await Self.refusal(String(decoding: bytes, as: UTF8.self)) != nil, "at byte \(place)")
        }
    }

    @Test("without a signature, or with one that everybody can make, is refused")
    func unsecured() async throws {
        let issuer = try TestIssuer.rsa.get()
        let none = try issuer.token(Self.claims(), header: ["alg": #""none""#])
        #expect(try await Self.refusal(none) == "its algorithm 'none' is not one of its issuer's")
        let empty = none.split(separator: ".").dropLast().joined(separator: ".") + "."
        #expect(try await Self.refusal(empty) == "its algorithm 'none' is not one of its issuer's")
        for secret in [issuer.publicText, try issuer.publicKey["n"] ?? ""] {
            let hmac = TestIssuer.hmac(Self.claims(), keyName: "rsa-1", secret: secret)
            #expect(try await Self.refusal(hmac) == "its algorithm 'HS256' is not one of its issuer's")
        }
    }

    @Test(
        "with a header that brings its own key, or demands something, is refused",
        arguments: [
            (["kid": nil], "its header has no 'kid'"),
            (["kid": #""""#], "its header has no 'kid'"),
            (["kid": #""rsa-2""#], "its key 'rsa-2' is not among the keys of its issuer"),
            (["alg": nil], "its header has no 'alg'"),
            (["typ": #""at+jwt""#], "its header says a 'typ' other than JWT"),
            (["crit": #"["exp"]"#], "its header has 'crit', which is not accepted"),
            (["jku": #""https://evil.example.org""#], "its header has 'jku', which is not accepted"),
            (["x5u": #""https://evil.example.org""#], "its header has 'x5u', which is not accepted"),
            (["jwk": "{}"], "its header has 'jwk', which is not accepted"),
            (["x5c": "[]"], "its header has 'x5c', which is not accepted"),
        ] as [([String: String?], String)])
    func header(_ changes: [String: String?], _ reason: String) async throws {
        let token = try TestIssuer.rsa.get().token(Self.claims(), header: changes)
        #expect(try await Self.refusal(token) == reason)
    }

    @Test("whose header has no 'typ', or members that we do not know, is read all the same (RFC 7515, section 4)")
    func openHeader() async throws {
        let token = try TestIssuer.rsa.get().token(Self.claims(), header: ["typ": nil, "x5t": #""AA""#])
        #expect(try await Self.refusal(token) == nil)
    }

    @Test(
        "for others is refused, and one for us and others too",
        arguments: [
            (#""sts.amazonaws.com""#, false), (#"["https://remit.example.org"]"#, true),
            (#"["https://remit.example.org","sts.amazonaws.com"]"#, false),
            (#"["https://remit.example.org","https://remit.example.org"]"#, false),
            (#""https://remit.example.org/""#, false), ("[]", false), ("null", false), ("7", false),
            (#""HTTPS://remit.example.org""#, false),
        ])
    func audience(_ audience: String, _ isOurs: Bool) async throws {
        let refusal = try await Self.refusal(claiming: ["aud": audience])
        #expect(refusal == (isOurs ? nil : "it is not for audience 'https://remit.example.org' alone"))
        if isOurs {
            let verified = try await Self.verify(try TestIssuer.rsa.get().token(Self.claims(["aud": audience])))
            #expect(verified.proof["aud"] == "https://remit.example.org")
        }
    }

    @Test(
        "of another issuer is refused, however like",
        arguments: [
            #""https://token.actions.githubusercontent.com/""#, #""https://token.actions.githubusercontent.com/acme""#,
            #""https://TOKEN.actions.githubusercontent.com""#, #""https://to\u212aen.actions.githubusercontent.com""#,
            "null",
        ])
    func issuer(_ issuer: String) async throws {
        #expect(
            try await Self.refusal(claiming: ["iss": issuer])
                == "its issuer is not 'https://token.actions.githubusercontent.com'")
    }

    @Test("is good until it expires, to the second, and clocks may differ only about its beginning")
    func times() async throws {
        func at(_ seconds: Int64) -> Instant { Self.now.adding(seconds: seconds) }
        #expect(try await Self.refusal(claiming: [:], at: at(299)) == nil)
        #expect(try await Self.refusal(claiming: [:], at: at(300)) == "it expired at \(at(300))")
        #expect(try await Self.refusal(claiming: [:], at: at(-60)) == nil)
        #expect(
            try await Self.refusal(claiming: [:], at: at(-61)) == "it was issued at \(Self.now), which is to come")
        let later = ["nbf": "\(Self.now.seconds + 120)"]
        #expect(try await Self.refusal(claiming: later) == "it is not valid before \(at(120))")
        #expect(try await Self.refusal(claiming: later, at: at(60)) == nil)
        #expect(try await Self.refusal(claiming: ["nbf": nil]) == nil)
    }

    @Test(
        "says its times in whole seconds, and does not live for ever",
        arguments: [
            (["exp": nil], "its 'exp' is not a time in whole seconds"),
            (["iat": nil], "its 'iat' is not a time in whole seconds"),
            (["nbf": #""soon""#], "its 'nbf' is not a time in whole seconds"),
            (["exp": "-1"], "its 'exp' is not a time in whole seconds"),
            (["exp": "9223372036854775807"], "its 'exp' is not a time in whole seconds"),
            (["exp": "1795262401"], "it is valid for longer than 24 hours"),
            (["exp": "1795262400"], nil),
        ] as [([String: String?], String?)])
    func moments(_ changes: [String: String?], _ reason: String?) async throws {
        #expect(try await Self.refusal(claiming: changes) == reason)
    }
}
