/// What is known of a commit's or tag's signature.
///
/// "Could not check" is never "bad", and never "fine".
package enum SignatureStatus: Hashable, Sendable {
    case unsigned
    /// The signature is good for this key over the exact bytes. Whose key it is, the authority says.
    case good(KeyFingerprint)
    /// The same, and a certificate for the key came with it.
    ///
    /// Whether it is in its time, and whether anybody heeds its authority, the rules say.
    case certified(KeyFingerprint, by: Certificate)
    /// The signature is there and wrong: why, in a few words.
    case bad(String)
    /// OpenPGP or X.509: not checked. Never taken for unsigned, nor for valid.
    case unsupported(String)

    /// Why a signature of another kind proves nothing.
    package static func unsupportedReason(_ kind: String) -> String { "its \(kind)\(unsupportedEnding)" }

    /// How every such reason ends, so that the cure for it can be told.
    package static let unsupportedEnding = " signature is not supported"

    /// The key for which the signature is good.
    ///
    /// A certificate changes nothing in it: what is signed does not cover the certificate, so anybody can take it off.
    package var key: KeyFingerprint? {
        switch self {
        case .good(let key), .certified(let key, _): key
        case .unsigned, .bad, .unsupported: nil
        }
    }

    package var certificate: Certificate? {
        if case .certified(_, let certificate) = self { certificate } else { nil }
    }
}
