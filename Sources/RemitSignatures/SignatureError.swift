package import RemitFormats

/// Why a signature does not count.
package enum SignatureError: Error, Hashable {
    /// It could not be read as an SSH signature.
    case unreadable(SSHFormatError)
    /// It is good or bad for another purpose than the one asked for.
    case namespace(String)
    /// The key is not a point of its curve, or not a key that the cryptography takes.
    case key
    /// A security key signed without anybody touching it.
    case userNotPresent
    /// It does not fit these bytes and this key.
    case mismatch
    /// The signature is good, and the certificate that came with it is not.
    case certificate(CertificateFault)
    /// OpenPGP or X.509: Remit does not check those.
    case otherFamily(SignatureKind)

    package var reason: String {
        switch self {
        case .unreadable(let error): error.reason
        case .namespace(let found): "signed in the namespace \(found)"
        case .key: "key is not a valid point or modulus"
        case .userNotPresent: "security key was not touched"
        case .mismatch: "signature does not fit the content and the key"
        case .certificate(let fault): fault.reason
        case .otherFamily(.openPGP): "openpgp signatures are not supported"
        case .otherFamily(.x509): "x.509 signatures are not supported"
        case .otherFamily: "unknown kind of signature"
        }
    }

    /// Whether the signature may be genuine but of a kind that Remit does not check.
    package var isUnsupported: Bool {
        switch self {
        case .unreadable(let error): error.isUnsupported
        case .otherFamily: true
        case .namespace, .key, .userNotPresent, .mismatch, .certificate: false
        }
    }
}
