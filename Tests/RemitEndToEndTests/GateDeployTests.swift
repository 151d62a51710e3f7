import RemitModel
import RemitTestSupport
import Testing

/// What may reach an environment, through the real binary in real clones.
@Suite struct GateDeployTests {
    private static let allowed =
        "allowed to deploy 1 commit of claude-code under delegation <delegation> of "
        + "dana@example.org to production"
    private static let byHand = "allowed to deploy 1 commit without a mark of an agent to production"

    private static func refused(_ lines: String...) -> String {
        (["refused: this deployment must not happen"] + lines).joined(separator: "\n")
    }

    @Test func `a delegation that names the environment lets its work through`() throws {
        let scene = try DeployScene()
        try scene.land(under: try scene.delegate(to: ["production", "staging"]))
        expect(try scene.gate("--since", scene.start.hex), 0, saying: Self.allowed)
    }

    @Test func `people's own work needs none`() throws {
        let scene = try DeployScene()
        try scene.landByHand(["README.md": "by hand\n"])
        expect(try scene.gate("--since", scene.start.hex), 0, saying: Self.byHand)
    }

    @Test(arguments: [
        (named: [], told: "commit <id> must not reach environment 'production': its delegation names no environment"),
        (named: ["staging"], told: "commit <id> must not reach environment 'production'"),
    ])
    func `one that does not name it refuses it`(row: (named: [String], told: String)) throws {
        let scene = try DeployScene()
        try scene.land(under: try scene.delegate(to: row.named))
        let granted = row.named.isEmpty ? "" : "  granted  staging\n"
        expect(
            try scene.gate("--since", scene.start.hex), 1,
            saying: Self.refused(
                "error: \(row.told)",
                "  rule     scope.environment",
                "  ref      refs/remit/deployed/production",
                """
                \(granted)  by       delegation <delegation>
                  ask      dana@example.org
                """,
                """
                hint: ask dana@example.org for a delegation made with 'remit grant --environment production' and make \
                the change anew under it, or deploy a commit without the change
                """))
    }

    @Test func `grants are not mixed: the one that names the environment covers the path`() throws {
        let scene = try DeployScene()
        let delegation = try scene.delegate(to: []) {
            var other = TestDelegation.Grant()
            other.paths = ["Docs/**"]
            other.environments = ["production"]
            $0.grants.append(other)
        }
        try scene.land(under: delegation)
        let answer = try scene.gate("--since", scene.start.hex)
        #expect(answer.status == 1)
        #expect(answer.said.contains("  rule     scope.path\n"))
    }

    @Test func `an environment that the policy does not name is none`() throws {
        let scene = try DeployScene()
        try scene.landByHand(["README.md": "by hand\n"])
        expect(
            try scene.gate("--since", scene.start.hex, "--environment", "prodution"), 1,
            saying: Self.refused(
                """
                error: the job must not deploy to environment 'prodution': the policy names no such environment for \
                repository 'payments'
                """,
                "  rule     job.environment",
                "  ref      refs/remit/deployed/prodution",
                "  ask      dana@example.org",
                """
                hint: deploy from the job that is for that environment, or ask dana@example.org for an [[environment]] \
                entry made with 'remit authority propose'
                """))
    }

    @Test func `nothing remembered and nothing said has everything judged`() throws {
        let scene = try DeployScene()
        try scene.landByHand(["README.md": "by hand\n"])
        expect(
            try scene.gate(), 0,
            saying: """
                allowed to deploy 2 commits without a mark of an agent to production
                note: nothing says what is deployed: everything since the baseline was judged
                """)
        try scene.authority.baseline([scene.start])
        expect(
            try scene.gate(), 0,
            saying: Self.byHand + "\nnote: nothing says what is deployed: everything since the baseline was judged")
    }

    @Test func `a delegation that has expired since carries what has landed`() throws {
        let scene = try DeployScene()
        let now = scene.authority.now
        let delegation = try scene.delegate(to: ["production"]) {
            $0.issuedAt = now.adding(seconds: -86_400)
            $0.expiresAt = now.adding(seconds: -3_600)
            $0.mergeBy = now.adding(seconds: -1_800)
        }
        try scene.land(under: delegation)
        expect(try scene.gate("--since", scene.start.hex), 0, saying: Self.allowed)
    }

