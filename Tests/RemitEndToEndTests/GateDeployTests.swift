import RemitModel
import RemitTestSupport
import Testing

/// What may reach an environment, through the real binary in real clones.
@Suite struct GateDeployTests {
    private static let allowed = "allowed to deploy 1 commit of claude-code under delegation <delegation> of "
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

    // MARK: From where

    private static let unmerged = """
        hint: merge it into one of the granted refs first, fetch them with 'git fetch --tags', then run \
        'remit gate deploy' for what is there
        """

    @Test func `a commit that is on no ref of the host's is not deployed`() throws {
        let scene = try DeployScene()
        try scene.server.commit(["README.md": "unmerged\n"])
        expect(
            try scene.gate("--since", scene.start.hex), 1,
            saying: Self.refused(
                "error: commit <id> is on no ref from which environment 'production' may be deployed",
                "  rule     job.unmerged",
                "  ref      refs/remit/deployed/production",
                "  granted  refs/heads/main",
                "  found    refs/heads/main",
                Self.unmerged))
        expect(
            try scene.gate("--since", scene.start.hex, "--remote", "upstream"), 1,
            saying: Self.refused(
                """
                error: commit <id> is on no ref from which environment 'production' may be deployed: the clone has \
                none of them from its host
                """,
                "  rule     job.unmerged",
                "  ref      refs/remit/deployed/production",
                "  granted  refs/heads/main",
                Self.unmerged))
    }

    @Test func `a tag lets its own commit through, and no other`() throws {
        let scene = try DeployScene { $0.environments[0].deployFrom = ["refs/tags/**"] }
        let below = try scene.landByHand(["README.md": "1\n"])
        try scene.landByHand(["README.md": "2\n"])
        #expect(try scene.gate("--since", scene.start.hex).status == 1)
        try scene.client.git("tag", "-a", "-m", "release", "v1", "HEAD")
        expect(
            try scene.gate("--since", scene.start.hex, "--commit", "v1"), 0,
            saying: "allowed to deploy 2 commits without a mark of an agent to production")
        let answer = try scene.gate("--since", scene.start.hex, "--commit", below.hex)
        #expect(answer.status == 1)
        #expect(answer.said.contains("  found    refs/tags/v1\n"))
    }

    @Test func `in a copy of the host's repository its branches are the host's`() throws {
        let scene = try DeployScene()
        try scene.landByHand(["README.md": "by hand\n"])
        let path = "\(scene.client.directory.path)/mirror.git"
        try scene.client.git("clone", "-q", "--mirror", scene.server.repository.path, path)
        for (key, value) in [
            ("remit.authority", scene.authority.path), ("remit.root", scene.authority.root.description),
            ("remit.repository", "payments"),
        ] { try scene.client.git("-C", path, "config", key, value) }
        expect(try scene.gate("--since", scene.start.hex, in: path), 0, saying: Self.byHand)
        // A clone that tracks nothing has only branches of its own.
        try scene.client.git("update-ref", "-d", "refs/remotes/origin/main")
        #expect(try scene.gate("--since", scene.start.hex).status == 1)
    }

    // MARK: After what

    @Test func `going back is refused unless it is meant, and then judged as a whole`() throws {
        let scene = try DeployScene()
        let delegation = try scene.delegate(to: ["production"])
        let earlier = try scene.land(under: delegation)
        let later = try scene.landByHand(["README.md": "later\n"])
        try scene.authority.baseline([scene.start])
        let back = ["--commit", earlier.hex, "--since", later.hex]
        expect(
            try scene.gate(back[0], back[1], back[2], back[3]), 1,
            saying: Self.refused(
                "error: the job must not deploy now: <id> came before <id>, which --since says is deployed",
                "  rule     job.replayed",
                "  ref      refs/remit/deployed/production",
                "  commit   <id>",
                "  ask      dana@example.org",
                """
                hint: start a new run of the pipeline for what is to be deployed; to go back on purpose, run \
                'remit gate deploy --rollback'
                """))
        expect(
            try scene.gate(back[0], back[1], back[2], back[3], "--rollback"), 0,
            saying: Self.allowed + "\nnote: going back: everything since the baseline was judged anew")
        try scene.authority.revoke(.delegation(delegation.id), cause: .compromised)
        let answer = try scene.gate(back[0], back[1], back[2], back[3], "--rollback")
        #expect(answer.status == 1)
        #expect(answer.said.contains("  rule     delegation.revoked\n"))
    }

    @Test func `--since that lies on another line is not what leads here`() throws {
        let scene = try DeployScene()
        let other = try scene.server.commit(["README.md": "other\n"], on: "refs/heads/other")
        try scene.landByHand(["README.md": "by hand\n"])
        let answer = try scene.gate("--since", other.hex)
        #expect(answer.status == 1)
        #expect(
            answer.said.hasPrefix(
                """
                refused: this deployment must not happen
                error: the job must not deploy now: <id> does not contain <id>, which --since says is deployed
                """))
    }

    @Test func `a remembered deployment that nobody signed is not believed`() throws {
        let scene = try DeployScene()
        let delegation = try scene.delegate(to: [])
        let commit = try scene.land(under: delegation)
        // Believed, it would hide the agent's commit.
        try scene.client.git("update-ref", DeployScene.deployed, commit.hex)
        let answer = try scene.gate()
        #expect(answer.status == 1)
        #expect(
            answer.said.contains(
                """
                error: the job must not deploy now: 'refs/remit/deployed/production' is not believed: the policy names \
                no key whose statement of a deployment is believed
                """))
        #expect(answer.said.contains("  rule     scope.environment\n"))
        // What the job says takes its place where the policy names no key, and hides no more than that.
        let since = try scene.gate("--since", scene.start.hex)
        #expect(since.status == 1)
        #expect(!since.said.contains("job.replayed"))
    }

    @Test func `where the policy names keys, --since does not take its place`() throws {
        let scene = try DeployScene { policy in
            policy.environments[0].statementKeys = [
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
            ]
        }
        try scene.landByHand(["README.md": "by hand\n"])
        expect(try scene.gate("--since", scene.start.hex), 0, saying: Self.byHand)
        try scene.client.git("update-ref", DeployScene.deployed, "HEAD")
        let answer = try scene.gate("--since", scene.start.hex)
        #expect(answer.status == 1)
        #expect(
            answer.said.contains(
                """
                error: the job must not deploy now: 'refs/remit/deployed/production' is not believed: no key of the \
                policy signed it
                """))
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
