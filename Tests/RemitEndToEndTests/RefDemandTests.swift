import RemitModel
import RemitTestSupport
import Testing

@globalActor actor RefDemands { static let shared = RefDemands() }

/// Each ref of a repository can demand other evidence of who wrote what comes to it.
@RefDemands @Suite struct RefDemandTests {
    private nonisolated static let main = "refs/heads/main"
    private nonisolated static let release = "refs/heads/release/1"
    private nonisolated static let edit: [String: FileEdit] = ["README.md": "more\n"]
    private nonisolated static let sam = Scene.pusher("sam")

    /// `main` wants the pusher known, releases and tags want each commit signed, and nothing is asked elsewhere.
    private nonisolated static func server(_ authority: TestAuthority) throws -> TestServer {
        try authority.publish {
            var payments = TestPolicy.Repository("payments", protectedRefs: [main, "refs/heads/release/**"])
            payments.refs = [
                .init(main, attribution: "authenticated"),
                .init("refs/heads/release/**", "refs/tags/**", attribution: "signed"),
            ]
            $0.repositories = [payments]
        }
        return try TestServer(authority, settings: Scene.gitolite)
    }

    @Test func `what one ref demands is not asked of another`() throws {
        let server = try Self.server(try TestAuthority())
        try server.commit(Self.edit, on: "refs/heads/topic")
        expectAllowed(try server.trial("refs/heads/topic"), saying: "")
        try server.commit(Self.edit)
        expectRefused(
            try server.trial(Self.main), by: ["attribution.unattributed"],
            saying: """
                refused: nothing of this push was accepted
                error: this submission does not prove who wrote it: nobody vouches for the pusher
                  rule     attribution.unattributed
                  ref      refs/heads/main
                  ask      dana@example.org
                hint: sign with a registered key: 'git rebase --force-rebase --gpg-sign <base>'
                decision recorded
                """)
        expectAllowed(try server.trial(Self.main, environment: Self.sam), saying: "")
    }

