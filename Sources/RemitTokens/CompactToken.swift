import RemitFormats
import RemitModel

/// A token as it was given (RFC 7515, section 7.1): read strictly, and not yet believed.
package struct CompactToken: Hashable, Sendable {
    /// The longest that is read; those of CI systems have one to three kilobytes.
    package static let maximumByteCount = 16 << 10

    /// What the signature covers: the first two parts and the dot between them.
    let signed: [UInt8]
    let signature: [UInt8]
    /// The JSON texts, byte for byte.
    let header: [UInt8]
    let payload: [UInt8]
    let algorithm: String
    let keyName: String
    /// The claims, of which nothing is known until the signature is verified.
    let claims: [String: JSONValue]

    package init(_ bytes: [UInt8]) throws(TokenError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw TokenError("it is longer than \(Self.maximumByteCount) bytes")
        }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw TokenError("it is not three parts with dots between them") }
        header = try Self.decode(parts[0], "header")
        payload = try Self.decode(parts[1], "payload")
        signature = try Self.decode(parts[2], "signature")
        signed = Array(bytes[..<(parts[2].startIndex - 1)])
        let members = try Self.object(header, "header")
        (algorithm, keyName) = try Self.check(members)
        claims = try Self.object(payload, "payload")
    }

    /// Who says to have issued it: only to find out whose keys to verify it with.
    package var claimedIssuer: String? {
        if case .text(let issuer) = claims["iss"] { issuer } else { nil }
    }

    /// What a header may bring along to verify itself with (RFC 8725, section 3.10), or demand that we understand.
    private static let refused = ["crit", "jku", "jwk", "x5u", "x5c", "b64", "zip", "enc", "cty"]

    private static func check(_ header: [String: JSONValue]) throws(TokenError) -> (String, String) {
        if let member = refused.first(where: { header[$0] != nil }) {
            throw TokenError("its header has '\(member)', which is not accepted")
        }
        if let type = header["typ"] {
            guard case .text(let type) = type, type.lowercased() == "jwt" else {
                throw TokenError("its header says a 'typ' other than JWT")
            }
        }
        guard case .text(let algorithm) = header["alg"] else { throw TokenError("its header has no 'alg'") }
        guard case .text(let name) = header["kid"], !name.isEmpty else { throw TokenError("its header has no 'kid'") }
        return (algorithm, name)
    }

    private static func decode(_ part: ArraySlice<UInt8>, _ name: String) throws(TokenError) -> [UInt8] {
        guard let bytes = Base64.decodeURL(part) else { throw TokenError("its \(name) is not base64url") }
        return bytes
    }

    private static func object(_ bytes: [UInt8], _ name: String) throws(TokenError) -> [String: JSONValue] {
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(bytes) } catch {
            throw TokenError("its \(name) \(error.fault), at byte \(error.offset)")
        }
        guard case .object(let members) = value else { throw TokenError("its \(name) is not an object") }
        return members
    }
}
