import Crypto
package import RemitFormats

extension SSHSignature {
    /// Verifies the signature over a message, for one purpose.
    ///
    /// Whether the key may sign for that purpose is another question, which the authority answers.
    package func verify(message: [UInt8], namespace: String) throws(SignatureError) -> SignedBy {
        guard self.namespace == namespace else { throw .namespace(self.namespace) }
        guard try publicKey.isValid(proof, over: signedData(message)) else { throw .mismatch }
        guard let certificate else { return SignedBy(self, certificate: nil) }
        // A record needs a person's own key. What an authority of certificates says of people, nobody here vouches for.
        guard namespace == SignatureNamespace.git.rawValue else { throw .certificate(.onRecord) }
        return SignedBy(self, certificate: try certificate.verified(for: proof.touch))
    }

    package func verify(message: [UInt8], namespace: SignatureNamespace) throws(SignatureError) -> SignedBy {
        try verify(message: message, namespace: namespace.rawValue)
    }

    /// Reads and verifies a detached signature, a record's `.sig` file for example.
    package static func verify(
        armoured: [UInt8], message: [UInt8], namespace: SignatureNamespace
    ) throws(SignatureError) -> SignedBy {
        let signature: SSHSignature
        do {
            signature = try SSHSignature(armoured: armoured)
        } catch {
            throw .unreadable(error)
        }
        return try signature.verify(message: message, namespace: namespace)
    }

    /// What the key really signs: PROTOCOL.sshsig, "Signed Data".
    ///
    /// Neither version nor key is in it.
    private func signedData(_ message: [UInt8]) -> [UInt8] {
        var writer = SSHWriter(capacity: 128 + namespace.utf8.count)
        writer.append(raw: Self.magic)
        writer.append(string: namespace.utf8)
        writer.append(uint32: 0)
        writer.append(string: hashAlgorithm.rawValue.utf8)
        switch hashAlgorithm {
        case .sha256: writer.append(string: Array(SHA256.hash(data: message)))
        case .sha512: writer.append(string: Array(SHA512.hash(data: message)))
        }
        return writer.bytes
    }
}
