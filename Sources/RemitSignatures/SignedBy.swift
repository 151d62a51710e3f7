package import RemitFormats
package import RemitModel

/// Proof that a key signed a message.
///
/// Only verifying makes one; whose key it is, the authority says.
package struct SignedBy: Sendable, Hashable {
    package let key: SSHPublicKey
    package let fingerprint: KeyFingerprint
    /// Whether somebody touched the security key; `nil` for a key that cannot tell.
    package let userPresent: Bool?
    /// Whether the security key asked for a PIN or a finger; `nil` for a key that cannot tell.
    package let userVerified: Bool?
    /// The certificate that came with the signature, its authority's own signature verified.
    ///
    /// It proves nothing about the key: what was signed does not cover it.
    package let certificate: Certificate?

    init(_ signature: SSHSignature, certificate: Certificate?) {
        key = signature.publicKey
        fingerprint = KeyFingerprint(of: signature.publicKey)
        userPresent = signature.proof.touch?.userPresent
        userVerified = signature.proof.touch?.userVerified
        self.certificate = certificate
    }
}
