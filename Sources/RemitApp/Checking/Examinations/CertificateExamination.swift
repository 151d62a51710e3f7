import RemitGate
import RemitHosts

/// Whether pushers can sign what they push (`git push --signed`), and whether the nonce is worth something.
struct CertificateExamination {
    private let repository: ServerRepository
    private let settings: Settings

    /// A secret of fewer bytes can be guessed by whoever has seen a nonce.
    private static let seedByteCountAtLeast = 16

    init(_ repository: ServerRepository, _ settings: Settings) {
        self.repository = repository
        self.settings = settings
    }

    func diagnosis() throws(AppError) -> Diagnosis {
        let isRequired = settings.requiresPushCertificate
        guard let seed = try repository.effective("receive.certNonceSeed") else {
            let advice = "set it to a secret of 16 bytes or more, in a file that only the server's user may read"
            guard isRequired else {
                return .ok(.certificates, "git takes no signed pushes: receive.certNonceSeed is not set")
            }
            return .fail(
                .certificates,
                "remit.pushCertificate is required, and receive.certNonceSeed is not set: every push is refused",
                advice)
        }
        guard seed.utf8.count >= Self.seedByteCountAtLeast else {
            return .warn(
                .certificates, "receive.certNonceSeed has \(seed.utf8.count) bytes, and can be guessed",
                "set it to a secret of \(Self.seedByteCountAtLeast) bytes or more")
        }
        if let file = try repository.file(of: "receive.certNonceSeed"), Ownership.isReadByAll(file) {
            return .warn(
                .certificates, "receive.certNonceSeed stands in '\(file)', which everybody may read",
                "run 'chmod o-r \(file)', and set another secret")
        }
        // Over HTTP the nonce is issued by one process and checked by the next.
        if settings.host.kind == .http, try repository.effective("receive.certNonceSlop") == nil {
            let fault = "receive.certNonceSlop is not set: over HTTP the nonce of a signed push is too old by then"
            let advice = "set it to the seconds that a push may take, with 'git config receive.certNonceSlop 60'"
            return isRequired ? .fail(.certificates, fault, advice) : .warn(.certificates, fault, advice)
        }
        return .ok(
            .certificates,
            isRequired ? "git takes signed pushes, and Remit takes no others" : "git takes signed pushes")
    }
}
