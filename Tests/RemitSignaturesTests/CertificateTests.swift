import RemitFormats
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Signatures by a key with a certificate, made by `ssh-keygen` or in software.
@Suite struct CertificateTests {
    static let message = Array("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n".utf8)

    let directory: TemporaryDirectory
    let authority: SSHKey
    let agent: SSHKey

    init() throws {
        directory = try TemporaryDirectory()
        authority = try SSHKey(named: "authority", in: directory)
        agent = try SSHKey(named: "agent", in: directory)
    }

    func status(namespace: String = "git") throws -> SignatureStatus {
        CommitSignature.status(of: try agent.certified.sign(Self.message, namespace: namespace), over: Self.message)
    }

    @Test func `git signs with a certificate, whose facts come with the key`() throws {
        try authority.certify(agent, principals: ["sha256:00", "x"], valid: "20261120090000Z:20261120170000Z")
        let repository = try TestRepository(bare: false)
        let signing = ["-c", "gpg.format=ssh", "-c", "user.signingKey=\(agent.certificatePath)"]
        try repository.git(signing + ["commit", "-q", "-S", "--allow-empty", "-m", "signed"])
        let commit = try CommitParser.parse(try repository.git("cat-file", "commit", "HEAD").stdout)
        let certificate = Certificate(
            authority: try #require(KeyFingerprint(try authority.fingerprint())), serial: 42, keyID: "agent 7",
            principals: ["sha256:00", "x"], validFrom: try #require(Instant("2026-11-20T09:00:00Z")),
            validUntil: Instant("2026-11-20T17:00:00Z"))
        let key = try #require(KeyFingerprint(try agent.fingerprint()))
        #expect(CommitSignature.status(of: commit) == .certified(key, by: certificate))
    }

    @Test(arguments: [("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 2048)])
    func `every type of key is an authority, and has one`(type: String, bits: Int) throws {
        let other = try SSHKey(named: "other", type: type, bits: bits, in: directory)
        for (issuer, holder) in [(other, agent), (authority, other)] {
            try issuer.certify(holder, principals: ["x"])
            let armoured = try holder.certified.sign(Self.message, namespace: "git")
            guard case .certified(let key, let certificate) = CommitSignature.status(of: armoured, over: Self.message)
            else {
                Issue.record("not certified")
                continue
            }
            #expect(key.description == (try holder.fingerprint()))
            #expect(certificate.authority.description == (try issuer.fingerprint()))
        }
    }

    @Test func `a certificate in ssh-agent signs`() throws {
        try authority.certify(agent, principals: ["x"])
        let session = try SSHAgent()
        try session.add(agent)
        let file = try directory.write(Self.message, to: "message")
        try byHand("rm '\(agent.privatePath)'")
        let signed = try spawn(
            ["ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", agent.certificatePath, file],
            environment: HermeticGit.environment(home: directory.path).merging(session.environment) { $1 })
        #expect(signed.status == 0, "\(signed.errorText)")
        guard case .certified = CommitSignature.status(of: try directory.read("message.sig"), over: Self.message) else {
            Issue.record("not certified")
            return
        }
    }

    private func byHand(_ command: String) throws {
        #expect(try spawn(["sh", "-c", command], environment: ["PATH": HermeticGit.path]).status == 0)
    }

    @Test(arguments: [
        (["source-address=10.0.0.0/8"], "source-address"), (["force-command=true"], "force-command"),
        (["verify-required"], "verify-required"), (["critical:x@example.org=1"], "x@example.org"),
    ])
    func `a critical option that nobody here can heed`(options: [String], name: String) throws {
        try authority.certify(agent, principals: ["x"], options: options)
        #expect(
            try status()
                == .bad("certificate has the critical option '\(name)', which cannot be heeded here"))
    }

    @Test func `an unknown extension gives no right and takes none`() throws {
        try authority.certify(agent, principals: ["x"], options: ["clear", "extension:x@example.org=1"])
        guard case .certified = try status() else {
            Issue.record("not certified")
            return
        }
    }

    @Test func `a host's certificate`() throws {
        try authority.certify(agent, principals: ["x"], isHost: true)
        #expect(try status() == .bad("certificate is for a host, not for a user"))
    }

    @Test func `an RSA authority that signs with SHA-1`() throws {
        let old = try SSHKey(named: "old", type: "rsa", bits: 2048, in: directory)
        try old.certify(agent, principals: ["x"], type: "ssh-rsa")
        #expect(try status() == .bad("rsa signature with sha-1"))
    }

    @Test func `every changed byte of a certificate makes the signature bad`() throws {
        try authority.certify(agent, principals: ["x"])
        let blob = try SSHSignatureBlob(try agent.certified.sign(Self.message, namespace: "git"))
        for offset in blob.key.indices {
            var changed = blob
            changed.key[offset] ^= 1
            let armoured = SignatureVectors.armour(Base64.text(changed.bytes, padding: .required))
            switch CommitSignature.status(of: armoured, over: Self.message) {
            case .bad, .unsupported: continue
            default: Issue.record("good with byte \(offset) changed")
            }
        }
    }

    @Test func `a certificate of one key does not go with the signature of another`() throws {
        try authority.certify(agent, principals: ["x"])
        let other = try SSHKey(named: "other", in: directory)
        var blob = try SSHSignatureBlob(try other.sign(Self.message, namespace: "git"))
        blob.key = try SSHSignatureBlob(try agent.certified.sign(Self.message, namespace: "git")).key
        let armoured = SignatureVectors.armour(Base64.text(blob.bytes, padding: .required))
        #expect(
            CommitSignature.status(of: armoured, over: Self.message)
                == .bad("signature does not fit the content and the key"))
    }

    @Test func `an authority that is itself certified`() throws {
        let issuer = try SSHPublicKey(line: authority.publicLine)
        let inner = TestCertificate(for: issuer, by: issuer)
        var fields = TestCertificate(for: try SSHPublicKey(line: agent.publicLine), by: issuer)
        fields.authority = inner.blob
        var blob = try SSHSignatureBlob(try agent.sign(Self.message, namespace: "git"))
        blob.key = fields.blob
        let armoured = SignatureVectors.armour(Base64.text(blob.bytes, padding: .required))
        #expect(
            CommitSignature.status(of: armoured, over: Self.message)
                == .bad("certificate's authority is itself a certificate"))
    }

