/// The family of a signature in a commit, tag or push certificate, told by its first line as git tells it.
package enum SignatureKind: String, Sendable, Hashable, CaseIterable {
    case ssh
    case openPGP
    case x509
    case unknown

    /// The first lines that git knows, without their line feeds.
    package static let markers: [(kind: SignatureKind, line: [UInt8])] = [
        (.ssh, Array("-----BEGIN SSH SIGNATURE-----".utf8)),
        (.openPGP, Array("-----BEGIN PGP SIGNATURE-----".utf8)),
        (.openPGP, Array("-----BEGIN PGP MESSAGE-----".utf8)),
        (.x509, Array("-----BEGIN SIGNED MESSAGE-----".utf8)),
    ]

    package init(of signature: some Collection<UInt8>) {
        self = Self.markers.first { signature.starts(with: $0.line) }?.kind ?? .unknown
    }
}
