import Crypto
package import RemitFormats
package import RemitModel

extension RecordID {
    /// The identity of a record with these exact bytes.
    package init(of bytes: [UInt8]) {
        guard let id = RecordID(bytes: Array(SHA256.hash(data: bytes))) else {
            preconditionFailure("SHA-256 gives 32 bytes")
        }
        self = id
    }
}

extension KeyFingerprint {
    /// The fingerprint that OpenSSH prints for this key.
    package init(of key: SSHPublicKey) {
        guard let fingerprint = KeyFingerprint(digest: Array(SHA256.hash(data: key.blob))) else {
            preconditionFailure("SHA-256 gives 32 bytes")
        }
        self = fingerprint
    }
}
