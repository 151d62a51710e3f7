import RemitModel
@testable import RemitTokens

extension FuzzTarget {
    static let tokens = [token, keySet]

    private static let token = FuzzTarget(
        "token",
        seeds: [
            "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL2EiLCJleHAiOjF9.AAAA",
            "eyJhbGciOiJub25lIn0.e30.", "..", "e30.e30.e30.e30",
        ]
    ) { bytes in
        do throws(TokenError) {
            let token = try CompactToken(bytes)
            let parts = [token.header, token.payload, token.signature].map { Base64.textURL($0) }
            require(Array(parts.joined(separator: ".").utf8) == bytes, "a token has one spelling")
            require(bytes.starts(with: token.signed), "what was signed begins the token")
            require(!token.keyName.isEmpty, "a key is named")
        } catch {
            require(!error.reason.isEmpty, "a fault has a reason")
        }
    }

    private static let keySet = FuzzTarget(
        "key-set",
        seeds: [
            #"{"keys":[{"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"},{"kty":"EC","crv":"P-256","kid":"b","x":"","y":""}]}"#,
            #"{"keys":[{"kty":"oct","k":"AA"}]}"#, #"{"keys":[]}"#,
        ]
    ) { bytes in
        do throws(TokenError) {
            let keys = try KeySet(bytes)
            require(keys == (try KeySet(bytes)), "a set has one reading")
            let key = try keys.key(named: "a")
            require(key.thumbprint.utf8.count == 43, "a thumbprint is a SHA-256")
        } catch {
            require(!error.reason.isEmpty, "a fault has a reason")
        }
    }
}
