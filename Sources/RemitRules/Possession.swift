package import RemitAuthority
package import RemitModel

/// Whether a signature proves that whoever made it holds a delegation.
///
/// Its task keys prove it, and certificates of an authority that it lists whose principals name it in full.
package enum Possession: Hashable, Sendable {
    case proved
    /// Why it does not, in a few words.
    case unproved(String)

    /// - Parameter moment: when a certificate must be in its time: now, or when an allowed decision first saw the work.
    package init(of verified: VerifiedDelegation, by signature: SignatureStatus, at moment: Instant) {
        switch signature {
        case .good(let key), .certified(let key, _):
            if verified.delegation.keys.contains(key) {
                self = .proved
            } else if let certificate = signature.certificate {
                self = Self.fault(of: certificate, for: verified, at: moment).map(Self.unproved) ?? .proved
            } else {
                self = .unproved("it is signed with \(key)")
            }
        case .unsigned: self = .unproved("it is not signed")
        case .bad(let fault): self = .unproved("its signature is bad: \(fault)")
        case .unsupported(let kind): self = .unproved("its \(kind) signature is not supported")
        }
    }

    private static func fault(
        of certificate: Certificate, for verified: VerifiedDelegation, at moment: Instant
    ) -> String? {
        guard verified.delegation.certificateAuthorities.contains(certificate.authority) else {
            return "its certificate is of \(certificate.authority), which the delegation does not list"
        }
        let named = certificate.delegations
        guard named.contains(verified.id) else {
            return named.isEmpty
                ? "its certificate names no delegation"
                : "its certificate is for another delegation"
        }
        if moment < certificate.validFrom { return "its certificate begins at \(certificate.validFrom)" }
        if let end = certificate.validUntil, moment >= end { return "its certificate ended at \(end)" }
        return nil
    }
}

extension CommitCase {
    /// Whether the commit's signature proves possession of the delegation that it claims; `nil` without one.
    ///
    /// A certificate lives for hours and a branch for days: what an allowed decision saw while it was good stays
    /// proved. So does what a host makes of it by a squash or a rebase that changes no more than was seen.
    package func possession(_ circumstances: Circumstances) -> Possession? {
        if isRewriting { return .proved }
        return delegation.map {
            Possession(of: $0, by: signature, at: circumstances.momentOfPossession(signature, firstSeen: firstSeen))
        }
    }
}

extension Circumstances {
    /// When a certificate must be in its time.
    ///
    /// For a deployment that is asked no more than whether the delegation still runs: the work has landed, and was
    /// judged then.
    package func momentOfPossession(_ signature: SignatureStatus, firstSeen: Instant?) -> Instant {
        if let firstSeen { return firstSeen }
        if submission.isDeployment, let certificate = signature.certificate { return min(now, certificate.validFrom) }
        return now
    }
}
