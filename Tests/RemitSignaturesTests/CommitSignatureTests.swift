import RemitFormats
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Objects that git itself signed.
@Suite struct CommitSignatureTests {
    /// A repository whose git signs with a new key.
    private struct Signing {
        let repository: TestRepository
        let key: SSHKey

        init(type: String = "ed25519") throws {
            repository = try TestRepository(bare: false)
            key = try SSHKey(named: "key", type: type, in: repository.directory)
        }

        func git(_ arguments: String...) throws -> [UInt8] {
            let signing = ["-c", "gpg.format=ssh", "-c", "user.signingKey=\(key.privatePath)"]
            return try repository.git(signing + arguments).stdout
        }

        func commit() throws -> [UInt8] {
            _ = try git("commit", "-q", "-S", "--allow-empty", "-m", "signed\n\nbody")
            return try git("cat-file", "commit", "HEAD")
        }
    }

    @Test(arguments: ["ed25519", "ecdsa", "rsa"])
    func `a commit that git signed is good for the key's fingerprint`(type: String) throws {
        let signing = try Signing(type: type)
        let commit = try CommitParser.parse(try signing.commit())
        let fingerprint = try #require(KeyFingerprint(try signing.key.fingerprint()))
        #expect(CommitSignature.status(of: commit) == .good(fingerprint))
    }

    @Test func `a tag that git signed is good, and one changed letter makes it bad`() throws {
        let signing = try Signing()
        _ = try signing.commit()
        _ = try signing.git("tag", "-s", "-m", "a tag", "v1")
        let tag = try TagParser.parse(try signing.git("cat-file", "tag", "v1"))
        let signature = try #require(tag.signature)
        let fingerprint = try #require(KeyFingerprint(try signing.key.fingerprint()))
        #expect(CommitSignature.status(of: signature, over: tag.signedBytes) == .good(fingerprint))
        var changed = tag.signedBytes
        changed[changed.count - 2] ^= 1
        #expect(
            CommitSignature.status(of: signature, over: changed)
                == .bad("signature does not fit the content and the key"))
    }

    @Test func `every changed byte of the signed object makes it bad or malformed`() throws {
        let object = try Signing().commit()
        var refused = 0
        for offset in object.indices {
            var changed = object
            changed[offset] ^= 0x01
            // Refused as malformed is as well.
            guard case .success(let commit) = Result(catching: { () throws in try CommitParser.parse(changed) }),
                case .good = CommitSignature.status(of: commit)
            else {
                refused += 1
                continue
            }
            Issue.record("good with byte \(offset) changed")
        }
        #expect(refused == object.count)
    }

    @Test func `a commit without a signature is unsigned`() throws {
        let signing = try Signing()
        _ = try signing.git("commit", "-q", "--allow-empty", "-m", "plain")
        let commit = try CommitParser.parse(try signing.git("cat-file", "commit", "HEAD"))
        #expect(CommitSignature.status(of: commit) == .unsigned)
    }

    @Test func `a delegation's signature is not a commit's`() throws {
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "key", in: directory)
        let signature = try key.sign(SignatureVectors.message, namespace: "remit-delegation")
        #expect(
            CommitSignature.status(of: signature, over: SignatureVectors.message)
                == .bad("signed in the namespace remit-delegation"))
    }

    @Test(arguments: [
        ("-----BEGIN PGP SIGNATURE-----\n\niQ\n-----END PGP SIGNATURE-----\n", "openpgp signatures are not supported"),
        ("-----BEGIN PGP MESSAGE-----\n\niQ\n-----END PGP MESSAGE-----\n", "openpgp signatures are not supported"),
        ("-----BEGIN SIGNED MESSAGE-----\nMI\n-----END SIGNED MESSAGE-----\n", "x.509 signatures are not supported"),
        ("-----BEGIN CMS-----\n", "unknown kind of signature"), ("", "unknown kind of signature"),
    ])
    func `another family is unsupported: neither good, bad nor unsigned`(signature: String, reason: String) {
        #expect(CommitSignature.status(of: Array(signature.utf8), over: [0x61]) == .unsupported(reason))
    }

    @Test func `a broken SSH signature is bad`() {
        let signature = Array("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n".utf8)
        #expect(CommitSignature.status(of: signature, over: []) == .bad("ends too early"))
    }
}