    @Test func `reaching a branch that demands less proves nothing for one that demands more`() throws {
        let authority = try TestAuthority()
        let server = try Self.server(authority)
        let adopted = try server.client.resolve(Self.main)
        try authority.baseline([adopted])
        try server.commit(Self.edit)
        expectAllowed(try server.trial(Self.main, environment: Self.sam), saying: "")
        // `main` is protected and holds the commit; a release wants it signed all the same.
        expectRefused(
            try server.trial("\(Self.main):\(Self.release)", environment: Self.sam), by: ["attribution.unattributed"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> does not prove who wrote it: it is not signed
                  rule     attribution.unattributed
                  ref      refs/heads/release/1
                  ask      dana@example.org
                hint: sign with a registered key: 'git rebase --force-rebase --gpg-sign <base>'
                decision recorded
                """)
        let signed = try server.client.commitTree(
            try server.client.resolve("\(Self.main)^{tree}"), parents: [adopted], signedBy: authority.sam)
        try server.client.setRef("refs/heads/signed", to: signed)
        expectAllowed(try server.trial("refs/heads/signed:\(Self.release)", environment: Self.sam), saying: "")
    }

    /// A way past `signed`, and what is said to it.
    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: String
        let push: @Sendable (TestAuthority, TestServer) throws -> String

        init(
            _ testDescription: String, _ fault: String,
            _ push: @escaping @Sendable (TestAuthority, TestServer) throws -> String
        ) {
            (self.testDescription, self.fault, self.push) = (testDescription, fault, push)
        }
    }

    private nonisolated static func commit(_ server: TestServer, _ key: SSHKey?) throws -> String {
        try server.commit(edit, on: "refs/heads/work", signedBy: key)
        return "refs/heads/work:\(release)"
    }

    /// Commits on top of the adopted history without anybody's key, as a server other than the gate's would keep it.
    private nonisolated static func raw(_ server: TestServer, signature: String) throws -> ObjectID {
        let base = try server.client.resolve(main)
        let tree = try server.client.resolve("\(main)^{tree}")
        let text = """
            tree \(tree.hex)
            parent \(base.hex)
            author Sam Example <sam@example.org> 1700000000 +0000
            committer GitHub <noreply@github.com> 1700000000 +0000
            \(signature)
            Merge the topic

            """
        return try server.client.id(
            server.client.git(["hash-object", "-t", "commit", "-w", "--stdin"], input: Array(text.utf8)))
    }

    @Test(arguments: [
        Way(
            "a key of a person for records only",
            "commit <id> does not prove who wrote it: its key <key> is not registered"
        ) {
            try commit($1, try $0.add(person: "mia@example.org", logins: ["mia"], namespaces: "remit-*"))
        },
        Way("a key whose line has expired", "commit <id> does not prove who wrote it: its key <key> is not registered")
        {
            let line = "git,remit-*\",valid-before=\"20200101Z"
            return try commit($1, try $0.add(person: "mia@example.org", logins: ["mia"], namespaces: line))
        },
        Way(
            "a key of a person who has left", "commit <id> does not prove who wrote it: its key <key> is not registered"
        ) {
            let mia = try $0.add(person: "mia@example.org", logins: ["mia"])
            try $0.publish { $0.persons.removeAll { $0.id == "mia@example.org" } }
            return try commit($1, mia)
        },
        Way("a key that was taken back", "commit <id> does not prove who wrote it: its key <key> is not registered") {
            let mia = try $0.add(person: "mia@example.org", logins: ["mia"])
            let key = try #require(KeyFingerprint(try mia.fingerprint()))
            try $0.revoke(.key(key), issuer: "mia@example.org", signedBy: mia)
            return try commit($1, mia)
        },
        Way("an unsigned merge of signed parents", "commit <id> does not prove who wrote it: it is not signed") {
            let (one, other) = ("refs/heads/one", "refs/heads/other")
            let first = try $1.commit(["a": "1\n"], on: one, signedBy: $0.sam)
            let second = try $1.commit(["b": "1\n"], on: other, signedBy: $0.sam)
            let merge = try $1.client.commitTree(
                try $1.client.resolve("\(one)^{tree}"), parents: [first, second], message: "merge\n")
            try $1.client.setRef("refs/heads/merged", to: merge)
            return "refs/heads/merged:\(release)"
        },
        Way("an unsigned tag of a signed commit", "commit <id> does not prove who wrote it: it is not signed") {
            try $1.commit(edit, on: "refs/heads/work", signedBy: $0.sam)
            try $1.client.git("tag", "-a", "-m", "one", "v1", "refs/heads/work")
            return "refs/tags/v1"
        },
        Way("a tag of an unsigned commit", "commit <id> does not prove who wrote it: it is not signed") {
            try $1.commit(edit, on: "refs/heads/work")
            try $1.client.git("tag", "v1", "refs/heads/work")
            return "refs/tags/v1"
        },
        Way("a commit that a branch without demands holds", "commit <id> does not prove who wrote it: it is not signed")
        {
            try $1.commit(edit, on: "refs/heads/work")
            expectAllowed(try $1.trial("refs/heads/work"), saying: "")
            return "refs/heads/work:\(release)"
        },
        Way(
            "a signature copied from another commit",
            "commit <id> does not prove who wrote it: its signature is bad: signature does not fit the content and the key"
        ) {
            let donor = try $1.commit(edit, on: "refs/heads/donor", signedBy: $0.sam)
            let text = try $1.client.git("cat-file", "commit", donor.hex).text
            let header = text.split(separator: "\n", omittingEmptySubsequences: false)
                .drop { !$0.hasPrefix("gpgsig ") }.prefix { $0.hasPrefix("gpgsig ") || $0.hasPrefix(" ") }
            let forged = try raw($1, signature: header.joined(separator: "\n") + "\n")
            try $1.client.setRef("refs/heads/forged", to: forged)
            return "refs/heads/forged:\(release)"
        },
        Way(
            "a host's own merge",
            "commit <id> does not prove who wrote it: it is not signed with an SSH key, and other signatures are not checked"
        ) {
            let armour = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n wsBcBAABCAAQ\n -----END PGP SIGNATURE-----\n"
            try $1.client.setRef("refs/heads/hosted", to: try raw($1, signature: armour))
            _ = $0
            return "refs/heads/hosted:\(release)"
        },
        Way(
            "an assistant's own key",
            "commit <id> does not prove who wrote it: its key <key> is agent 'claude-code''s own, and no delegation lists it"
        ) {
            let key = try $0.newKey()
            let identity = "key:\(try key.fingerprint())"
            try $0.register { ($0.autonomy, $0.identities) = ("assistant", [identity]) }
            return try commit($1, key)
        },
    ])
    func `no way leads past signed`(way: Way) throws {
        let authority = try TestAuthority()
        let server = try Self.server(authority)
        try authority.baseline([try server.client.resolve(Self.main)])
        let refspec = try way.push(authority, server)
        let trial = try server.trial(refspec, environment: Self.sam)
        expectRefused(trial, by: ["attribution.unattributed"])
        #expect(trial.said.contains("\nerror: \(way.fault)\n"), "\(trial.said)")
        let isHosts = trial.said.contains("and other signatures are not checked")
        #expect(
            trial.said.contains(
                "hint: merge and sign it yourself, with an SSH key that is registered: 'git merge --no-ff --gpg-sign <branch>', or sign with a registered key: 'git rebase --force-rebase --gpg-sign <base>'"
            ) == isHosts, "\(trial.said)")
    }

    @Test func `a host's squash of an agent's work that was seen is the agent's, a person's is nobody's`() throws {
        let authority = try TestAuthority()
        let scene = try Scene(authority, settings: Scene.gitolite)
        try authority.publish {
            var payments = TestPolicy.Repository("payments", protectedRefs: [Self.main])
            payments.refs = [.init(Self.main, attribution: "signed")]
            $0.repositories = [payments]
        }
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        func squash(_ tree: String) throws {
            let commit = try scene.client.commitTree(
                try scene.client.resolve("\(tree)^{tree}"), parents: [try scene.client.resolve(Self.main)],
                message: "Retry (#42)\n")
            try scene.client.setRef(Self.main, to: commit)
        }
        try squash(Scene.branch)
        expectAllowed(
            try scene.server.trial(Self.main, environment: Scene.pusher("dana")),
            saying: """
                allowed to land 1 commit of claude-code under delegation <delegation> of dana@example.org
                decision recorded
                """)
        try scene.server.commit(["Sources/Own.swift": "1\n"], on: "refs/heads/own", signedBy: authority.sam)
        expectAllowed(try scene.server.trial("refs/heads/own", environment: Self.sam), saying: "")
        try squash("refs/heads/own")
        let trial = try scene.server.trial(Self.main, environment: Scene.pusher("dana"))
        expectRefused(trial, by: ["attribution.unattributed"])
        #expect(trial.said.contains("\nerror: commit <id> does not prove who wrote it: it is not signed\n"))
    }
}
