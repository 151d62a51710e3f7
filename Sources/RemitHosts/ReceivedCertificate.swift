package import RemitModel

/// What git says of the certificate of a signed push: where its text lies, and the nonce that git had asked for.
///
/// Of `GIT_PUSH_CERT_STATUS`, `_KEY` and `_SIGNER` nothing is read: git says `G` of a key that it does not know.
package struct ReceivedCertificate: Hashable, Sendable {
    /// A nonce, or what git says of one.
    package static let maximumWordByteCount = 256

    /// The blob that git has put into the repository's own object store, even where the push is refused.
    package let blob: ObjectID
    /// The nonce that git issued for this push; `nil` where it issues none.
    package let nonce: ByteString?
    /// What git says of the nonce in the certificate: `OK`, `SLOP`, `BAD`, `MISSING` or `UNSOLICITED`.
    package let nonceStatus: ByteString?

    package init(blob: ObjectID, nonce: ByteString?, nonceStatus: ByteString?) {
        self.blob = blob
        self.nonce = nonce
        self.nonceStatus = nonceStatus
    }

    /// `nil` where the push came without a certificate.
    static func read(from environment: Environment) throws(InvocationError) -> ReceivedCertificate? {
        let name: ByteString = "GIT_PUSH_CERT"
        guard let text = try environment.value(of: name, maximumByteCount: maximumWordByteCount) else { return nil }
        guard let blob = ObjectID(hex: text.bytes[...]) else {
            throw InvocationError(.badCertificate, name, "not an id of 40 lower-case hexadecimal digits")
        }
        return ReceivedCertificate(
            blob: blob,
            nonce: try environment.value(of: "GIT_PUSH_CERT_NONCE", maximumByteCount: maximumWordByteCount),
            nonceStatus: try environment.value(
                of: "GIT_PUSH_CERT_NONCE_STATUS", maximumByteCount: maximumWordByteCount))
    }
}