    // MARK: What counts now

    @Test func `a re-run of a green job is judged anew`() throws {
        let scene = try DeployScene()
        let delegation = try scene.delegate(to: ["production"])
        try scene.land(under: delegation)
        let since = scene.start.hex
        expect(try scene.gate("--since", since), 0, saying: Self.allowed)
        try scene.authority.revoke(.delegation(delegation.id), cause: .ended)
        expect(try scene.gate("--since", since), 0, saying: Self.allowed)
        try scene.authority.revoke(
            .delegation(delegation.id), cause: .compromised, reason: "its key was on a public host",
            at: scene.authority.now.adding(seconds: -120))
        expect(
            try scene.gate("--since", since), 1,
            saying: Self.refused(
                "error: delegation <delegation> was revoked: compromised: its key was on a public host",
                "  rule     delegation.revoked",
                "  ref      refs/remit/deployed/production",
                "  commit   <id>",
                "  by       delegation <delegation>",
                "  since    <time>",
                "  ask      dana@example.org",
                """
                hint: see the revocation with 'remit show <delegation>', and ask dana@example.org for a new delegation \
                made with 'remit grant'
                """,
                """
                hint: or let an approver look at it and run 'remit approve <id> --environment production --reason WHY'
                """))
        // Approved for merging alone, then for the environment.
        try scene.approve { _ in }
        #expect(try scene.gate("--since", since).status == 1)
        try scene.approve()
        expect(try scene.gate("--since", since), 0, saying: Self.allowed + "\napproved by bob@example.org")
    }

    @Test func `what is deployed already is judged anew too`() throws {
        let scene = try DeployScene()
        let delegation = try scene.delegate(to: ["production"])
        let commit = try scene.land(under: delegation)
        try scene.authority.baseline([scene.start])
        let note = "\nnote: <id> is deployed already: everything since the baseline was judged anew"
        expect(try scene.gate("--since", commit.hex), 0, saying: Self.allowed + note)
        try scene.authority.revoke(.delegation(delegation.id), cause: .compromised)
        let answer = try scene.gate("--since", commit.hex)
        #expect(answer.status == 1)
        #expect(answer.said.contains("  rule     delegation.revoked\n"))
    }

    @Test func `a suspended agent's work does not deploy`() throws {
        let scene = try DeployScene()
        try scene.land(under: try scene.delegate(to: ["production"]))
        try scene.authority.revoke(.agent("claude-code"), reason: "it leaks")
        let answer = try scene.gate("--since", scene.start.hex)
        #expect(answer.status == 1)
        #expect(answer.said.contains("error: agent 'claude-code' is suspended: ended: it leaks\n"))
    }

    // MARK: Beside it

    @Test func `an agent's account starts a deployment only where that is granted to it`() throws {
        let scene = try DeployScene()
        try scene.authority.register("claude-code") { $0.identities = ["login:claude-bot"] }
        try scene.landByHand(["README.md": "by hand\n"])
        let since = scene.start.hex
        expect(try scene.gate("--since", since, "--ci", "generic", "--actor", "dana"), 0, saying: Self.byHand)
        expect(
            try scene.gate("--since", since, "--ci", "generic", "--actor", "claude-bot"), 1,
            saying: Self.refused(
                """
                error: agent 'claude-code' must not start a deployment to environment 'production': it names no \
                delegation
                """,
                "  rule     scope.operation",
                "  ref      refs/remit/deployed/production",
                "  ask      dana@example.org",
                """
                hint: let a person start the job, or ask dana@example.org for a delegation made with \
                'remit grant --operation deploy --environment production' and name it with --delegation
                """))
        let releasing = try scene.delegate(to: ["production"]) { $0.grants[0].operations = ["deploy"] }
        expect(
            try scene.gate(
                "--since", since, "--ci", "generic", "--actor", "claude-bot", "--delegation", releasing.id.description),
            0, saying: Self.byHand)
    }

