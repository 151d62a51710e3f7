import Foundation
import RemitModel
import RemitTestSupport
@testable import RemitTokens
import Testing

@Suite("the text of a token")
struct CompactTokenTests {
    private static let header = #"{"alg":"RS256","kid":"a"}"#

    private static func encode(_ text: String) -> String { TestIssuer.base64url(Data(text.utf8)) }

    private static func refusal(_ token: String) -> String? {
        do throws(TokenError) {
            _ = try CompactToken(Array(token.utf8))
            return nil
        } catch {
            return error.reason
        }
    }

    private static func token(header: String = header, payload: String = "{}") -> String {
        "\(encode(header)).\(encode(payload)).AAAA"
    }

    @Test("is three parts of base64url, without anything round them")
    func parts() {
        let good = Self.token(payload: #"{"iss":"https://a"}"#)
        #expect(Self.refusal(good) == nil)
        for text in ["", "a", "a.b", good + ".AAAA", "..", good + "\n", " " + good, good + "="] {
            #expect(Self.refusal(text) != nil, "\(text)")
        }
        #expect(Self.refusal(good + ".AAAA") == "it is not three parts with dots between them")
        #expect(Self.refusal(good + "\n") == "its signature is not base64url")
        #expect(Self.refusal(good + "=") == "its signature is not base64url")
        #expect(Self.refusal("+" + good.dropFirst()) == "its header is not base64url")
        // A second spelling of the same bytes.
        #expect(Self.refusal(String(good.dropLast(4)) + "AB") == "its signature is not base64url")
    }

    @Test("is bounded")
    func bounded() {
        let space = String(repeating: " ", count: CompactToken.maximumByteCount)
        #expect(Self.refusal(Self.token(payload: "{}" + space)) == "it is longer than 16384 bytes")
        #expect(Self.refusal(Self.token(payload: "{}" + space.prefix(12_000))) == nil)
    }

    @Test(
        "has two JSON objects that have one reading",
        arguments: [
            (#"{"alg":"RS256","alg":"none","kid":"a"}"#, "{}", "its header has a member twice, at byte 27"),
            (header, #"{"repository_id":"1001","repository_id":"7"}"#, "its payload has a member twice, at byte 43"),
            (
                header, #"{"repository_id":"1001","repository\u005fid":"7"}"#,
                "its payload has a member twice, at byte 48"
            ),
            (header, "{} {}", "its payload has more after its value, at byte 3"),
            (header, "[]", "its payload is not an object"),
            ("7", "{}", "its header is not an object"),
            (header, "{\"a\":\"\u{0}\"}", "its payload has a control character in a string, at byte 6"),
            (
                header, #"{"exp":1.5}"#,
                "its payload holds something other than a string, a whole number or a word, at byte 7"
            ),
        ])
    func json(_ header: String, _ payload: String, _ reason: String) {
        #expect(Self.refusal(Self.token(header: header, payload: payload)) == reason)
    }

    @Test("of any bytes is refused or read, and what is read is what was signed")
    func anyBytes() {
        var random = SplitMix64(seed: 11)
        let good = Array(Self.token(payload: #"{"iss":"https://a","n":[1,{"b":null}]}"#).utf8)
        for _ in 0..<2000 {
            var bytes = good
            for _ in 0...(random.next() % 4) {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            if random.next() % 3 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
            do throws(TokenError) {
                let token = try CompactToken(bytes)
                let parts = [token.header, token.payload, token.signature].map { TestIssuer.base64url(Data($0)) }
                #expect(Array(parts.joined(separator: ".").utf8) == bytes)
                #expect(Array(parts[..<2].joined(separator: ".").utf8) == token.signed)
            } catch {
                #expect(!error.reason.isEmpty)
            }
        }
    }

    @Test("names an issuer that is looked up among those of the policy, and no other")
    func issuer() throws {
        func trust(_ issuer: String, _ audience: String) -> JobTrust {
            JobTrust(
                repositories: ["payments"], environments: [], issuer: issuer, profile: .gitlab, audience: audience,
                claims: [])
        }
        let token = try CompactToken(Array(Self.token(payload: #"{"iss":"https://gitlab.example.org"}"#).utf8))
        let found = try TrustedIssuer(
            of: token,
            among: [
                trust("https://gitlab.example.org", "one"), trust("https://gitlab.com", "two"),
                trust("https://gitlab.example.org", "three"),
            ])
        #expect(found.audiences == ["one", "three"])
        #expect(found.keysURL == "https://gitlab.example.org/oauth/discovery/keys")
        #expect(
            throws: TokenError(
                "no [[job]] entry of the policy is for a token of issuer 'https://gitlab.example.org' here")
        ) {
            try TrustedIssuer(of: token, among: [trust("https://gitlab.com", "two")])
        }
    }

    @Test(
        "says where each issuer publishes its keys",
        arguments: [
            (IssuerProfile.github, "https://ci/.well-known/jwks"), (.forgejo, "https://ci/.well-known/keys"),
            (.gitlab, "https://ci/oauth/discovery/keys"), (.buildkite, "https://ci/.well-known/jwks"),
            (.circleci, "https://ci/.well-known/jwks-pub.json"),
        ])
    func keys(_ profile: IssuerProfile, _ url: String) {
        #expect(TrustedIssuer(issuer: "https://ci", profile: profile, audiences: []).keysURL == url)
    }
}
