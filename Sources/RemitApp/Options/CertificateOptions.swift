import ArgumentParser
import RemitModel
import RemitSignatures

/// Whose certificates prove a new delegation, beside a task key or instead of one.
struct CertificateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The public key of an authority whose SSH certificates prove the delegation, where a principal is its \
            whole id. No task key is needed then. May be repeated.
            """, valueName: "file"))
    var certificateAuthority: [String] = []

    /// The keys of the authorities, each once.
    func fingerprints() throws(AppError) -> [KeyFingerprint] {
        var result: [KeyFingerprint] = []
        for path in certificateAuthority {
            let key = KeyFingerprint(of: try SigningKey.publicKey(at: path))
            if !result.contains(key) { result.append(key) }
        }
        return result
    }
}
