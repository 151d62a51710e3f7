/// What a signature is for.
///
/// SSHSIG signs the namespace with the message, so one kind never passes for another.
package enum SignatureNamespace: String, Sendable, Hashable, CaseIterable {
    case root = "remit-root"
    case authority = "remit-authority"
    case delegation = "remit-delegation"
    case approval = "remit-approval"
    case revocation = "remit-revocation"
    case exception = "remit-exception"
    case timestamp = "remit-timestamp"
    /// Commits, tags and push certificates. Never consent: with `commit.gpgsign` on, git signs whatever an agent
    /// commits with the person's key.
    case git
}
