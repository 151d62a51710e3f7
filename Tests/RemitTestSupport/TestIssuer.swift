import Crypto
import CryptoExtras
package import Foundation

/// A CI system's issuer: keys, and tokens made and signed by this file alone.
package struct TestIssuer: Sendable {
    private enum Key: Sendable {
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case p384(P384.Signing.PrivateKey)
    }

    package let keyName: String
    private let key: Key

    private init(_ keyName: String, _ key: Key) {
        self.keyName = keyName
        self.key = key
    }

    /// Made once: a key of 2048 bits takes its time.
    package static let rsa = Result { TestIssuer("rsa-1", .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))) }
    /// Another key under the same name: whose tokens are forged.
    package static let forger = Result { TestIssuer("rsa-1", .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))) }
    package static let p256 = TestIssuer("p256-1", .p256(P256.Signing.PrivateKey()))
    package static let p384 = TestIssuer("p384-1", .p384(P384.Signing.PrivateKey()))

    /// The name of the algorithm that the key signs with.
    package var algorithm: String {
        switch key {
        case .rsa: "RS256"
        case .p256: "ES256"
        case .p384: "ES384"
        }
    }

    /// The public key as one member of a key set, its members as JSON texts.
    package var publicKey: [String: String] {
        get throws {
            var members = ["kid": "\"\(keyName)\"", "use": #""sig""#, "alg": "\"\(algorithm)\""]
            func point(_ raw: Data, _ curve: String) {
                members["kty"] = #""EC""#
                members["crv"] = "\"\(curve)\""
                members["x"] = "\"\(Self.base64url(raw.prefix(raw.count / 2)))\""
                members["y"] = "\"\(Self.base64url(raw.suffix(raw.count / 2)))\""
            }
            switch key {
            case .rsa(let key):
                let numbers = try key.publicKey.getKeyPrimitives()
                members["kty"] = #""RSA""#
                members["n"] = "\"\(Self.base64url(numbers.modulus))\""
                members["e"] = "\"\(Self.base64url(numbers.publicExponent))\""
            case .p256(let key): point(key.publicKey.rawRepresentation, "P-256")
            case .p384(let key): point(key.publicKey.rawRepresentation, "P-384")
            }
            return members
        }
    }

    /// The RSA public key as somebody would use it for HS256 by mistake.
    package var publicText: String {
        if case .rsa(let key) = key { key.publicKey.pemRepresentation } else { "" }
    }

    package static func keySet(_ keys: [String: String]...) -> [UInt8] {
        Array(#"{"keys":[\#(keys.map(object).joined(separator: ","))]}"#.utf8)
    }

    /// A JSON object of members that are JSON texts already, in the order of their names.
    package static func object(_ members: [String: String]) -> String {
        "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    /// A compact token over exactly these texts, signed by this key.
    package func sign(header: String, payload: String) throws -> String {
        let signed = "\(Self.base64url(Data(header.utf8))).\(Self.base64url(Data(payload.utf8)))"
        let bytes = Data(signed.utf8)
        let signature =
            switch key {
            case .rsa(let key):
                try key.signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5).rawRepresentation
            case .p256(let key): try key.signature(for: SHA256.hash(data: bytes)).rawRepresentation
            case .p384(let key): try key.signature(for: SHA384.hash(data: bytes)).rawRepresentation
            }
        return "\(signed).\(Self.base64url(signature))"
    }

    /// As above, with the header that an issuer writes, changed by some members.
    package func token(_ claims: [String: String], header changes: [String: String?] = [:]) throws -> String {
        var header = ["typ": #""JWT""#, "alg": "\"\(algorithm)\"", "kid": "\"\(keyName)\""]
        for (name, value) in changes { header[name] = value }
        return try sign(header: Self.object(header), payload: Self.object(claims))
    }

    /// A token whose "signature" is an HMAC with a text that everybody knows.
    package static func hmac(_ claims: [String: String], keyName: String, secret: String) -> String {
        let header = object(["typ": #""JWT""#, "alg": #""HS256""#, "kid": "\"\(keyName)\""])
        let signed = "\(base64url(Data(header.utf8))).\(base64url(Data(object(claims).utf8)))"
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(signed.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return "\(signed).\(base64url(Data(code)))"
    }

    package static func base64url(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// What GitHub says of a job that deploys `payments`, as its documentation shows such a token.
    package static func githubClaims(at seconds: Int64, commit: String) -> [String: String] {
        [
            "iss": #""https://token.actions.githubusercontent.com""#, "aud": #""https://remit.example.org""#,
            "sub": #""repo:example/payments:environment:production""#, "jti": #""6f4762ed-0758-4ccb""#,
            "repository": #""example/payments""#, "repository_id": #""1001""#, "repository_owner": #""example""#,
            "repository_owner_id": #""77""#, "ref": #""refs/heads/main""#, "ref_type": #""branch""#,
            "sha": "\"\(commit)\"", "event_name": #""push""#, "environment": #""production""#, "run_id": #""42""#,
            "run_attempt": #""1""#, "actor": #""dana""#, "actor_id": #""5""#,
            "runner_environment": #""github-hosted""#, "iat": "\(seconds)", "nbf": "\(seconds - 5)",
            "exp": "\(seconds + 300)",
        ]
    }
}
