import RemitModel
import RemitTestSupport
import Testing

/// From where an environment may be deployed, and after what, through the real binary in real clones.
@Suite struct GateDeployCourseTests {
    private static let allowed =
        "allowed to deploy 1 commit of claude-code under delegation <delegation> of "
        + "dana@example.org to production"
    private static let byHand = "allowed to deploy 1 commit without a mark of an agent to production"

    private static func refused(_ lines: String...) -> String {
        (["refused: this deployment must not happen"] + lines).joined(separator: "\n")
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
                error: the job must not deploy now: 'refs/remit/deployed/production' is not believed: it is not an \
                annotated tag with a gate's statement
                """))
    }
}
