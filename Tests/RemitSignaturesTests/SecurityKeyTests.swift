import RemitFormats
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Security keys: without a touch, nothing is proved about a person.
@Suite struct SecurityKeyTests {
    private static func verify(_ armoured: [UInt8]) throws -> SignedBy {
        try SSHSignature(armoured: armoured)
            .verify(message: SignatureVectors.message, namespace: SignatureVectors.namespace)
    }

    @Test(arguments: [
        (SignatureVectors.touchedEd25519, false), (SignatureVectors.verifiedEd25519, true),
        (SignatureVectors.touchedECDSA, false),
    ])
    func `a touched key is good, and says whether it asked who was there`(armoured: [UInt8], verified: Bool) throws {
        let signer = try Self.verify(armoured)
        #expect(signer.userPresent == true)
        #expect(signer.userVerified == verified)
        #expect(signer.key.type.isSecurityKey)
    }

    @Test(arguments: [
        SignatureVectors.untouchedEd25519, SignatureVectors.untouchedVerifiedEd25519, SignatureVectors.untouchedECDSA,
    ])
    func `a key that nobody touched is refused`(armoured: [UInt8]) throws {
        #expect(throws: SignatureError.userNotPresent) { try Self.verify(armoured) }
    }

    @Test func `the touch cannot be added afterwards`() throws {
        var blob = try SSHSignatureBlob(SignatureVectors.untouchedEd25519)
        let flags = blob.signature.count - 5
        #expect(blob.signature[flags] == 0)
        blob.signature[flags] = 1
        let signature = try SSHSignature(blob: blob.bytes)
        #expect(throws: SignatureError.mismatch) {
            try signature.verify(message: SignatureVectors.message, namespace: SignatureVectors.namespace)
        }
    }

    @Test func `the application is signed`() throws {
        var blob = try SSHSignatureBlob(SignatureVectors.touchedEd25519)
        blob.key[blob.key.count - 1] = UInt8(ascii: "x")
        let signature = try SSHSignature(blob: blob.bytes)
        #expect(throws: SignatureError.mismatch) {
            try signature.verify(message: SignatureVectors.message, namespace: SignatureVectors.namespace)
        }
    }

    @Test func `a browser's signature is unsupported, not bad`() {
        #expect(throws: SSHFormatError.webauthn) { try SSHSignature(armoured: SignatureVectors.webauthn) }
        let status = CommitSignature.status(of: SignatureVectors.webauthn, over: SignatureVectors.message)
        #expect(status == .unsupported("webauthn signatures are not supported"))
    }

    @Test(arguments: [SSHKeyType.securityKeyEd25519, .securityKeyECDSA])
    func `ssh-keygen and Remit agree on a software key, but for the touch`(type: SSHKeyType) throws {
        let directory = try TemporaryDirectory()
        let key = try SoftSecurityKey(type)
        let people = try directory.write("dana namespaces=\"remit-delegation\" \(key.publicKey.line)\n", to: "people")
        for flags in [SoftSecurityKey.present, SoftSecurityKey.verified, 0] {
            let armoured = try key.sign(SignatureVectors.message, namespace: "remit-delegation", flags: flags)
            let file = try directory.write(armoured, to: "sig")
            try SSHKey.keygen(
                ["-q", "-Y", "verify", "-f", people, "-I", "dana", "-n", "remit-delegation", "-s", file],
                input: SignatureVectors.message, in: directory.path)
            let verify = {
                try SSHSignature.verify(
                    armoured: armoured, message: SignatureVectors.message, namespace: .delegation)
            }
            if flags == 0 {
                // OpenSSH asks for the touch in a login, not here.
                let error = #expect(throws: SignatureError.self) { try verify() }
                #expect(error?.reason == "security key was not touched")
            } else {
                let signer = try verify()
                #expect(signer.key == key.publicKey)
                #expect(signer.userVerified == (flags == SoftSecurityKey.verified))
            }
        }
    }
}
