import RemitFormats
import RemitModel

/// Why a certificate counts for nothing, whoever issued it.
package enum CertificateFault: Hashable, Sendable {
    /// It came with the signature of a record.
    case onRecord
    case forHost
    /// Its authority's signature does not fit it.
    case notIssued
    /// An authority that is a security key issued it without anybody touching it.
    case issuedUntouched
    /// It must be refused by whoever does not heed this option.
    case criticalOption(String)
    /// It demands that the security key asks for a PIN or a finger, and the key did not.
    case userNotVerified

    package var reason: String {
        switch self {
        case .onRecord: "a certificate cannot sign a record, only the key itself"
        case .forHost: "certificate is for a host, not for a user"
        case .notIssued: "certificate is not validly signed by its authority"
        case .issuedUntouched: "certificate's authority is a security key that was not touched"
        case .criticalOption(let name): "certificate has the critical option '\(name)', which cannot be heeded here"
        case .userNotVerified: "certificate demands a PIN or a finger, and the security key asked for none"
        }
    }
}

extension SSHCertificate {
    /// What the certificate says, once its authority's signature and its options are found good.
    ///
    /// Whether it is in its time, and whether its authority counts, are others' questions.
    ///
    /// - Parameter touch: what the security key said when it signed; `nil` for another key.
    func verified(for touch: SSHProof.Touch?) throws(SignatureError) -> Certificate {
        guard role == .user else { throw .certificate(.forHost) }
        let isIssued: Bool
        do throws(SignatureError) {
            isIssued = try authority.isValid(proof, over: signedBytes)
        } catch .userNotPresent {
            throw .certificate(.issuedUntouched)
        }
        guard isIssued else { throw .certificate(.notIssued) }
        for option in criticalOptions {
            // A hook knows no address and runs no command: what limits those could not be kept.
            guard option.name == "verify-required", option.data.isEmpty, let touch else {
                throw .certificate(.criticalOption(option.name))
            }
            guard touch.userVerified else { throw .certificate(.userNotVerified) }
        }
        return Certificate(
            authority: KeyFingerprint(of: authority), serial: serial, keyID: keyID, principals: principals,
            validFrom: validFrom, validUntil: validUntil)
    }
}