    @Test(arguments: SignatureNamespace.allCases.filter { $0 != .git })
    func `a certificate signs no record`(namespace: SignatureNamespace) throws {
        try authority.certify(agent, principals: ["dana@example.org"])
        let armoured = try agent.certified.sign(Self.message, namespace: namespace.rawValue)
        #expect(throws: SignatureError.certificate(.onRecord)) {
            try SSHSignature.verify(armoured: armoured, message: Self.message, namespace: namespace)
        }
    }
}

/// Certificates for security keys, and by them.
@Suite struct SecurityKeyCertificateTests {
    static let types: [SSHKeyType] = [.securityKeyEd25519, .securityKeyECDSA]

    static func status(
        of key: SoftSecurityKey, flags: UInt8, by authority: SoftSecurityKey, issuing: UInt8 = SoftSecurityKey.present,
        options: [(name: String, data: [UInt8])] = []
    ) throws -> SignatureStatus {
        var fields = TestCertificate(for: key.publicKey, by: authority.publicKey)
        fields.criticalOptions = options
        fields.signature = try authority.proof(over: fields.signedBytes, flags: issuing)
        let armoured = try key.sign(
            CertificateTests.message, namespace: "git", flags: flags, certificate: fields.blob)
        return CommitSignature.status(of: armoured, over: CertificateTests.message)
    }

    @Test(arguments: types)
    func `a touched key with a certificate of a touched key`(type: SSHKeyType) throws {
        let (key, authority) = (try SoftSecurityKey(type), try SoftSecurityKey(type))
        let status = try Self.status(of: key, flags: SoftSecurityKey.present, by: authority)
        #expect(status.key == KeyFingerprint(of: key.publicKey))
        #expect(status.certificate?.authority == KeyFingerprint(of: authority.publicKey))
        #expect(
            try Self.status(of: key, flags: 0, by: authority) == .bad("security key was not touched"))
        #expect(
            try Self.status(of: key, flags: SoftSecurityKey.present, by: authority, issuing: 0)
                == .bad("certificate's authority is a security key that was not touched"))
    }

    @Test(arguments: types)
    func `verify-required is heeded`(type: SSHKeyType) throws {
        let (key, authority) = (try SoftSecurityKey(type), try SoftSecurityKey(type))
        let options = [(name: "verify-required", data: [UInt8]())]
        let verified = try Self.status(of: key, flags: SoftSecurityKey.verified, by: authority, options: options)
        #expect(verified.certificate != nil)
        #expect(
            try Self.status(of: key, flags: SoftSecurityKey.present, by: authority, options: options)
                == .bad("certificate demands a PIN or a finger, and the security key asked for none"))
        #expect(
            try Self.status(
                of: key, flags: SoftSecurityKey.verified, by: authority, options: [("verify-required", [0])])
                == .bad("certificate has the critical option 'verify-required', which cannot be heeded here"))
    }
}