    @Test func `a squash by the host deploys where the ledger has seen its change`() throws {
        let authority = try TestAuthority()
        try authority.publish { $0.environments = [.init("production")] }
        let scene = try Scene(authority, settings: Scene.gitolite) { $0.grants[0].environments = ["production"] }
        let start = try scene.client.resolve("HEAD")
        try scene.agent(DeployScene.edit)
        expectAllowed(try scene.server.trial(Scene.branch))
        let squash = try scene.client.commitTree(
            try scene.client.resolve("\(Scene.branch)^{tree}"), parents: [start],
            message: "Retry (#42)\n\n* \(scene.message)")
        try scene.client.setRef("refs/heads/main", to: squash)
        expectAllowed(try scene.server.trial("refs/heads/main", environment: Scene.pusher("dana")))
        func gate(_ options: String...) throws -> DeployScene.Answer {
            let output = try runRemit(
                [
                    "gate", "deploy", "--environment", "production", "--since", start.hex,
                    "--authority", authority.path, "--root", authority.root.description, "--repository", "payments",
                ] + options, environment: HermeticGit.environment(home: scene.client.directory.path),
                directory: scene.client.path)
            return .init(status: output.status, said: TestServer.words(of: output.text), talk: output.errorText)
        }
        expect(try gate("--ledger", scene.server.ledgerPath), 0, saying: Self.allowed + "\ndecision recorded")
        let unknown = try gate()
        #expect(unknown.status == 1)
        #expect(
            unknown.said.contains(
                """
                error: commit <id> claims delegation <delegation> without a signature that proves it: it is not signed, \
                and neither a ledger nor commits that the host keeps prove exactly this change

                """))
    }

    @Test func `an exception for what is remembered sets aside the rules that it names`() throws {
        let scene = try DeployScene()
        let commit = try scene.land(under: try scene.delegate(to: []))
        var exception = TestException(for: commit, rules: ["scope.environment"], at: scene.authority.now)
        exception.ref = DeployScene.deployed
        try scene.authority.except(exception)
        let answer = try scene.gate("--since", scene.start.hex)
        #expect(answer.status == 0, "\(answer.said)")
        #expect(answer.said.contains(Self.allowed))
        try scene.authority.except(
            {
                var other = exception
                (other.rules, other.commit) = (["job.unmerged"], try scene.server.commit(["README.md": "unmerged\n"]))
                return other
            }())
        let unmerged = try scene.gate("--since", scene.start.hex)
        #expect(unmerged.status == 1)
        #expect(!unmerged.said.contains("allowed"))
    }

    @Test func `the decision in JSON says what was to be deployed where`() throws {
        let scene = try DeployScene()
        let commit = try scene.land(under: try scene.delegate(to: []))
        let output = try runRemit(
            [
                "gate", "deploy", "--environment", "production", "--since", scene.start.hex,
                "--format", "json",
            ], environment: HermeticGit.environment(home: scene.client.directory.path), directory: scene.client.path)
        #expect(output.status == 1)
        for part in [
            #""updates":[{"ref":"refs/remit/deployed/production","old":"\#(scene.start.hex)","new":"\#(commit.hex)"}]"#,
            #""rule":"scope.environment""#, #""submission":{"kind":"deployment","environment":"production"}"#,
        ] { #expect(output.text.contains(part), "\(output.text)") }
    }

    @Test(arguments: [
        (["--since", "nothing"], "'nothing' is not a commit of this repository"),
        (["--commit", "nothing"], "'nothing' is not a commit of this repository"),
        (["--remote", "a..b"], "--remote 'a..b' is not the name of a remote: two dots in a row"),
        (
            ["--environment", "a..b"],
            "--environment 'a..b' cannot be part of a ref's name: two dots in a row"
        ),
        (["--environment", "a b"], "The value 'a b' is invalid for '--environment <name>'"),
    ])
    func `wrong usage ends with 64`(row: (arguments: [String], says: String)) throws {
        let scene = try DeployScene()
        let answer = try scene.gate(row.arguments[0], row.arguments[1])
        #expect(answer.status == 64)
        #expect(answer.talk.hasPrefix("remit: error: \(row.says)"), "\(answer.talk)")
    }
}
