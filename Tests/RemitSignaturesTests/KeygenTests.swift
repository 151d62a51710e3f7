import RemitFormats
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// `ssh-keygen` signs; Remit and `ssh-keygen` must give the same answer.
@Suite struct KeygenTests {
    struct Kind: Sendable, CustomTestStringConvertible {
        let type: String
        let bits: Int?

        var testDescription: String { type + (bits.map { " \($0)" } ?? "") }
    }

    static let kinds = [
        Kind(type: "ed25519", bits: nil), Kind(type: "ecdsa", bits: 256), Kind(type: "ecdsa", bits: 384),
        Kind(type: "ecdsa", bits: 521), Kind(type: "rsa", bits: 3072),
    ]

    static let message = Array("type = \"delegation/v1\"\n\u{0}\u{ff} any bytes\r\n".utf8)
    static let namespace = SignatureNamespace.delegation.rawValue

    /// What `ssh-keygen -Y check-novalidate` says.
    static func keygenAccepts(
        _ signature: [UInt8], over message: [UInt8], namespace: String, in directory: TemporaryDirectory
    ) throws -> Bool {
        let file = try directory.write(signature, to: "checked.sig")
        return try spawn(
            ["ssh-keygen", "-Y", "check-novalidate", "-n", namespace, "-s", file], input: message,
            environment: HermeticGit.environment(home: directory.path)
        ).status == 0
    }

    @Test(arguments: kinds)
    func `a signature of each key type is good, and its key has OpenSSH's fingerprint`(kind: Kind) throws {
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "key", type: kind.type, bits: kind.bits, in: directory)
        let armoured = try key.sign(Self.message, namespace: Self.namespace)
        let signer = try SSHSignature.verify(armoured: armoured, message: Self.message, namespace: .delegation)
        #expect(signer.fingerprint.description == (try key.fingerprint()))
        #expect(signer.userPresent == nil && signer.userVerified == nil)
        let parsed = try SSHPublicKey(line: key.publicLine)
        #expect(signer.key == parsed)
        #expect(key.publicLine == parsed.line + " key")
    }

    @Test(arguments: kinds, ["sha256", "sha512"])
    func `both hashes are good`(kind: Kind, hash: String) throws {
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "key", type: kind.type, bits: kind.bits, in: directory)
        let arguments = ["-q", "-Y", "sign", "-O", "hashalg=\(hash)", "-f", key.privatePath, "-n", Self.namespace]
        let armoured = try SSHKey.keygen(arguments, input: Self.message, in: directory.path).stdout
        let signature = try SSHSignature(armoured: armoured)
        #expect(signature.hashAlgorithm.rawValue == hash)
        #expect(throws: Never.self) { try signature.verify(message: Self.message, namespace: Self.namespace) }
    }

    @Test(arguments: kinds)
    func `another message, another namespace and a flipped bit are refused as ssh-keygen does`(kind: Kind) throws {
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "key", type: kind.type, bits: kind.bits, in: directory)
        let armoured = try key.sign(Self.message, namespace: Self.namespace)
        let signature = try SSHSignature(armoured: armoured)
        var other = Self.message
        other[3] ^= 1
        #expect(throws: SignatureError.mismatch) { try signature.verify(message: other, namespace: Self.namespace) }
        #expect(throws: SignatureError.namespace(Self.namespace)) {
            try signature.verify(message: Self.message, namespace: .approval)
        }
        #expect(try Self.keygenAccepts(armoured, over: Self.message, namespace: Self.namespace, in: directory))
        #expect(try !Self.keygenAccepts(armoured, over: other, namespace: Self.namespace, in: directory))
        #expect(try !Self.keygenAccepts(armoured, over: Self.message, namespace: "git", in: directory))
    }

    @Test(arguments: kinds)
    func `a signature offered with another key of the same type is refused`(kind: Kind) throws {
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "key", type: kind.type, bits: kind.bits, in: directory)
        let other = try SSHKey(named: "other", type: kind.type, bits: kind.bits, in: directory)
        let blob = try SSHSignatureBlob(key.sign(Self.message, namespace: Self.namespace))
        let forged = try SSHSignature(blob: blob.with(key: SSHPublicKey(line: other.publicLine).blob))
        #expect(throws: SignatureError.mismatch) {
            try forged.verify(message: Self.message, namespace: Self.namespace)
        }
    }

    @Test func `a record's id is the SHA-256 that sha256sum prints`() throws {
        let sum = try spawn(["sha256sum"], input: Self.message, environment: ["PATH": HermeticGit.path])
        #expect(RecordID(of: Self.message).hex == sum.text.prefix(64))
    }

    @Test func `the namespaces are those of the design, and git`() {
        #expect(
            SignatureNamespace.allCases.map(\.rawValue) == [
                "remit-root", "remit-authority", "remit-delegation", "remit-approval", "remit-revocation",
                "remit-exception", "remit-timestamp", "git",
            ])
    }
}
