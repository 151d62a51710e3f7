/// An SSH key's fingerprint as OpenSSH prints it: the SHA-256 of the public key blob.
package struct KeyFingerprint: Hashable, Sendable {
    /// The 32 bytes of the digest.
    package let digest: [UInt8]

    /// Exactly 32 bytes, or `nil`.
    package init?(digest: some Collection<UInt8>) {
        guard digest.count == 32 else { return nil }
        self.digest = Array(digest)
    }

    /// `SHA256:` and 43 digits of unpadded base64, or `nil`.
    package init?(_ text: some StringProtocol) {
        guard text.hasPrefix("SHA256:"),
            let digest = Base64.decode(text.dropFirst(7).utf8, padding: .forbidden)
        else { return nil }
        self.init(digest: digest)
    }

    /// The name of the key's file under `keys/` in the authority.
    package var hex: String { Hex.text(digest) }
}

extension KeyFingerprint: CustomStringConvertible {
    package var description: String { "SHA256:" + Base64.text(digest, padding: .forbidden) }
}
