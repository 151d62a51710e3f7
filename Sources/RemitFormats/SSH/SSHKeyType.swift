/// The key types that Remit reads, as OpenSSH names them.
package enum SSHKeyType: String, Sendable, Hashable, CaseIterable {
    case ed25519 = "ssh-ed25519"
    case ecdsaP256 = "ecdsa-sha2-nistp256"
    case ecdsaP384 = "ecdsa-sha2-nistp384"
    case ecdsaP521 = "ecdsa-sha2-nistp521"
    case rsa = "ssh-rsa"
    case securityKeyEd25519 = "sk-ssh-ed25519@openssh.com"
    case securityKeyECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"

    /// Reads a name; a type that OpenSSH knows and Remit does not is told apart from nonsense.
    init(name: ArraySlice<UInt8>) throws(SSHFormatError) {
        let text = String(decoding: name, as: UTF8.self)
        if let type = SSHKeyType(rawValue: text) {
            self = type
        } else if text.hasSuffix("-cert-v01@openssh.com") || text.hasSuffix("-cert-v00@openssh.com") {
            throw .certificate
        } else if text == "ssh-dss" {
            throw .dsa
        } else {
            throw .keyType
        }
    }

    /// Whether a key of this type claims to live in a security key.
    ///
    /// A claim: only an attestation could prove it.
    package var isSecurityKey: Bool {
        self == .securityKeyEd25519 || self == .securityKeyECDSA
    }
}

/// A curve of NIST, by the name that RFC 5656 gives it.
package enum SSHCurve: String, Sendable, Hashable {
    case p256 = "nistp256"
    case p384 = "nistp384"
    case p521 = "nistp521"

    /// The length of one coordinate, and of each half of a signature.
    package var byteCount: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }
}
