import RemitEvidence
import RemitLedger
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

@globalActor actor SignedPushing { static let shared = SignedPushing() }

/// `git push --signed`, made by git itself.
@SignedPushing @Suite struct SignedPushTests {
    private static let edit: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]
    private static let land = "\(Scene.branch):refs/heads/main"

    @Test func `a person lands agents' work by their own key where the server knows nobody`() throws {
        let pushes = try SignedPush(try TestAuthority())
        let sam = pushes.authority.sam
        try pushes.scene.agent(Self.edit)
        expectRefused(try pushes.server.trial(Self.land), by: ["approval.missing"])
        expectAllowed(try pushes.push(Self.land, by: sam))

        let (decision, bytes) = try pushes.last()
        let key = try sam.fingerprint()
        #expect(decision.pusher == Pusher(login: "sam@example.org", vouchedBy: "push certificate \(key)"))
        let certificate = try #require(decision.certificate)
        #expect(certificate.standing == .person("sam@example.org"))
        #expect(certificate.key?.description == key)
        #expect(decision.rules.last == .attributionCertificate)
        // The very bytes that git has, and the digest of them.
        let text = try #require(bytes)
        #expect(RecordID(of: text) == certificate.digest)
        let blob = try pushes.server.repository.git(["hash-object", "--stdin"], input: text).text
        #expect(try pushes.server.repository.git("cat-file", "-t", blob).text == "blob")

        let trace = try spawn(
            [BuiltProducts.remit, "trace", "--ledger", pushes.server.ledgerPath, SignedPush.main],
            environment: HermeticGit.environment(home: pushes.server.directory.path))
        #expect(
            trace.lines.contains("  certificate \(certificate.digest) by \(key), good for sam@example.org"),
            "\(trace.text)\(trace.errorText)")
        #expect(trace.lines.contains("  pusher      sam@example.org, vouched for by push certificate \(key)"))
    }

    @Test func `whoever signs is authenticated`() throws {
        let authority = try TestAuthority()
        try authority.publish { $0.repositories = [.init("payments", attribution: "authenticated")] }
        let pushes = try SignedPush(authority)
        _ = try pushes.edit()
        expectRefused(try pushes.server.trial(SignedPush.main), by: ["attribution.unattributed"])
        expectAllowed(try pushes.push(SignedPush.main, by: authority.dana))
    }

    @Test func `several refs, a deletion and odd push options are what was signed`() throws {
        let pushes = try SignedPush(try TestAuthority(), settings: ["receive.advertisePushOptions": "true"])
        _ = try pushes.edit()
        expectAllowed(
            try pushes.push(
                SignedPush.main, "main:refs/heads/old", "main:refs/heads/other", by: pushes.authority.dana,
                options: ["-o", "", "-o", "  é \u{1B}[31m ", "-o", "a=b"]))
        expectAllowed(
            try pushes.push(
                ":refs/heads/old", "main:refs/heads/third", "main:refs/tags/v1", by: pushes.authority.sam,
                options: ["--atomic"]))
        #expect(try pushes.last().decision.certificate?.standing == .person("sam@example.org"))
    }

    @Test func `the task key of a delegation makes its agent the pusher, who lands nothing`() throws {
        let pushes = try SignedPush(try TestAuthority())
        try pushes.scene.agent(Self.edit)
        let key = pushes.scene.delegation.taskKey
        expectAllowed(try pushes.push(Scene.branch, by: key))
        let decision = try pushes.last().decision
        #expect(decision.certificate?.standing == .agent("claude-code"))
        #expect(decision.pusher?.login == "claude-code")
        let strength = decision.authorship.flatMap(\.evidence).filter { $0.place == .pusher }.map(\.strength)
        #expect(strength.contains(.cryptographic))
        expectSignedRefusal(try pushes.push(Self.land, by: key), by: ["approval.missing"])
        // In a person's account it is the agent all the same.
        try pushes.server.configure("remit.host", "gitolite")
        expectSignedRefusal(
            try pushes.push(Self.land, by: key, environment: Scene.pusher("dana")), by: ["approval.missing"])
    }

    @Test func `a key that an agent's record lists makes that agent the pusher`() throws {
        let authority = try TestAuthority()
        let key = try authority.newKey()
        let fingerprint = try key.fingerprint()
        try authority.register("cursor") { $0.identities = ["key:\(fingerprint)"] }
        let pushes = try SignedPush(authority)
        try pushes.server.configure("gpg.ssh.allowedSignersFile", "/dev/null")
        _ = try pushes.edit()
        let trial = try pushes.push(SignedPush.main, by: key)
        #expect(try pushes.last().decision.certificate?.standing == .agent("cursor"))
        #expect(try pushes.last().decision.pusher?.login == "cursor")
        #expect(!trial.terminal.contains("allowedSignersFile"), "\(trial.terminal)")
    }

    @Test func `an address that git writes is one that the server lists`() throws {
        let pushes = try SignedPush(try TestAuthority(), settings: ["remit.pushee": "ssh://git.example.org/payments"])
        _ = try pushes.edit()
        let elsewhere = try pushes.push(SignedPush.main, by: pushes.authority.dana)
        expectSignedRefusal(elsewhere, by: ["attribution.certificate"])
        #expect(elsewhere.said.contains(", which is no address of this repository"), "\(elsewhere.said)")
        try pushes.server.repository.git("config", "--add", "remit.pushee", pushes.server.repository.path)
        expectAllowed(try pushes.push(SignedPush.main, by: pushes.authority.dana))
    }

    @Test func `an SSH certificate for the delegation stands for its task key`() throws {
        let authority = try TestAuthority()
        let issuer = try authority.newKey()
        let fingerprint = try issuer.fingerprint()
        let server = try TestServer(authority, settings: SignedPush.seed)
        let delegation = try authority.delegate {
            $0.keys = []
            $0.certificateAuthorities = [fingerprint]
        }
        try issuer.certify(delegation.taskKey, principals: [delegation.id.description])
        try server.commit(Self.edit, under: delegation, signedBy: delegation.taskKey.certified)
        try server.client.git("config", "gpg.format", "ssh")
        try server.client.git("config", "user.signingKey", delegation.taskKey.certificatePath)
        expectAllowed(try server.trial(["push", "--signed=true", "origin", Scene.branch]))
        let decision = try DecisionDocument.parse(
            try #require(try server.recorded().last).document, of: "the last decision")
        #expect(decision.certificate?.standing == .agent("claude-code"))
    }

    @Test(arguments: ["ed25519", "ecdsa", "rsa"])
    func `a good certificate by an unknown key vouches for nobody, and says so`(type: String) throws {
        let pushes = try SignedPush(try TestAuthority())
        let stranger = try SSHKey(named: "stranger-\(type)", type: type, in: pushes.authority.keys)
        _ = try pushes.edit()
        expectAllowed(
            try pushes.push(SignedPush.main, by: stranger),
            saying: """
                note: the push certificate vouches for nobody: the authority does not know its key <key>
                decision recorded
                """)
        let decision = try pushes.last().decision
        let remark = "the push certificate vouches for nobody: the authority does not know its key"
        #expect(decision.remarks == ["\(remark) \(try stranger.fingerprint())"])
        #expect(decision.pusher == nil)
        #expect(decision.certificate?.standing == .stranger)
        #expect(try decision.certificate?.key?.description == stranger.fingerprint())
        try pushes.scene.agent(Self.edit)
        let refused = try pushes.push(Self.land, by: stranger)
        expectSignedRefusal(refused, by: ["approval.missing"])
        #expect(refused.said.contains("note: \(remark) <key>"), "\(refused.said)")
        // What the server vouches for stays.
        try pushes.server.configure("remit.host", "gitolite")
        expectAllowed(try pushes.push(Self.land, by: stranger, environment: Scene.pusher("sam")))
        #expect(try pushes.last().decision.pusher?.vouchedBy == "GL_USER of gitolite")
    }

    @Test func `account and certificate of two persons are refused, of one they agree`() throws {
        let pushes = try SignedPush(try TestAuthority(), settings: Scene.gitolite)
        _ = try pushes.edit()
        expectSignedRefusal(
            try pushes.push(SignedPush.main, by: pushes.authority.dana, environment: Scene.pusher("sam")),
            by: ["attribution.certificate"],
            saying: """
                refused: nothing of this push was accepted
                error: the push certificate does not hold: it is signed by dana@example.org, and GL_USER of gitolite \
                says otherwise
                  rule     attribution.certificate
                hint: push with the account and the key of one and the same, with 'git push --signed=true'
                decision recorded
                """)
        let refused = try pushes.last().decision
        #expect(refused.pusher == Pusher(login: "sam", vouchedBy: "GL_USER of gitolite"))
        #expect(refused.certificate?.standing == .refused)
        expectAllowed(
            try pushes.push(SignedPush.main, by: pushes.authority.dana, environment: Scene.pusher("dana")))
    }

    @Test func `an agent's account with a person's key is not the person`() throws {
        let authority = try TestAuthority()
        try authority.register { $0.identities = ["login:bot"] }
        let pushes = try SignedPush(authority, settings: Scene.gitolite)
        _ = try pushes.edit()
        let trial = try pushes.push(SignedPush.main, by: authority.dana, environment: Scene.pusher("bot"))
        #expect(trial.rules.contains("attribution.certificate"))
        #expect(
            trial.certificateWords.first == """
                error: the push certificate does not hold: it is signed by dana@example.org, and GL_USER of gitolite \
                says otherwise
                """)
    }

    @Test func `a revoked key vouches for nobody, and is refused`() throws {
        let authority = try TestAuthority()
        let pushes = try SignedPush(authority)
        let fingerprint = try #require(KeyFingerprint(try authority.sam.fingerprint()))
        try authority.revoke(.key(fingerprint), cause: .compromised, reason: "the laptop is gone")
        _ = try pushes.edit()
        expectSignedRefusal(
            try pushes.push(SignedPush.main, by: authority.sam), by: ["attribution.certificate"],
            saying: """
                refused: nothing of this push was accepted
                error: the push certificate does not hold: <key> of sam@example.org was revoked: compromised: the \
                laptop is gone
                  rule     attribution.certificate
                hint: choose another key with 'git config user.signingKey <file.pub>', then run \
                'git push --signed=true'
                decision recorded
                """)
        let delegation = pushes.scene.delegation
        try pushes.scene.agent(Self.edit)
        try authority.revoke(.delegation(delegation.id))
        let trial = try pushes.push(Scene.branch, by: delegation.taskKey)
        #expect(trial.rules == ["attribution.certificate", "delegation.revoked"])
        #expect(
            trial.said.contains(
                "error: the push certificate does not hold: delegation <delegation> was revoked: ended: the task is done"
            ),
            "\(trial.said)")
    }

    @Test func `a repository that demands signed pushes takes no others`() throws {
        let pushes = try SignedPush(
            try TestAuthority(), settings: ["remit.pushCertificate": "required"])
        _ = try pushes.edit()
        expectRefused(
            try pushes.server.trial(SignedPush.main), by: ["attribution.certificate"],
            saying: """
                refused: nothing of this push was accepted
                error: the push is not signed, and this repository takes no push without a certificate
                  rule     attribution.certificate
                hint: sign it with your own SSH key: 'git config gpg.format ssh', \
                'git config user.signingKey <file.pub>', then 'git push --signed=true', or for every push \
                'git config push.gpgSign true'
                decision recorded
                """)
        expectAllowed(try pushes.push(SignedPush.main, by: pushes.authority.dana), saying: "")
        try pushes.server.configure("remit.pushCertificate", "sometimes")
        _ = try pushes.edit("again\n")
        let unclear = try pushes.server.trial(SignedPush.main)
        expectUndecided(unclear, by: ["undecided.configuration"], isRecorded: false)
        #expect(unclear.said.contains("git config remit.pushCertificate: 'sometimes' is neither optional nor required"))
    }

    @Test func `the authority's own repository can demand signed pushes too`() throws {
        let authority = try TestAuthority()
        let server = try TestServer(
            guarding: authority, settings: SignedPush.seed.merging(["remit.pushCertificate": "required"]) { $1 })
        try authority.register("cursor")
        expectRefused(try server.trial(SignedPush.main), by: ["attribution.certificate"])
        try server.client.git("config", "gpg.format", "ssh")
        try server.client.git("config", "user.signingKey", authority.dana.publicPath)
        expectAllowed(try server.trial(SignedPush.main, options: ["--signed=true"]))
        let decision = try DecisionDocument.parse(
            try #require(try server.recorded().last).document, of: "the last decision")
        #expect(decision.certificate?.standing == .person("dana@example.org"))
        #expect(decision.pusher?.login == "dana@example.org")
    }

    @Test func `the report counts what certificates proved, and what they did not`() throws {
        let pushes = try SignedPush(try TestAuthority())
        let sam = pushes.authority.sam
        for (number, key) in [sam, sam, try pushes.authority.newKey()].enumerated() {
            _ = try pushes.edit(.file("\(number)\n"))
            expectAllowed(try pushes.push(SignedPush.main, by: key))
        }
        let (update, old) = (try pushes.edit("refused\n"), try #require(try pushes.server.tip(of: SignedPush.main)))
        #expect(update.old == old)
        let forged = try pushes.forge(update, by: sam) { $0.status = "BAD" }
        #expect(forged.hook == 1)
        let output = try spawn(
            [
                BuiltProducts.remit, "report", "--authority", pushes.authority.path, "--ledger",
                pushes.server.ledgerPath, "--format", "json",
            ], environment: HermeticGit.environment(home: pushes.server.directory.path),
            directory: pushes.server.client.path)
        #expect(output.status == 0, "\(output.errorText)")
        let figures =
            #"{"pushes_with_certificate_verified":2,"push_certificates_of_unknown_keys":1,"#
            + #""push_certificates_refused":1}"#
        #expect(output.text.contains(figures), "\(output.text)")
    }

    @Test func `a certificate that is taken out of the index is found to be missing there`() throws {
        let pushes = try SignedPush(try TestAuthority())
        _ = try pushes.edit()
        expectAllowed(try pushes.push(SignedPush.main, by: pushes.authority.dana))
        let digest = try #require(try pushes.last().decision.certificate?.digest)
        let done = try spawn(
            ["sqlite3", pushes.server.ledgerPath, "DELETE FROM about WHERE kind = 'certificate'"],
            environment: ["PATH": HermeticGit.path])
        #expect(done.status == 0, "\(done.errorText)")
        let ledger = try Ledger.open(
            at: ByteString(pushes.server.ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        var audit = IndexAudit()
        try audit.examine(ledger)
        let entry = try ledger.count()
        #expect(
            audit.faults.map(\.words) == [
                "entry \(entry) is about certificate \(digest), and the index does not say so"
            ])
    }
}
