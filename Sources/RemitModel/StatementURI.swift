/// The URIs by which others know what a signed statement is about.
///
/// Those under `remit.dev` are names: nothing is ever fetched from there.
package enum StatementURI {
    /// In-toto's Statement v1 (github.com/in-toto/attestation).
    package static let statement = "https://in-toto.io/Statement/v1"
    /// SLSA's "somebody verified this" (slsa.dev/spec/v1.2/verification_summary).
    package static let summary = "https://slsa.dev/verification_summary/v1"
    /// Remit's decision, with everything that led to it.
    package static let decision = "https://remit.dev/decision/v1"
    /// The verifier that a summary names.
    package static let verifier = "https://remit.dev/gate/deploy/v1"
    /// The same where a git server's hook decided over a push.
    package static let pushVerifier = "https://remit.dev/gate/push/v1"
}
