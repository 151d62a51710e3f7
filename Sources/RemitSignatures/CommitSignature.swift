import RemitFormats
package import RemitModel

/// The signature of a git object, verified over its raw bytes.
///
/// The namespace is git's own, so a good one says who made the object, and nothing about what anybody allowed.
package enum CommitSignature {
    package static func status(of commit: RawCommit) -> SignatureStatus {
        guard let signature = commit.signature else { return .unsigned }
        return status(of: signature, over: commit.signedBytes)
    }

    /// The same for a tag or a push certificate: its signature, and the bytes before it.
    package static func status(of signature: [UInt8], over signedBytes: [UInt8]) -> SignatureStatus {
        do {
            let signed = try verify(signature, over: signedBytes)
            return signed.certificate.map { .certified(signed.fingerprint, by: $0) } ?? .good(signed.fingerprint)
        } catch {
            return error.isUnsupported ? .unsupported(error.reason) : .bad(error.reason)
        }
    }

    /// The same, with the key itself and what a security key says of the person.
    package static func verify(_ signature: [UInt8], over signedBytes: [UInt8]) throws(SignatureError) -> SignedBy {
        let kind = SignatureKind(of: signature)
        guard kind == .ssh else { throw .otherFamily(kind) }
        return try SSHSignature.verify(armoured: signature, message: signedBytes, namespace: .git)
    }
}
