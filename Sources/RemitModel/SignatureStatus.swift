/// What is known of a commit's or tag's signature.
///
/// "Could not check" is never "bad", and never "fine".
package enum SignatureStatus: Hashable, Sendable {
    case unsigned
    /// The signature is good for this key over the exact bytes. Whose key it is, the authority says.
    case good(KeyFingerprint)
    /// The signature is there and wrong: why, in a few words.
    case bad(String)
    /// OpenPGP or X.509: not checked. Never taken for unsigned, nor for valid.
    case unsupported(String)
}
