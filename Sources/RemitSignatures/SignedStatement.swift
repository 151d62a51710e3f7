import Crypto
package import RemitFormats

/// A payload that one of the keys asked for has signed.
///
/// Only verifying makes one, so what is read out of it is what was signed.
package struct SignedStatement: Hashable, Sendable {
    package let payload: [UInt8]
    package let signer: SSHPublicKey

    fileprivate init(payload: [UInt8], signer: SSHPublicKey) {
        self.payload = payload
        self.signer = signer
    }
}

extension DSSEEnvelope {
    /// The statement in the envelope, where any one of the keys has signed it; `nil` otherwise.
    ///
    /// Every key is tried on every signature, since nothing vouches for an envelope's hint at a key. A key in a
    /// security key, or of RSA, signs no statements.
    package func statement(signedByOneOf keys: [SSHPublicKey]) -> SignedStatement? {
        guard payloadType == Self.statementType else { return nil }
        let bytes = signedBytes
        for key in keys {
            if signatures.contains(where: { key.isStatementSignature($0.bytes, over: bytes) }) {
                return SignedStatement(payload: payload, signer: key)
            }
        }
        return nil
    }
}

extension SSHPublicKey {
    fileprivate func isStatementSignature(_ signature: [UInt8], over bytes: [UInt8]) -> Bool {
        do {
            switch material {
            case .ed25519(let point):
                guard signature.count == 64 else { return false }
                return try Curve25519.Signing.PublicKey(rawRepresentation: point)
                    .isValidSignature(signature, for: bytes)
            case .ecdsa(.p256, let point):
                return try P256.Signing.PublicKey(x963Representation: point)
                    .isValidSignature(P256.Signing.ECDSASignature(derRepresentation: signature), for: bytes)
            case .ecdsa, .rsa, .securityKeyEd25519, .securityKeyECDSA: return false
            }
        } catch {
            return false
        }
    }
}
