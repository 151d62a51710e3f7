import Crypto
import JWTKit
import RemitFormats
import RemitModel

/// A public key of an issuer (RFC 7517), of a kind that issuers use: RSA, P-256, P-384.
package struct JSONWebKey: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case rsa(modulus: String, exponent: String)
        case p256(x: String, y: String)
        case p384(x: String, y: String)
    }

    /// The one algorithm that it verifies (RFC 7518, section 3.1): RSA keys of issuers are for RS256.
    package enum Algorithm: String, Hashable, Sendable {
        case rs256 = "RS256"
        case es256 = "ES256"
        case es384 = "ES384"
    }

    package let kind: Kind

    /// RFC 8725, section 3.5 and BoringSSL's own bound: shorter is forgeable, longer only slow.
    static let modulusBits = 2048...8192

    /// Reads one member of a key set; `nil` for a key that is not for verifying or of a kind that we do not use.
    init?(_ members: [String: JSONValue]) throws(TokenError) {
        if let use = members["use"], use != .text("sig") { return nil }
        if let operations = members["key_ops"] {
            guard case .list(let operations) = operations, operations.contains(.text("verify")) else { return nil }
        }
        switch (members["kty"], members["crv"]) {
        case (.text("RSA"), _):
            kind = .rsa(
                modulus: try Self.modulus(members["n"]), exponent: try Self.exponent(members["e"]))
        case (.text("EC"), .text("P-256")):
            kind = .p256(
                x: try Self.coordinate("x", members, byteCount: 32), y: try Self.coordinate("y", members, byteCount: 32)
            )
        case (.text("EC"), .text("P-384")):
            kind = .p384(
                x: try Self.coordinate("x", members, byteCount: 48), y: try Self.coordinate("y", members, byteCount: 48)
            )
        default: return nil
        }
        if let algorithm = members["alg"], algorithm != .text(self.algorithm.rawValue) { return nil }
    }

    package var algorithm: Algorithm {
        switch kind {
        case .rsa: .rs256
        case .p256: .es256
        case .p384: .es384
        }
    }

    private static func modulus(_ value: JSONValue?) throws(TokenError) -> String {
        let (text, bytes) = try number("n", value)
        let bits = bytes.count * 8 - (bytes.first?.leadingZeroBitCount ?? 0)
        guard modulusBits.contains(bits) else { throw TokenError("its modulus has \(bits) bits") }
        return text
    }

    private static func exponent(_ value: JSONValue?) throws(TokenError) -> String {
        let (text, bytes) = try number("e", value)
        let exponent = bytes.count <= 4 ? bytes.reduce(0) { $0 << 8 | UInt64($1) } : 0
        // FIPS 186-5, section 5.1: odd and above 2^16.
        guard exponent > 1 << 16, !exponent.isMultiple(of: 2) else {
            throw TokenError("its exponent is not an odd number from 65537 to 4294967295")
        }
        return text
    }

    /// A number in as few bytes as it takes (RFC 7518, section 2, "Base64urlUInt").
    private static func number(_ name: String, _ value: JSONValue?) throws(TokenError) -> (String, [UInt8]) {
        guard case .text(let text) = value, let bytes = Base64.decodeURL(text.utf8), let first = bytes.first else {
            throw TokenError("its '\(name)' is not base64url")
        }
        guard first != 0 else { throw TokenError("its '\(name)' begins with a zero byte") }
        return (text, bytes)
    }

    private static func coordinate(
        _ name: String, _ members: [String: JSONValue], byteCount: Int
    ) throws(TokenError) -> String {
        guard case .text(let text) = members[name], Base64.decodeURL(text.utf8)?.count == byteCount else {
            throw TokenError("its '\(name)' is not base64url of \(byteCount) bytes")
        }
        return text
    }
}

extension JSONWebKey {
    /// The required members in their one spelling (RFC 7638, section 3.2): SHA-256 of these bytes is the thumbprint.
    package var canonical: [UInt8] {
        let text =
            switch kind {
            case .rsa(let modulus, let exponent): #"{"e":"\#(exponent)","kty":"RSA","n":"\#(modulus)"}"#
            case .p256(let x, let y): #"{"crv":"P-256","kty":"EC","x":"\#(x)","y":"\#(y)"}"#
            case .p384(let x, let y): #"{"crv":"P-384","kty":"EC","x":"\#(x)","y":"\#(y)"}"#
            }
        return Array(text.utf8)
    }

    package var thumbprint: String { Base64.textURL(SHA256.hash(data: canonical).map { $0 }) }

    /// Whether the key made a signature over these bytes.
    ///
    /// The collection holds this one key and no other, so that nothing in a token can choose among keys; the algorithm
    /// is the key's, not the token's.
    func verifies(_ signature: [UInt8], over bytes: [UInt8]) async -> Bool {
        do {
            let keys = JWTKeyCollection()
            switch kind {
            case .rsa(let modulus, let exponent):
                await keys.add(
                    rsa: try Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent), digestAlgorithm: .sha256)
            case .p256(let x, let y): await keys.add(ecdsa: try ES256PublicKey(parameters: (x, y)))
            case .p384(let x, let y): await keys.add(ecdsa: try ES384PublicKey(parameters: (x, y)))
            }
            let verifier = try await keys.getKey()
            return try verifier.name == algorithm.rawValue && verifier.verify(signature, signs: bytes)
        } catch {
            // A point off the curve, a signature of another length: not made with this key.
            return false
        }
    }
}
