import RemitModel
import RemitTestSupport
import Testing

@globalActor actor DelegationAttacks { static let shared = DelegationAttacks() }

/// Ways past the gate that begin with a good delegation, approval or exception, and stretch it.
@DelegationAttacks @Suite struct DelegationAttackTests {
    private static let main = "refs/heads/main"
    private static let land = "\(Scene.branch):refs/heads/main"
    private static let dana = Scene.pusher("dana")
    private static let sam = Scene.pusher("sam")

    /// Commits on `main` what a host makes of a branch when it squashes it: nobody's signature.
    private func squash(_ scene: Scene) throws {
        let squashed = try scene.client.commitTree(
            try scene.client.resolve("\(Scene.branch)^{tree}"), parents: [try scene.client.resolve(Self.main)],
            message: "Retry (#42)\n\n" + scene.message)
        try scene.client.setRef(Self.main, to: squashed)
    }

    private func except(_ scene: Scene, _ rules: [String], on ref: String) throws {
        var exception = TestException(for: try scene.client.resolve(ref), rules: rules, at: scene.authority.now)
        exception.ref = ref
        try scene.authority.except(exception)
    }

    @Test(arguments: ["in one push", "one after the other"])
    func `a squash under one delegation does not carry the work of another that was compromised`(_ how: String) throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
        let other = try scene.authority.delegate { $0.task = "PAY-43" }
        try scene.server.commit(["Sources/Evil.swift": "1\n"], under: other)
        if how == "one after the other" { expectAllowed(try scene.server.trial(Scene.branch)) }
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.authority.revoke(.delegation(other.id), cause: .compromised)
        expectRefused(
            try scene.server.trial(Self.land, environment: Self.dana), by: ["delegation.revoked"])
        try squash(scene)
        expectRefused(
            try scene.server.trial(Self.main, environment: Self.dana), by: ["delegation.possession"])
    }

    @Test func `a squash does not make its delegator the approver of what they delegated`() throws {
        let authority = try TestAuthority()
        let bob = try authority.add(person: "bob@example.org", logins: ["bob"])
        try authority.publish { policy in
            var role = TestPolicy.Role()
            role.person = "bob@example.org"
            policy.roles.append(role)
            policy.approvers = [.init("bob@example.org")]
            policy.demands = [.init()]
        }
        let scene = try Scene(authority, settings: Scene.gitolite)
        let bobs = try authority.delegate(signedBy: bob) {
            $0.task = "PAY-43"
            $0.delegator = "bob@example.org"
        }
        try scene.server.commit(["Sources/Bobs.swift": "1\n"], under: bobs)
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        try squash(scene)
        try authority.approve(
            TestApproval(
                of: try scene.client.resolve(Self.main), tree: try scene.client.resolve("\(Self.main)^{tree}"),
                by: "bob@example.org", at: authority.now), signedBy: bob)
        expectRefused(
            try scene.server.trial(Self.main, environment: Self.sam), by: ["delegation.possession"])
    }

    @Test func `what monitor mode let through is not squashed with what was seen`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
        try scene.server.configure("remit.mode", "monitor")
        try scene.server.commit(["Sources/Forged.swift": "1\n"], under: scene.delegation, isSigned: false)
        #expect(try scene.server.trial(Scene.branch).status == 0)
        try scene.server.configure("remit.mode", "enforce")
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        try squash(scene)
        expectRefused(
            try scene.server.trial(Self.main, environment: Self.dana), by: ["delegation.possession"])
    }

    @Test(arguments: [true, false])
    func `a person's own commits on the agent's branch are squashed with it`(_ agentGoesOn: Bool) throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.server.commit(
            ["Sources/Retry.swift": "let retries = 4\n"], on: Scene.branch, signedBy: scene.authority.dana)
        expectAllowed(try scene.server.trial(Scene.branch, environment: Self.dana))
        if agentGoesOn {
            try scene.agent(["Sources/Backoff.swift": "let backoff = 2\n"])
            expectAllowed(try scene.server.trial(Scene.branch))
        }
        try squash(scene)
        expectAllowed(try scene.server.trial(Self.main, environment: Self.dana))
    }

    @Test func `what was seen by an exception from a proof is no proof elsewhere`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
        try scene.server.commit(["Sources/Retry.swift": "1\n"], under: scene.delegation, isSigned: false)
        expectRefused(try scene.server.trial(Scene.branch), by: ["delegation.possession"])
        try except(scene, ["delegation.possession"], on: Scene.branch)
        expectAllowed(try scene.server.trial(Scene.branch))
        try squash(scene)
        expectRefused(
            try scene.server.trial(Self.main, environment: Self.dana), by: ["delegation.possession"])
    }

    @Test func `what was seen by an exception from a revocation does not land without one`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
        try scene.authority.revoke(.delegation(scene.delegation.id))
        try scene.agent(["Sources/Retry.swift": "1\n"])
        expectRefused(try scene.server.trial(Scene.branch), by: ["delegation.revoked"])
        try except(scene, ["delegation.revoked"], on: Scene.branch)
        expectAllowed(try scene.server.trial(Scene.branch))
        expectRefused(try scene.server.trial(Self.land, environment: Self.dana), by: ["delegation.revoked"])
        try squash(scene)
        expectRefused(
            try scene.server.trial(Self.main, environment: Self.dana),
            by: ["delegation.possession", "delegation.revoked"])
    }

    @Test func `a signed tag does not prove an unsigned one`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite) {
            $0.grants[0].refs = ["refs/tags/agent/**"]
            $0.grants[0].mergeInto = ["refs/tags/**"]
            $0.grants[0].operations.append("tag.create")
        }
        func tag(_ name: String, _ key: SSHKey?) throws -> String {
            let commit = try scene.client.resolve(Self.main)
            let text = """
                object \(commit.hex)
                type commit
                tag \(name)
                tagger Dana <dana@example.org> 1700000000 +0000

                \(scene.message)
                """
            var bytes = Array(text.utf8)
            if let key { bytes += try key.sign(bytes, namespace: "git") }
            let id = try scene.client.id(
                try scene.client.git(["hash-object", "-t", "tag", "-w", "--stdin"], input: bytes))
            try scene.client.git("update-ref", "refs/tags/\(name)", id.hex)
            return "refs/tags/\(name)"
        }
        expectAllowed(try scene.server.trial(try tag("agent/one", scene.delegation.taskKey)))
        expectRefused(
            try scene.server.trial(try tag("v1", nil), environment: Self.dana), by: ["delegation.possession"])
    }

    @Test func `an approval between two compromises answers the first alone`() throws {
        let authority = try TestAuthority()
        let bob = try authority.add(person: "bob@example.org", logins: ["bob"])
        try authority.publish { $0.approvers = [.init("bob@example.org")] }
        let scene = try Scene(authority, settings: Scene.gitolite)
        try scene.agent(["Sources/Retry.swift": "1\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        try authority.revoke(
            .delegation(scene.delegation.id), cause: .compromised, at: authority.now.adding(seconds: -120))
        var approval = TestApproval(
            of: try scene.client.resolve(Scene.branch), tree: try scene.client.resolve("\(Scene.branch)^{tree}"),
            by: "bob@example.org", at: authority.now)
        try authority.approve(approval, signedBy: bob)
        let key = try #require(KeyFingerprint(try scene.delegation.taskKey.fingerprint()))
        try authority.revoke(.key(key), cause: .compromised, at: authority.now.adding(seconds: -30))
        expectRefused(
            try scene.server.trial(Self.land, environment: Self.sam), by: ["approval.stale", "delegation.revoked"])
        approval.issuedAt = authority.now
        try authority.approve(approval, signedBy: bob)
        expectAllowed(try scene.server.trial(Self.land, environment: Self.sam))
    }

    @Test func `an agent that is to be resumed is not resumed yet`() throws {
        let authority = try TestAuthority()
        let scene = try Scene(authority, settings: Scene.gitolite)
        try authority.register { $0.resumedAt = authority.now.adding(seconds: 10 * 365 * 86_400) }
        try authority.revoke(.agent("claude-code"), at: authority.now.adding(seconds: -7200))
        try scene.agent(["Sources/Retry.swift": "1\n"])
        expectRefused(try scene.server.trial(Scene.branch), by: ["delegation.suspended"])
    }

    @Test func `a sub-delegation is not signed by a certificate's key`() throws {
        let authority = try TestAuthority()
        let issuer = try authority.newKey()
        let fingerprint = try issuer.fingerprint()
        let scene = try Scene(authority, settings: Scene.gitolite) {
            $0.hops = 1
            $0.keys = []
            $0.certificateAuthorities = [fingerprint]
        }
        try issuer.certify(scene.delegation.taskKey, principals: [scene.delegation.id.description])
        for signer in [scene.delegation.taskKey, issuer] {
            let part = try authority.subdelegate(scene.delegation, signedBy: signer)
            let ref = "refs/heads/agent/PAY-42/\(part.id.hex.prefix(12))"
            try scene.server.commit(["Sources/Retry.swift": "1\n"], under: part, on: ref)
            expectRefused(try scene.server.trial(ref), by: ["delegation.chain"])
        }
    }

    @Test func `a squash names the delegation that acted, not the one above it`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite) { $0.hops = 1 }
        let part = try scene.authority.subdelegate(scene.delegation) { $0.issuedAt = scene.authority.now }
        try scene.server.commit(["Sources/Retry.swift": "1\n"], under: part)
        expectAllowed(try scene.server.trial(Scene.branch))
        try squash(scene)
        expectRefused(try scene.server.trial(Self.main, environment: Self.dana), by: ["delegation.possession"])
    }

    @Test func `an approval in one repository says nothing in another`() throws {
        let authority = try TestAuthority()
        let bob = try authority.add(person: "bob@example.org", logins: ["bob"])
        try authority.publish { policy in
            policy.approvers = [.init("bob@example.org")]
            policy.demands = [.init()]
        }
        let scene = try Scene(authority, settings: Scene.gitolite)
        try scene.agent(["Sources/Retry.swift": "1\n"])
        var approval = TestApproval(
            of: try scene.client.resolve(Scene.branch), tree: try scene.client.resolve("\(Scene.branch)^{tree}"),
            by: "bob@example.org", at: authority.now)
        approval.repository = "billing"
        try authority.approve(approval, signedBy: bob)
        let trial = try scene.server.trial(Self.land, environment: Self.sam)
        expectRefused(trial, by: ["approval.missing"])
        #expect(trial.said.contains("is for repository 'billing'"), "\(trial.said)")
    }

    @Test func `an exception carries nothing on another ref of the same push`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
        try scene.agent(["Deploy/fix.sh": "1\n"])
        try scene.client.setRef(Self.main, to: try scene.client.resolve(Scene.branch))
        try except(scene, ["scope.path"], on: Self.main)
        expectRefused(
            try scene.server.trial(Self.main, Scene.branch, environment: Self.dana), by: ["scope.path"])
    }

    @Test(arguments: ["rename", "submodule", "merge that drops it"])
    func `a demand by path is not evaded`(_ way: String) throws {
        let authority = try TestAuthority()
        try authority.publish { policy in
            policy.approvers = [.init("sam@example.org")]
            var demand = TestPolicy.Demand()
            demand.paths = ["Sources/Pay.swift"]
            policy.demands = [demand]
        }
        let scene = try Scene(authority, settings: Scene.gitolite) {
            $0.grants[0].operations += ["file.delete", "file.mode", "file.submodule"]
        }
        let begin = try scene.client.resolve(Self.main)
        switch way {
        case "rename": try scene.agent(["Sources/Pay.swift": .delete, "Sources/Paid.swift": "let pay = 1\n"])
        case "submodule": try scene.agent(["Sources/Pay.swift": .gitlink(begin)])
        default:
            let newer = try scene.advanceMain(["Sources/Pay.swift": "let pay = 2\n"])
            let side = try scene.agent(tree: try scene.tree(of: begin, ["Sources/A.swift": "1\n"]), parents: [begin])
            try scene.agent(tree: try scene.tree(of: begin, ["Sources/A.swift": "1\n"]), parents: [newer, side])
        }
        expectAllowed(try scene.server.trial(Scene.branch, environment: Self.dana))
        expectRefused(try scene.server.trial(Self.land, environment: Self.dana), by: ["approval.missing"])
    }

    @Test func `an independent approver does not push under another account`() throws {
        let authority = try TestAuthority()
        let bob = try authority.add(person: "bob@example.org", logins: ["bob", "bob-admin"])
        try authority.publish { policy in
            policy.approvers = [.init("bob@example.org")]
            var demand = TestPolicy.Demand()
            demand.independent = true
            policy.demands = [demand]
        }
        let scene = try Scene(authority, settings: Scene.gitolite)
        try scene.agent(["Sources/Retry.swift": "1\n"])
        try authority.approve(
            TestApproval(
                of: try scene.client.resolve(Scene.branch), tree: try scene.client.resolve("\(Scene.branch)^{tree}"),
                by: "bob@example.org", at: authority.now), signedBy: bob)
        expectRefused(
            try scene.server.trial(Self.land, environment: Scene.pusher("bob-admin")),
            by: ["approval.missing", "approval.self"])
        expectAllowed(try scene.server.trial(Self.land, environment: Self.sam))
    }
}
