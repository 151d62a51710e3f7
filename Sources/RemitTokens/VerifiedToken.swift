package import RemitModel

/// A token whose signature, issuer, audience and times are good, and what to keep of it.
package struct VerifiedToken: Hashable, Sendable {
    package let proof: Job.Proof
    /// The JSON texts that were signed, byte for byte.
    package let header: [UInt8]
    package let claims: [UInt8]
    /// The key that verified it: issuers rotate theirs, and audits come later.
    package let key: JSONWebKey

    /// What is archived of the token: never its signature, without which nobody can use it while it lives.
    package var evidence: [UInt8] {
        Array(#"{"header":"#.utf8) + header + Array(#","claims":"#.utf8) + claims
            + Array(#","key":"\#(proof.key)"}"#.utf8) + [0x0A]
    }
}
