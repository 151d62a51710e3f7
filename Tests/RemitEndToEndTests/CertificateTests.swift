import Glibc
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Certificates { static let shared = Certificates() }

/// An agent that proves its delegation by an SSH certificate, through real pushes.
@Certificates @Suite struct CertificateTests {
    private static let world = Result { try World() }
    private nonisolated static let edit: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]
    private nonisolated static let branch = Scene.branch

    /// The authority of delegations, and two of certificates.
    struct World: Sendable {
        private let directory: TemporaryDirectory
        let issuer, stranger: SSHKey

        init() throws {
            directory = try TemporaryDirectory()
            issuer = try SSHKey(named: "issuer", in: directory)
            stranger = try SSHKey(named: "stranger", in: directory)
        }

        /// A server whose delegation no task key proves, only certificates.
        func scene(settings: [String: String] = [:]) throws -> Scene {
            let fingerprint = try issuer.fingerprint()
            return try Scene(try TestAuthority(), settings: settings) {
                $0.keys = []
                $0.certificateAuthorities = [fingerprint]
            }
        }
    }

    /// How an agent's certificate is issued, and what becomes of its push.
    struct Issue: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let refusal: String?
        let isNamed: Bool
        let issue: @Sendable (World, Scene) throws -> Void

        init(
            _ name: String, _ refusal: String? = nil, isNamed: Bool = true,
            _ issue: @escaping @Sendable (World, Scene) throws -> Void
        ) {
            testDescription = name
            self.refusal = refusal
            self.isNamed = isNamed
            self.issue = issue
        }
    }

    private nonisolated static let issues = [
        Issue("good") { try $0.issuer.certify($1.delegation.taskKey, principals: [$1.delegation.id.description]) },
        Issue("good, the id without its prefix") {
            try $0.issuer.certify($1.delegation.taskKey, principals: ["agent", $1.delegation.id.hex])
        },
        Issue("good, and no trailer", isNamed: false) {
            try $0.issuer.certify($1.delegation.taskKey, principals: [$1.delegation.id.description])
        },
        Issue("ended", "its certificate ended at <time>") {
            try $0.issuer.certify(
                $1.delegation.taskKey, principals: [$1.delegation.id.description], valid: "-2h:-1h")
        },
        Issue("not begun", "its certificate begins at <time>") {
            try $0.issuer.certify(
                $1.delegation.taskKey, principals: [$1.delegation.id.description], valid: "+1h:+2h")
        },
        Issue("for another delegation", "its certificate is for another delegation") {
            let other = try $1.authority.delegate { $0.task = "PAY-43" }
            try $0.issuer.certify($1.delegation.taskKey, principals: [other.id.description])
        },
        Issue("for the agent by name", "its certificate names no delegation") {
            try $0.issuer.certify($1.delegation.taskKey, principals: ["claude-code"])
        },
        Issue("of another authority", "its certificate is of <key>, which the delegation does not list") {
            try $0.stranger.certify($1.delegation.taskKey, principals: [$1.delegation.id.description])
        },
        Issue(
            "of another authority, and no trailer",
            "its certificate is of <key>, which the delegation does not list", isNamed: false
        ) {
            try $0.stranger.certify($1.delegation.taskKey, principals: [$1.delegation.id.description])
        },
        Issue("for a host", "its signature is bad: certificate is for a host, not for a user") {
            try $0.issuer.certify(
                $1.delegation.taskKey, principals: [$1.delegation.id.description], isHost: true)
        },
        Issue(
            "with a critical option",
            "its signature is bad: certificate has the critical option 'force-command', which cannot be heeded here"
        ) {
            try $0.issuer.certify(
                $1.delegation.taskKey, principals: [$1.delegation.id.description], options: ["force-command=true"])
        },
    ]

    @Test(arguments: issues)
    func `an agent with a certificate pushes`(issue: Issue) throws {
        let world = try Self.world.get()
        let scene = try world.scene()
        try issue.issue(world, scene)
        try scene.server.commit(
            Self.edit, under: scene.delegation, isNamed: issue.isNamed, signedBy: scene.delegation.taskKey.certified)
        let trial = try scene.server.trial(Self.branch)
        guard let refusal = issue.refusal else {
            expectAllowed(trial)
            return
        }
        expectRefused(
            trial, by: ["delegation.possession"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> claims delegation <delegation> without a signature that proves it: \(refusal)
                  rule     delegation.possession
                  ref      refs/heads/agent/PAY-42/work
                  granted  certificate-authority:<key>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: sign with its task key, or with a certificate for it: 'git rebase --force-rebase --gpg-sign <base>'
                decision recorded
                """)
    }

    @Test func `a certificate for two delegations serves the one that the commit names`() throws {
        let world = try Self.world.get()
        let scene = try world.scene()
        let issuer = try world.issuer.fingerprint()
        let other = try scene.authority.delegate {
            $0.task = "PAY-43"
            $0.keys = []
            $0.certificateAuthorities = [issuer]
        }
        let key = scene.delegation.taskKey
        try world.issuer.certify(key, principals: [other.id.description, scene.delegation.id.description])
        try scene.server.commit(Self.edit, under: scene.delegation, signedBy: key.certified)
        expectAllowed(try scene.server.trial(Self.branch))
        try scene.server.commit(Self.edit, under: scene.delegation, isNamed: false, signedBy: key.certified)
        expectRefused(try scene.server.trial(Self.branch), by: ["attribution.mismatch"])
    }

    @Test func `the key alone proves nothing`() throws {
        let scene = try Self.world.get().scene()
        try scene.agent(Self.edit)
        expectRefused(try scene.server.trial(Self.branch), by: ["delegation.possession"])
    }

    @Test func `where every commit must be signed, a certificate is as good as a task key`() throws {
        let world = try Self.world.get()
        let scene = try world.scene()
        try scene.authority.publish { $0.attribution = "signed" }
        try world.issuer.certify(scene.delegation.taskKey, principals: [scene.delegation.id.description])
        try scene.server.commit(Self.edit, under: scene.delegation, signedBy: scene.delegation.taskKey.certified)
        expectAllowed(try scene.server.trial(Self.branch))
        // A person by the certificate's word only.
        try world.issuer.certify(scene.delegation.taskKey, principals: ["sam@example.org"])
        try scene.server.commit(
            ["a": "1\n"], on: "refs/heads/sam", author: .sam, signedBy: scene.delegation.taskKey.certified)
        expectRefused(try scene.server.trial("refs/heads/sam"), by: ["attribution.unattributed"])
    }

    @Test func `what was seen while the certificate was good is proved for good, what comes later is not`() throws {
        let world = try Self.world.get()
        let scene = try world.scene(settings: Scene.gitolite)
        let end = Int64(time(nil)) + 5
        try world.issuer.certify(
            scene.delegation.taskKey, principals: [scene.delegation.id.description],
            valid: "-5m:\(Self.stamp(Instant(seconds: end)))")
        try scene.server.commit(Self.edit, under: scene.delegation, signedBy: scene.delegation.taskKey.certified)
        expectAllowed(try scene.server.trial(Self.branch))
        while Int64(time(nil)) < end { usleep(50_000) }
        // On another branch of the agent's, and landed by a person.
        expectAllowed(try scene.server.trial("\(Self.branch):\(Self.branch)-again"))
        expectAllowed(
            try scene.server.trial("\(Self.branch):refs/heads/main", environment: Scene.pusher("sam")))
        try scene.server.commit(
            ["Sources/Late.swift": "1\n"], under: scene.delegation, signedBy: scene.delegation.taskKey.certified)
        expectRefused(try scene.server.trial(Self.branch), by: ["delegation.possession"])
    }

    /// A moment as `ssh-keygen -V` takes it.
    private static func stamp(_ moment: Instant) -> String {
        moment.description.replacing("-", with: "").replacing(":", with: "").replacing("T", with: "")
    }

    @Test(arguments: [(true, "its task key <key>"), (false, "its certificate authority <key>")])
    func `a key that is taken back proves nothing, nor what an authority that is taken back issued`(
        _ isAgents: Bool, _ named: String
    ) throws {
        let world = try Self.world.get()
        let scene = try world.scene()
        try world.issuer.certify(scene.delegation.taskKey, principals: [scene.delegation.id.description])
        let lost = isAgents ? scene.delegation.taskKey : world.issuer
        let key = try #require(KeyFingerprint(try lost.fingerprint()))
        try scene.authority.revoke(.key(key), cause: .compromised, reason: "the laptop is gone")
        try scene.server.commit(Self.edit, under: scene.delegation, signedBy: scene.delegation.taskKey.certified)
        let trial = try scene.server.trial(Self.branch)
        expectRefused(trial, by: ["delegation.revoked"])
        #expect(trial.said.contains("\(named) was revoked: the laptop is gone"), "\(trial.said)")
    }
}
