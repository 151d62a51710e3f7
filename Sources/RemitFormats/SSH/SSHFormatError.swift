/// Why bytes are not an SSH key or signature that Remit reads.
///
/// The raw value is a short reason in lower case, to be put after the name of the file or commit.
package enum SSHFormatError: String, Error, Hashable {
    // The wire format, RFC 4251 section 5.
    case truncated = "ends too early"
    case trailingBytes = "bytes left over at the end"
    case integer = "integer is negative or not in its shortest form"

    // Keys.
    case keyLine = "not a line of key type and base64"
    case keyTypeMismatch = "key type differs from the key's own bytes"
    case keyTooLong = "key is too long"
    case key = "key has the wrong shape for its type"
    case weakKey = "key is too weak or out of bounds"

    // Signatures.
    case signatureTooLong = "signature is too long"
    case armour = "not exactly one armoured ssh signature"
    case base64 = "base64 is not in its one strict spelling"
    case magic = "not an sshsig blob"
    case version = "sshsig version is not 1"
    case namespace = "namespace is empty or not printable ascii"
    case reserved = "reserved field is not empty"
    case hashAlgorithm = "hash is neither sha256 nor sha512"
    case signatureAlgorithm = "signature algorithm does not fit the key"
    case sha1 = "rsa signature with sha-1"
    case signature = "signature has the wrong shape for its algorithm"

    // Certificates.
    case certificate = "an ssh certificate, not a plain key"
    case certificateTooLong = "certificate is too long"
    case certificateRole = "certificate is neither for a user nor for a host"
    case certificateText = "certificate's text is not printable utf-8 within bounds"
    case certificatePrincipals = "certificate has too many principals"
    case certificateTime = "certificate's time is empty or out of bounds"
    case certificateOptions = "certificate's options are not in order, each once"
    case certificateReserved = "certificate's reserved field is not empty"
    case certificateAuthority = "certificate's authority is itself a certificate"

    // Genuine, but of a kind that is not checked: neither good nor bad.
    case dsa = "dsa keys are not supported"
    case webauthn = "webauthn signatures are not supported"
    case keyType = "unknown ssh key type"

    package var reason: String { rawValue }

    /// Whether the bytes may be genuine but of a kind that Remit does not check.
    package var isUnsupported: Bool {
        switch self {
        case .dsa, .webauthn, .keyType: true
        default: false
        }
    }
}
