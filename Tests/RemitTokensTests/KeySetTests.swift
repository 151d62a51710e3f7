import Crypto
import Foundation
import RemitTestSupport
@testable import RemitTokens
import Testing

@Suite("an issuer's keys")
struct KeySetTests {
    private static func read(_ text: String) throws(TokenError) -> KeySet { try KeySet(Array(text.utf8)) }

    private static func refusal(_ text: String) -> String? {
        do throws(TokenError) {
            _ = try read(text)
            return nil
        } catch {
            return error.reason
        }
    }

    private static func refusal(of keys: KeySet, _ name: String) -> String? {
        do throws(TokenError) {
            _ = try keys.key(named: name)
            return nil
        } catch {
            return error.reason
        }
    }

    /// A set with the RSA key of the tests, changed.
    private static func refusal(changing changes: [String: String?]) throws -> String? {
        var key = try TestIssuer.rsa.get().publicKey
        for (name, value) in changes { key[name] = value }
        return refusal(of: try KeySet(TestIssuer.keySet(key)), "rsa-1")
    }

    @Test("of every kind that issuers use are found by name, beside others that are not ours to use")
    func kinds() throws {
        let other = ["kty": #""OKP""#, "crv": #""Ed25519""#, "x": #""AA""#, "kid": #""ed""#]
        let nameless = ["kty": #""oct""#]
        let keys = try KeySet(
            TestIssuer.keySet(
                try TestIssuer.rsa.get().publicKey, try TestIssuer.p256.publicKey, try TestIssuer.p384.publicKey,
                other, nameless, nameless))
        #expect(try keys.key(named: "rsa-1").algorithm == .rs256)
        #expect(try keys.key(named: "p256-1").algorithm == .es256)
        #expect(try keys.key(named: "p384-1").algorithm == .es384)
        #expect(
            Self.refusal(of: keys, "ed")
                == "its key 'ed' cannot be used: it is not for verifying RS256, ES256 or ES384")
        #expect(Self.refusal(of: keys, "rsa-2") == "its key 'rsa-2' is not among the keys of its issuer")
    }

    /// The example of RFC 7638, section 3.1.
    @Test("have the thumbprint that RFC 7638 says")
    func thumbprint() throws {
        let modulus = """
            0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiF\
            V4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9\
            c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1\
            jF44-csFCur-kEgU8awapJzKnqDKgw
            """
        let keys = try Self.read(
            #"{"keys":[{"kty":"RSA","n":"\#(modulus)","e":"AQAB","alg":"RS256","kid":"2011-04-29"}]}"#)
        let key = try keys.key(named: "2011-04-29")
        #expect(key.thumbprint == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
        #expect(TestIssuer.base64url(Data(SHA256.hash(data: key.canonical))) == key.thumbprint)
    }

    @Test(
        "that are for something else, or weak, say so",
        arguments: [
            (["use": #""enc""#], "it is not for verifying RS256, ES256 or ES384"),
            (["alg": #""RS512""#], "it is not for verifying RS256, ES256 or ES384"),
            (["alg": #""PS256""#], "it is not for verifying RS256, ES256 or ES384"),
            (["key_ops": #"["encrypt"]"#], "it is not for verifying RS256, ES256 or ES384"),
            (["e": #""Aw""#], "its exponent is not an odd number from 65537 to 4294967295"),
            (["e": #""AQAC""#], "its exponent is not an odd number from 65537 to 4294967295"),
            (["e": #""AAEAAQ""#], "its 'e' begins with a zero byte"),
            (["n": #""AQAB""#], "its modulus has 17 bits"),
            (["n": #""+w""#], "its 'n' is not base64url"),
            (["n": nil], "its 'n' is not base64url"),
        ] as [([String: String?], String)])
    func unusable(_ changes: [String: String?], _ reason: String) throws {
        #expect(try Self.refusal(changing: changes) == "its key 'rsa-1' cannot be used: \(reason)")
    }

    @Test("of a curve have coordinates of exactly its length")
    func coordinates() throws {
        var key = try TestIssuer.p256.publicKey
        key["crv"] = #""P-384""#
        key["alg"] = nil
        let keys = try KeySet(TestIssuer.keySet(key))
        #expect(
            Self.refusal(of: keys, "p256-1")
                == "its key 'p256-1' cannot be used: its 'x' is not base64url of 48 bytes")
    }

    @Test(
        "are refused all together where one is secret, twice there, or no key",
        arguments: [
            ("", "the key set ends before its value, at byte 0"),
            ("[]", "the key set is not an object with a list 'keys'"),
            (#"{"keys":{}}"#, "the key set is not an object with a list 'keys'"),
            (#"{"keys":[1]}"#, "the key set holds a key without 'kty'"),
            (#"{"keys":[{"kid":"a"}]}"#, "the key set holds a key without 'kty'"),
            (#"{"keys":[],"keys":[]}"#, "the key set has a member twice, at byte 20"),
            (#"{"keys":[]} x"#, "the key set has more after its value, at byte 12"),
            (#"{"keys":[{"kty":"oct","k":"AA"}]}"#, "the key set holds a key that should be secret: it has 'k'"),
            (
                #"{"keys":[{"kty":"RSA","kid":"a","d":"AA"}]}"#,
                "the key set holds a key that should be secret: it has 'd'"
            ),
            (
                #"{"keys":[{"kty":"OKP","kid":"a"},{"kty":"EC","kid":"a"}]}"#,
                "the key set has two keys with kid 'a'"
            ),
        ])
    func refused(_ text: String, _ reason: String) {
        #expect(Self.refusal(text) == reason)
    }

    @Test("are bounded")
    func bounded() {
        let padding = String(repeating: " ", count: KeySet.maximumByteCount)
        #expect(Self.refusal(#"{"keys":[]}"# + padding) == "the key set is longer than 262144 bytes")
        #expect(Self.refusal(#"{"keys":[]}"# + padding.dropLast(11)) == nil)
    }
}
