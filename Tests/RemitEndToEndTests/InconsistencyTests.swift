import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// What does not fit together in pushed commits is told, and refused where the policy says so.
@Suite struct InconsistencyTests {
    private static let copilot = TestIdentity(
        "copilot-swe-agent[bot]", "198982749+Copilot@users.noreply.github.com")
    private static let gitHub = TestIdentity("GitHub", "noreply@github.com")
    /// 2026-04-01T00:00:00Z.
    private static let april: Int64 = 1_775_001_600

    /// An authority whose agents are assistants, so that a person may push their work, and that says what follows.
    private static func authority(_ reaction: Reaction?) throws -> TestAuthority {
        let authority = try TestAuthority()
        for agent in ["claude-code", "copilot-coding-agent"] {
            try authority.register(agent) { $0.autonomy = "assistant" }
        }
        try authority.publish { $0.inconsistent = reaction?.rawValue }
        return authority
    }

    /// One commit, what is said of it, and what of the saying is the same whether it is told or refused.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: Inconsistency
        let text: String
        let commit: @Sendable (TestServer) throws -> ObjectID
    }

    static let cases: [Case] = [
        Case(
            testDescription: "an agent's key under a person's name", kind: .unnamedKey,
            text: """
                commit <id> is signed by agent 'claude-code' and names no agent: key <key> is of agent claude-code
                  rule     attribution.inconsistent
                  ref      refs/heads/topic
                  found    'Dana Example <dana@example.org>'
                  ask      dana@example.org
                hint: name the agent with 'git commit --amend --trailer "Co-authored-by: <agent>"'
                """
        ) { server in
            let key = try server.authority.newKey()
            let fingerprint = try key.fingerprint()
            try server.authority.register("claude-code") {
                $0.autonomy = "assistant"
                $0.identities = ["key:\(fingerprint)"]
                $0.marks = ["claude-code"]
            }
            return try server.commit(["README.md": "1\n"], on: "refs/heads/topic", signedBy: key)
        },
        Case(
            testDescription: "the host's agent without the host's signature", kind: .hostSignature,
            text: """
                commit <id> says to be agent 'copilot-coding-agent' on its host, without the host's signature: it is not \
                signed
                  rule     attribution.inconsistent
                  ref      refs/heads/topic
                  found    'copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>'
                  ask      dana@example.org
                hint: fetch it from the host again, or take it over as committer with \
                'git rebase --force-rebase --gpg-sign <base>'
                """
        ) { server in
            try server.client.commit(
                ["README.md": "1\n"], on: "refs/heads/topic", parents: [try server.client.resolve("refs/heads/main")],
                author: copilot, committer: gitHub, at: april)
        },
        Case(
            testDescription: "an agent's sign-off", kind: .signOff,
            text: """
                commit <id> is signed off by agent 'claude-code', and only a person can certify where a change comes from
                  rule     attribution.inconsistent
                  ref      refs/heads/topic
                  found    'Signed-off-by: Claude <noreply@anthropic.com>'
                  ask      dana@example.org
                hint: take the line out and sign off yourself: 'git commit --amend --signoff'
                """
        ) { server in
            try server.commit(
                ["README.md": "1\n"], on: "refs/heads/topic",
                message: "One\n\nSigned-off-by: Claude <noreply@anthropic.com>\n")
        },
        Case(
            testDescription: "a sign-off by an agent that only the inventory knows", kind: .signOff,
            text: """
                commit <id> is signed off by agent 'builder', and only a person can certify where a change comes from
                  rule     attribution.inconsistent
                  ref      refs/heads/topic
                  found    'Signed-off-by: Builder <Builder@example.org>'
                  ask      dana@example.org
                hint: take the line out and sign off yourself: 'git commit --amend --signoff'
                """
        ) { server in
            try server.authority.register("builder") { $0.identities = ["email:builder@example.org"] }
            return try server.commit(
                ["README.md": "1\n"], on: "refs/heads/topic",
                message: "One\n\nSigned-off-by: Builder <Builder@example.org>\n")
        },
        Case(
            testDescription: "a bot's account with another number", kind: .accountNumber,
            text: """
                commit <id> names the account of 'dependabot' with a number of another: 12345, and the account has 49699333
                  rule     attribution.inconsistent
                  ref      refs/heads/topic
                  found    'dependabot[bot] <12345+dependabot[bot]@users.noreply.github.com>'
                  ask      dana@example.org
                hint: correct the number with 'git commit --amend --author <name <address>>', or in the message
                """
        ) { server in
            try server.commit(
                ["README.md": "1\n"], on: "refs/heads/topic",
                author: TestIdentity("dependabot[bot]", "12345+dependabot[bot]@users.noreply.github.com"))
        },
        Case(
            testDescription: "a bot's name with a registered person's address", kind: .accountAddress,
            text: """
                commit <id> names the account of 'github-actions' with an address of another: the address is that of a \
                person, Sam@example.org
                  rule     attribution.inconsistent
                  ref      refs/heads/topic
                  found    'github-actions[bot] <Sam@example.org>'
                  ask      dana@example.org
                hint: name yourself with 'git config user.name <name>', then 'git commit --amend --reset-author'
                """
        ) { server in
            try server.commit(
                ["README.md": "1\n"], on: "refs/heads/topic",
                author: TestIdentity("github-actions[bot]", "Sam@example.org"))
        },
    ]

    /// What the last decision observed, by its kind; every rule that observes is this one.
    private static func observed(_ server: TestServer) throws -> [String] {
        let document = try #require(try server.documents().last)
        let object = try JSONSerialization.jsonObject(with: Data(document)) as? [String: Any]
        let observations = (object?["observations"] as? [[String: Any]]) ?? []
        #expect(observations.allSatisfy { $0["rule"] as? String == "attribution.inconsistent" })
        return observations.compactMap { $0["inconsistency"] as? String }
    }

    @Test(arguments: cases) func `what does not fit is refused where the policy says so, and else told`(row: Case)
        throws
    {
        for reaction in [Reaction.refuse, .monitor, nil] {
            let authority = try Self.authority(reaction)
            let server = try TestServer(authority, settings: Scene.gitolite)
            _ = try row.commit(server)
            let trial = try server.trial("refs/heads/topic", environment: Scene.pusher("dana"))
            guard reaction == .refuse else {
                expectAllowed(trial)
                #expect(try Self.observed(server) == [row.kind.rawValue], "\(trial.said)")
                continue
            }
            expectRefused(
                trial, by: ["attribution.inconsistent"],
                saying: "refused: nothing of this push was accepted\nerror: \(row.text)\ndecision recorded")
        }
    }

    @Test func `what fits is not told of, where it would be refused`() throws {
        let authority = try Self.authority(.refuse)
        let key = try authority.newKey()
        let fingerprint = try key.fingerprint()
        try authority.register("claude-code") {
            $0.autonomy = "assistant"
            $0.identities = ["key:\(fingerprint)"]
            $0.marks = ["claude-code"]
        }
        let server = try TestServer(authority, settings: Scene.gitolite)
        // An agent's key beside the agent's name, and a person's sign-off of an agent's work.
        let message = "Draft\n\n\(TestServer.mark)\nSigned-off-by: Dana Example <dana@example.org>\n"
        try server.commit(["README.md": "1\n"], on: "refs/heads/topic", message: message, author: .agent)
        let draft = try server.trial("refs/heads/topic", environment: Scene.pusher("dana"))
        expectAllowed(draft)
        // A person who rebases what the host's agent wrote.
        try server.client.commit(
            ["README.md": "2\n"], on: "refs/heads/topic", author: Self.copilot, committer: .dana, at: Self.april)
        // A bot under its own number.
        try server.commit(
            ["README.md": "3\n"], on: "refs/heads/topic",
            author: TestIdentity("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"))
        let trial = try server.trial("refs/heads/topic", environment: Scene.pusher("dana"))
        expectAllowed(trial)
        #expect(try Self.observed(server) == [])
    }
}
