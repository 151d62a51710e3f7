import RemitFormats
import RemitSignatures
import Testing

/// Signatures taken apart and put together wrongly: each is refused, and for its own reason.
@Suite struct HostileBlobTests {
    @Test(arguments: [0, 2, UInt32.max])
    func `only version 1 is read`(version: UInt32) throws {
        var blob = try SSHSignatureBlob(SignatureVectors.ed25519)
        blob.version = version
        #expect(throws: SSHFormatError.version) { try SSHSignature(blob: blob.bytes) }
    }

    @Test(arguments: [
        "", "two words", "caf\u{e9}", "nul\0", String(repeating: "a", count: 256),
    ])
    func `a namespace is short printable ASCII`(namespace: String) throws {
        var blob = try SSHSignatureBlob(SignatureVectors.ed25519)
        blob.namespace = Array(namespace.utf8)
        #expect(throws: SSHFormatError.namespace) { try SSHSignature(blob: blob.bytes) }
    }

    @Test func `the reserved field is empty`() throws {
        var blob = try SSHSignatureBlob(SignatureVectors.ed25519)
        blob.reserved = [0]
        #expect(throws: SSHFormatError.reserved) { try SSHSignature(blob: blob.bytes) }
    }

    @Test(arguments: ["", "sha1", "sha384", "SHA512", "sha512\0"])
    func `other hashes are refused`(name: String) throws {
        var blob = try SSHSignatureBlob(SignatureVectors.ed25519)
        blob.hash = Array(name.utf8)
        #expect(throws: SSHFormatError.hashAlgorithm) { try SSHSignature(blob: blob.bytes) }
    }

    @Test func `the other hash's name does not fit the signature`() throws {
        var blob = try SSHSignatureBlob(SignatureVectors.ed25519)
        blob.hash = Array("sha256".utf8)
        let signature = try SSHSignature(blob: blob.bytes)
        #expect(throws: SignatureError.mismatch) {
            try signature.verify(message: SignatureVectors.message, namespace: SignatureVectors.namespace)
        }
    }

    static let signatures: [(vector: [UInt8], algorithm: String, bytes: [UInt8], error: SSHFormatError)] = [
        (SignatureVectors.rsa, "ssh-rsa", Array(repeating: 1, count: 384), .sha1),
        (SignatureVectors.rsa, "rsa-sha2-512", [], .signature),
        (SignatureVectors.rsa, "rsa-sha2-512", Array(repeating: 1, count: 385), .signature),
        (SignatureVectors.rsa, "ssh-ed25519", Array(repeating: 1, count: 64), .signatureAlgorithm),
        (SignatureVectors.ed25519, "rsa-sha2-512", Array(repeating: 1, count: 64), .signatureAlgorithm),
        (SignatureVectors.ed25519, "sk-ssh-ed25519@openssh.com", Array(repeating: 1, count: 64), .signatureAlgorithm),
        (SignatureVectors.ed25519, "ssh-ed25519", Array(repeating: 1, count: 63), .signature),
        (SignatureVectors.ed25519, "ssh-ed25519", Array(repeating: 1, count: 65), .signature),
        (SignatureVectors.ecdsa, "ecdsa-sha2-nistp384", [], .signatureAlgorithm),
        (SignatureVectors.ecdsa, "ecdsa-sha2-nistp256", [], .truncated),
        (SignatureVectors.ecdsa, "ecdsa-sha2-nistp256", [0, 0, 0, 0, 0, 0, 0, 1, 1], .integer),
        (SignatureVectors.ecdsa, "ecdsa-sha2-nistp256", [0, 0, 0, 1, 0x80, 0, 0, 0, 1, 1], .integer),
        (SignatureVectors.ecdsa, "ecdsa-sha2-nistp256", [0, 0, 0, 2, 0, 1, 0, 0, 0, 1, 1], .integer),
        (SignatureVectors.ecdsa, "ecdsa-sha2-nistp256", [0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0], .trailingBytes),
        (
            SignatureVectors.ecdsa, "ecdsa-sha2-nistp256",
            [0, 0, 0, 33] + Array(repeating: 1, count: 33) + [0, 0, 0, 1, 1], .signature
        ),
        (SignatureVectors.touchedEd25519, "sk-ssh-ed25519@openssh.com", Array(repeating: 1, count: 64), .truncated),
    ]

    @Test(arguments: signatures.indices)
    func `a signature has the shape of its algorithm, and the algorithm of its key`(index: Int) throws {
        let row = Self.signatures[index]
        var blob = try SSHSignatureBlob(row.vector)
        var writer = SSHWriter()
        writer.append(string: row.algorithm.utf8)
        writer.append(string: row.bytes)
        blob.signature = writer.bytes
        #expect(throws: row.error) { try SSHSignature(blob: blob.bytes) }
    }

    @Test func `r and s of one are a signature of the right shape that fits nothing`() throws {
        var blob = try SSHSignatureBlob(SignatureVectors.ecdsa)
        var writer = SSHWriter()
        writer.append(string: "ecdsa-sha2-nistp256".utf8)
        writer.append(string: [0, 0, 0, 1, 1, 0, 0, 0, 1, 1] as [UInt8])
        blob.signature = writer.bytes
        let signature = try SSHSignature(blob: blob.bytes)
        #expect(throws: SignatureError.mismatch) {
            try signature.verify(message: SignatureVectors.message, namespace: SignatureVectors.namespace)
        }
    }

    @Test func `a point that is not on the curve is no key`() throws {
        var blob = try SSHSignatureBlob(SignatureVectors.ecdsa)
        blob.key[blob.key.count - 1] ^= 1
        let signature = try SSHSignature(blob: blob.bytes)
        #expect(throws: SignatureError.key) {
            try signature.verify(message: SignatureVectors.message, namespace: SignatureVectors.namespace)
        }
    }

    @Test func `nothing follows the blob or the signature inside it`() throws {
        var blob = try SSHSignatureBlob(SignatureVectors.ed25519)
        #expect(throws: SSHFormatError.trailingBytes) { try SSHSignature(blob: blob.bytes + [0]) }
        blob.signature.append(0)
        #expect(throws: SSHFormatError.trailingBytes) { try SSHSignature(blob: blob.bytes) }
    }

    @Test func `every shorter blob is refused`() throws {
        let blob = try SSHSignatureBlob(SignatureVectors.touchedECDSA).bytes
        for count in blob.indices {
            #expect(throws: SSHFormatError.self) { try SSHSignature(blob: Array(blob.prefix(count))) }
        }
    }
}
