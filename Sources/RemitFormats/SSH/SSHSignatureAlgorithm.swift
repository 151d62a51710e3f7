/// The signature algorithms of SSHSIG that Remit verifies.
///
/// SHA-1 (`ssh-rsa`) is not one of them.
package enum SSHSignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    case ed25519 = "ssh-ed25519"
    case ecdsaP256 = "ecdsa-sha2-nistp256"
    case ecdsaP384 = "ecdsa-sha2-nistp384"
    case ecdsaP521 = "ecdsa-sha2-nistp521"
    case rsaSHA256 = "rsa-sha2-256"
    case rsaSHA512 = "rsa-sha2-512"
    case securityKeyEd25519 = "sk-ssh-ed25519@openssh.com"
    case securityKeyECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"

    init(name: ArraySlice<UInt8>) throws(SSHFormatError) {
        let text = String(decoding: name, as: UTF8.self)
        if let algorithm = SSHSignatureAlgorithm(rawValue: text) {
            self = algorithm
        } else if text.hasPrefix("webauthn-") {
            // What a browser signs names an origin; without a list of origins any web site could have asked for it.
            throw .webauthn
        } else if text == "ssh-rsa" {
            throw .sha1
        } else {
            throw .signatureAlgorithm
        }
    }

    /// The type of key that signs with this algorithm.
    package var keyType: SSHKeyType {
        switch self {
        case .ed25519: .ed25519
        case .ecdsaP256: .ecdsaP256
        case .ecdsaP384: .ecdsaP384
        case .ecdsaP521: .ecdsaP521
        case .rsaSHA256, .rsaSHA512: .rsa
        case .securityKeyEd25519: .securityKeyEd25519
        case .securityKeyECDSA: .securityKeyECDSA
        }
    }

    var curve: SSHCurve? {
        switch self {
        case .ecdsaP256, .securityKeyECDSA: .p256
        case .ecdsaP384: .p384
        case .ecdsaP521: .p521
        case .ed25519, .securityKeyEd25519, .rsaSHA256, .rsaSHA512: nil
        }
    }
}
