import RemitFormats
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// Certificates that do not hold, brought by whoever can set the hook's environment: a shell account, or a server that
/// is not what it says.
@SignedPushing @Suite struct ForgedCertificateTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let again = "hint: run 'git push --signed=true' again: every push is signed anew"
    private nonisolated static let sign = """
        hint: sign it with your own SSH key: 'git config gpg.format ssh', 'git config user.signingKey <file.pub>', \
        then 'git push --signed=true', or for every push 'git config push.gpgSign true'
        """

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout SignedPush.Forgery) -> Void
        let fault: String
        let hint: String
        var settings: [String: String] = [:]

        init(
            _ name: String, _ fault: String, _ hint: String = again, settings: [String: String] = [:],
            _ change: @escaping @Sendable (inout SignedPush.Forgery) -> Void
        ) {
            testDescription = name
            self.fault = fault
            self.hint = hint
            self.settings = settings
            self.change = change
        }
    }

    private nonisolated static let other = String(repeating: "b", count: 40)

    private nonisolated static let rows = [
        Row("another update", "its ref updates are not those that arrived") {
            $0.lines = "\(other) \(other) refs/heads/main\n"
        },
        Row("one update more", "its signature is bad: signature does not fit the content and the key", sign) {
            $0.smuggled = "\(other) \(other) refs/heads/other\n"
        },
        Row("another namespace", "its signature is bad: signed in the namespace file", sign) { $0.namespace = "file" },
        Row("a record's namespace", "its signature is bad: signed in the namespace remit-approval", sign) {
            $0.namespace = "remit-approval"
        },
        Row(
            "OpenPGP", "its signature is not an SSH signature: openpgp signatures are not supported", sign
        ) {
            $0.armour = "-----BEGIN PGP SIGNATURE-----\n\nxx\n-----END PGP SIGNATURE-----\n"
        },
        Row("no certificate of git's", "line 1: not 'certificate version 0.1'") { $0.version = "0.2" },
        Row("the nonce of another second", "its nonce is not the one that the server issued for this push") {
            $0.issued = "1795288791-\(String(repeating: "ab", count: 20))"
        },
        Row("no nonce in it", "its nonce is not the one that the server issued for this push") { $0.hasNonce = false },
        Row("a nonce that git calls bad", "git says of its nonce: BAD") { $0.status = "BAD" },
        Row("a nonce that git misses", "git says of its nonce: MISSING") { $0.status = "MISSING" },
        Row("a nonce that git did not ask for", "git says of its nonce: UNSOLICITED") { $0.status = "UNSOLICITED" },
        Row("a nonce of which git says nothing", "git does not say whether its nonce is good") { $0.status = nil },
        Row(
            "a nonce that is too old for git", "its nonce is older than receive.certNonceSlop lets it be",
            """
            hint: run 'git push --signed=true' again, or ask dana@example.org to set \
            'git config receive.certNonceSlop <seconds>' on the server
            """
        ) { $0.status = "SLOP" },
        Row(
            "a server without nonces", "the server has issued no nonce for it: receive.certNonceSeed is not set",
            """
            hint: ask dana@example.org to set 'git config receive.certNonceSeed <secret>' on the server, \
            then run 'git push --signed=true' again
            """
        ) { $0.isIssued = false },
        Row("a nonce of yesterday", "its nonce is of <time>, more than 6 hours ago") { $0.nonceLater = -86_400 },
        Row("a nonce of tomorrow", "its nonce is of <time>, and it is <time> now") { $0.nonceLater = 86_400 },
        Row("a nonce without a moment", "its nonce names no moment") { $0.nonce = "abc" },
        Row("push options that did not arrive", "its push options are not those that arrived") {
            $0.options = ["delegation=abc"]
        },
        Row(
            "another server's address",
            "it is for 'https://evil.example.org/payments', which is no address of this repository",
            "hint: push to an address of the repository with 'git push --signed=true <address>': https://git.example.org/p",
            settings: ["remit.pushee": "https://git.example.org/p"]
        ) { $0.pushee = "https://evil.example.org/payments" },
        Row(
            "no address", "it does not say to which address it is pushed",
            "hint: push to an address of the repository with 'git push --signed=true <address>': https://git.example.org/p",
            settings: ["remit.pushee": "https://git.example.org/p"]
        ) { $0.pushee = nil },
    ]

    @Test(arguments: rows)
    func `is refused in words`(row: Row) throws {
        let authority = try Self.authority.get()
        let pushes = try SignedPush(authority, settings: row.settings)
        let trial = try pushes.forge(try pushes.edit(), by: authority.dana, row.change)
        expectForgeryRefused(trial)
        #expect(
            trial.certificateWords == ["error: the push certificate does not hold: \(row.fault)", row.hint],
            "\(trial.said)")
        let decision = try pushes.last().decision
        #expect(decision.pusher == nil)
        #expect(decision.certificate?.standing == .refused)
    }

    @Test func `the same without a fault is let through`() throws {
        let authority = try Self.authority.get()
        let pushes = try SignedPush(authority, settings: ["remit.pushee": "https://git.example.org/p"])
        expectAllowed(
            try pushes.forge(try pushes.edit(), by: authority.dana) { $0.pushee = "https://git.example.org/p" })
        #expect(try pushes.last().decision.certificate?.standing == .person("dana@example.org"))
    }

    @Test func `a certificate that let a push through lets no second one through`() throws {
        let authority = try Self.authority.get()
        let pushes = try SignedPush(authority)
        let update = try pushes.edit()
        expectAllowed(try pushes.push(SignedPush.main, by: authority.dana))
        let certificate = try #require(try pushes.last().certificate)
        let text = String(decoding: certificate, as: UTF8.self)
        let nonce = try #require(text.split(separator: "\n").first { $0.hasPrefix("nonce ") }).dropFirst(6)
        // Somebody puts the ref back, and says to the hook what git said then: everything fits but for the memory.
        try pushes.server.repository.git("update-ref", SignedPush.main, update.old.hex)
        let blob = try pushes.server.repository.write("blob", certificate)
        let trial = try pushes.bring(blob, with: update, nonce: String(nonce))
        expectForgeryRefused(
            trial,
            saying: """
                refused: nothing of this push was accepted
                error: the push certificate does not hold: decision 1 has let a push through with it already
                  rule     attribution.certificate
                hint: run 'git push --signed=true' again: every push is signed anew
                decision recorded
                """)
        #expect(try pushes.last().decision.pusher == nil)
        // Without the certificate it is a push of nobody's.
        expectAllowed(try pushes.server.trial(SignedPush.main))
    }

    @Test func `of two pushes at once with one certificate one is let through`() throws {
        let authority = try Self.authority.get()
        let pushes = try SignedPush(authority)
        let update = try pushes.edit()
        let (bytes, nonce) = try pushes.text(.init(), of: update, by: authority.dana)
        let blob = try pushes.server.repository.write("blob", bytes)
        let environment = [
            "GIT_PUSH_CERT": blob.hex, "GIT_PUSH_CERT_NONCE": nonce, "GIT_PUSH_CERT_NONCE_STATUS": "OK",
        ]
        let atOnce = PushingAtOnce(ledger: pushes.server.ledgerPath)
        let push = PushingAtOnce.Push(
            client: pushes.server.client, repository: pushes.server.repository, ref: SignedPush.main,
            environment: environment)
        let ended = try atOnce.run([push, push])
        #expect(try atOnce.begun() == 2)
        #expect(ended.map { $0.status == 0 }.count { $0 } == 1, "\(ended)")
        #expect(
            ended.count { $0.words.contains("has let a push through with it already") } == 1, "\(ended)")
        try expectSameAgain(inLedgerAt: pushes.server.ledgerPath)
    }

    @Test func `a gate that only monitors says what it finds, and takes it for used too`() throws {
        let authority = try Self.authority.get()
        let pushes = try SignedPush(authority, settings: ["remit.mode": "monitor"])
        let update = try pushes.edit()
        let (bytes, nonce) = try pushes.text(.init(), of: update, by: authority.dana)
        let blob = try pushes.server.repository.write("blob", bytes)
        #expect(try pushes.bring(blob, with: update, nonce: nonce, status: "BAD").hook == 0)
        #expect(try pushes.last().decision.pusher == nil)
        #expect(try pushes.server.tip(of: SignedPush.main) == update.new)
        try pushes.server.repository.git("update-ref", SignedPush.main, update.old.hex)
        #expect(try pushes.bring(blob, with: update, nonce: nonce).hook == 0)
        let decision = try pushes.last().decision
        #expect(decision.outcome == .refused)
        #expect(
            decision.findings.map(\.facts.reason) == ["decision 1 has let a push through with it already"])
        #expect(decision.certificate?.standing == .refused)
    }

    @Test func `a certificate that is larger than any of git's is not read`() throws {
        let authority = try Self.authority.get()
        let pushes = try SignedPush(authority)
        let update = try pushes.edit()
        let large = [UInt8](repeating: 0x0A, count: 20 * 1024 * 1024 + 1)
        let trial = try pushes.bring(
            try pushes.server.repository.write("blob", large), with: update, nonce: "1-a")
        expectForgeryRefused(trial)
        #expect(
            trial.certificateWords.first == """
                error: the push certificate does not hold: git's blob <id> cannot be read: it has 20971521 bytes, \
                at most 20971520
                """)
    }

    @Test(arguments: ["refs/heads/main", "\u{1B}[31m", String(repeating: "0", count: 64)])
    func `words that git does not write are not looked at further`(text: String) throws {
        let authority = try Self.authority.get()
        let pushes = try SignedPush(authority)
        let update = try pushes.edit()
        let trial = try pushes.server.receive(
            [update], pack: [update.new.hex, "^\(update.old.hex)"], environment: ["GIT_PUSH_CERT": text])
        #expect(trial.hook == 2 && trial.outcomes == [] && trial.isUntouched)
        #expect(
            trial.said.contains("GIT_PUSH_CERT: not an id of 40 lower-case hexadecimal digits"), "\(trial.said)")
    }

    @Test func `a refused push does not use its certificate up`() throws {
        let authority = try Self.authority.get()
        let pushes = try SignedPush(authority)
        let update = try pushes.edit()
        let (bytes, nonce) = try pushes.text(.init(), of: update, by: authority.dana)
        let blob = try pushes.server.repository.write("blob", bytes)
        expectForgeryRefused(
            try pushes.bring(blob, with: update, nonce: nonce, status: "SLOP"))
        expectAllowed(try pushes.bring(blob, with: update, nonce: nonce))
        try pushes.server.repository.git("update-ref", SignedPush.main, update.old.hex)
        expectForgeryRefused(try pushes.bring(blob, with: update, nonce: nonce))
    }

    @Test func `a blob that is not there, or is none, is refused`() throws {
        let authority = try Self.authority.get()
        let pushes = try SignedPush(authority)
        let update = try pushes.edit()
        for id in [update.old, try #require(ObjectID(hex: Self.other))] {
            let trial = try pushes.bring(id, with: update, nonce: "1-a")
            expectForgeryRefused(trial)
            #expect(
                trial.certificateWords.first?.hasPrefix(
                    "error: the push certificate does not hold: git's blob <id> cannot be read: ") == true,
                "\(trial.said)")
            #expect(try pushes.last().decision.certificate == nil)
        }
    }

    @Test func `a security key that nobody touched has not signed`() throws {
        let authority = try Self.authority.get()
        let pushes = try SignedPush(authority)
        let key = try SoftSecurityKey(.securityKeyEd25519)
        let update = try pushes.edit()
        let (bytes, nonce) = try pushes.text(.init(), of: update, by: authority.dana)
        let text = bytes.prefix(try #require(bytes.firstRange(of: Array("-----BEGIN ".utf8))).lowerBound)
        func bring(flags: UInt8) throws -> Trial {
            let signature = try key.sign(Array(text), namespace: "git", flags: flags)
            let blob = try pushes.server.repository.write("blob", Array(text) + signature)
            return try pushes.bring(blob, with: update, nonce: nonce)
        }
        let untouched = try bring(flags: 0)
        expectForgeryRefused(untouched)
        #expect(
            untouched.certificateWords == [
                "error: the push certificate does not hold: its signature is bad: security key was not touched",
                Self.sign,
            ])
        expectAllowed(try bring(flags: SoftSecurityKey.present))
        #expect(try pushes.last().decision.certificate?.standing == .stranger)
    }
}
