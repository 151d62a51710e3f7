import RemitModel
import RemitTestSupport
import Testing

/// A server without a hook, a clone of it, and an authority that names environments: where a deployment is judged.
///
/// Bob may let anything reach production; Dana, who delegates, may too.
struct DeployScene {
    static let main = "refs/heads/main"
    static let deployed = "refs/remit/deployed/production"
    static let edit: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]

    let authority: TestAuthority
    let server: TestServer
    let bob: SSHKey
    /// Where `main` stood before anything was done: what is deployed.
    let start: ObjectID

    var client: TestRepository { server.client }

    init(_ change: (inout TestPolicy) -> Void = { _ in }) throws {
        authority = try TestAuthority()
        bob = try authority.add(person: "bob@example.org", logins: ["bob"])
        try authority.publish { policy in
            policy.approvers = ["bob@example.org", "dana@example.org"].map { person in
                var role = TestPolicy.Approver(person)
                role.environments = ["production"]
                return role
            }
            policy.environments = [.init("production"), .init("staging")]
            change(&policy)
        }
        server = try TestServer(authority, hook: false)
        start = try server.client.resolve("HEAD")
        for (key, value) in [
            ("remit.authority", authority.path), ("remit.root", authority.root.description),
            ("remit.repository", "payments"),
        ] { try server.client.git("config", key, value) }
    }

    func delegate(
        to environments: [String], _ change: (inout TestDelegation) -> Void = { _ in }
    ) throws -> TestDelegation.Issued {
        try authority.delegate {
            $0.grants[0].environments = environments
            change(&$0)
        }
    }

    /// Commits as the agent and brings it to the host's `main`.
    @discardableResult
    func land(_ edits: [String: FileEdit] = edit, under delegation: TestDelegation.Issued) throws -> ObjectID {
        let commit = try server.commit(edits, under: delegation, on: Self.main)
        try client.git("push", "-q", "origin", Self.main)
        return commit
    }

    /// Commits as a person and brings it to the host's `main`.
    @discardableResult
    func landByHand(_ edits: [String: FileEdit], message: String = "change\n") throws -> ObjectID {
        let commit = try server.commit(edits, message: message)
        try client.git("push", "-q", "origin", Self.main)
        return commit
    }

    func approve(
        by person: String = "bob@example.org", with key: SSHKey? = nil,
        _ change: (inout TestApproval) -> Void = { $0.environments = ["production"] }
    ) throws {
        var approval = TestApproval(
            of: try client.resolve("HEAD"), tree: try client.resolve("HEAD^{tree}"), by: person, at: authority.now)
        change(&approval)
        try authority.approve(approval, signedBy: key ?? bob)
    }

    /// Runs the built `remit gate deploy` in the clone, or elsewhere.
    func gate(_ options: String..., in directory: String? = nil) throws -> Answer {
        let output = try runRemit(
            ["gate", "deploy", "--environment", "production"] + options,
            environment: HermeticGit.environment(home: client.directory.path), directory: directory ?? client.path)
        return Answer(status: output.status, said: TestServer.words(of: output.text), talk: output.errorText)
    }

    struct Answer {
        let status: Int32
        /// What it printed, with ids, keys and times made equal.
        let said: String
        let talk: String
    }
}

func expect(
    _ answer: DeployScene.Answer, _ status: Int32, saying text: String, at location: SourceLocation = #_sourceLocation
) {
    #expect(answer.status == status, "\(answer.said)\(answer.talk)", sourceLocation: location)
    #expect(answer.said == text, sourceLocation: location)
    #expect(answer.talk.isEmpty, sourceLocation: location)
}
