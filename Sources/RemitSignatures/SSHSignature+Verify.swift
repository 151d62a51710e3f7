import Crypto
package import RemitFormats

extension SSHSignature {
    /// Verifies the signature over a message, for one purpose.
    ///
    /// Whether the key may sign for that purpose is another question, which the authority answers.
    package func verify(message: [UInt8], namespace: String) throws(SignatureError) -> SignedBy {
        guard self.namespace == namespace else { throw .namespace(self.namespace) }
        if let touch {
            // `ssh-keygen -Y verify` does not look at the flags (measured with 9.2): a program that holds the key handle
            // could sign unattended, and a signature by a security key would prove nothing about a person.
            guard touch.userPresent else { throw .userNotPresent }
        }
        guard try publicKey.isValid(bytes, by: algorithm, touch: touch, over: signedData(message)) else {
            throw .mismatch
        }
        return SignedBy(self)
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
