import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

@globalActor actor Delegations { static let shared = Delegations() }

/// Whether a delegation stands at the moment of the push, told word by word.
@Delegations @Suite struct DelegationTests {
    private static let authority = Result {
        let authority = try TestAuthority()
        try authority.register("codex")
        return authority
    }
    private nonisolated static let edit: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]

    private struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rules: [String]
        let said: String
        let change: @Sendable (inout TestDelegation) -> Void

        init(
            _ name: String, _ rules: String..., said: String,
            _ change: @escaping @Sendable (inout TestDelegation) -> Void
        ) {
            testDescription = name
            self.rules = rules
            self.said = said
            self.change = change
        }
    }

    private nonisolated static let faults = [
        Fault(
            "expired", "delegation.expired",
            said: "error: delegation <delegation> expired at <time>"
        ) {
            $0.expiresAt = $0.issuedAt.adding(seconds: 60)
            $0.mergeBy = nil
        },
        Fault(
            "not yet", "delegation.not-yet",
            said: "error: delegation <delegation> is not valid before <time>"
        ) { $0.issuedAt = $0.issuedAt.adding(seconds: 3 * 3600) },
        Fault(
            "another agent", "delegation.agent",
            said: "error: commit <id> is by agent 'claude-code' but delegation <delegation> is for agent 'codex'"
        ) { $0.agent = "codex" },
        Fault(
            "another repository", "delegation.repository",
            said: "error: delegation <delegation> does not grant this repository"
        ) { $0.grants[0].repository = "billing" },
        Fault(
            "another organisation", "delegation.signature",
            said: "error: delegation <delegation> is not validly signed: it is of organisation 'example.com'"
        ) { $0.organisation = "example.com" },
        Fault(
            "another delegator than its signer", "delegation.signature",
            said:
                "error: delegation <delegation> is not validly signed: <key> may not sign delegations as sam@example.org"
        ) { $0.delegator = "sam@example.org" },
        Fault(
            "a life that is longer than the role", "delegation.delegator",
            said: """
                error: delegation <delegation> grants more than its delegator may: the grant for 'payments' exceeds \
                the role of dana@example.org: its life of 721 hours is longer than 720
                """
        ) { $0.mergeBy = $0.issuedAt.adding(seconds: 3600 * 721) },
        Fault(
            "another model", "context.changed",
            said: "error: agent 'claude-code' works in a context that was not reviewed"
        ) { $0.model = "claude-opus-9" },
        Fault(
            "another tool", "context.changed",
            said: "error: agent 'claude-code' works in a context that was not reviewed"
        ) {
            $0.model = "claude-opus-4-6"
            $0.tools = ["edit", "deploy"]
        },
        Fault(
            "a parent", "delegation.chain",
            said:
                "error: the chain above delegation <delegation> does not hold: its parent <id> is not in the authority"
        ) { $0.parent = RecordID(of: [1]) },
        Fault(
            "no pushes", "limit.pushes",
            said: "error: delegation <delegation> allows 0 pushes and this makes 1"
        ) { $0.limits = ["pushes": 0] },
        Fault(
            "no commits", "limit.commits",
            said: "error: delegation <delegation> allows 0 commits and this makes 1"
        ) { $0.limits = ["commits": 0] },
        Fault(
            "no files", "limit.files",
            said: "error: delegation <delegation> allows 0 files and this makes 1"
        ) { $0.limits = ["files": 0] },
        Fault(
            "no lines", "limit.lines",
            said: "error: delegation <delegation> allows 0 lines and this makes 1"
        ) { $0.limits = ["lines": 0] },
        Fault(
            "too few bytes", "limit.bytes",
            said: "error: delegation <delegation> allows 15 bytes and this makes 16"
        ) { $0.limits = ["bytes": 15] },
    ]

    @Test(arguments: faults)
    private func `a delegation that does not stand refuses`(_ fault: Fault) throws {
        let scene = try Scene(try Self.authority.get(), fault.change)
        try scene.agent(Self.edit)
        let trial = try scene.server.trial(Scene.branch)
        expectRefused(trial, by: fault.rules)
        #expect(trial.said.split(separator: "\n").contains { $0.hasPrefix(fault.said) }, "\(trial.said)")
    }

    @Test func `limits that are just reached allow`() throws {
        let scene = try Scene(try Self.authority.get()) {
            $0.limits = ["commits": 1, "files": 1, "lines": 1, "bytes": 16, "pushes": 1]
        }
        try scene.agent(Self.edit)
        expectAllowed(try scene.server.trial(Scene.branch))
    }

    @Test(arguments: [Revocation.Cause.ended, .superseded, .compromised])
    func `a revoked delegation refuses`(_ cause: Revocation.Cause) throws {
        let scene = try Scene(try Self.authority.get())
        try scene.authority.revoke(.delegation(scene.delegation.id), cause: cause)
        try scene.agent(Self.edit)
        expectRefused(
            try scene.server.trial(Scene.branch), by: ["delegation.revoked"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> was revoked: \(cause.rawValue): the task is done
                  rule     delegation.revoked
                  ref      refs/heads/agent/PAY-42/work
                  commit   <id>
                  by       delegation <delegation>
                  since    <time>
                  ask      dana@example.org
                hint: see the revocation with 'remit show <delegation>', and ask dana@example.org for a new delegation \
                made with 'remit grant'
                decision recorded
                """)
    }

    @Test func `a suspended agent refuses`() throws {
        let scene = try Scene(try TestAuthority())
        try scene.authority.revoke(.agent("claude-code"), reason: "it deleted a table")
        try scene.agent(Self.edit)
        expectRefused(
            try scene.server.trial(Scene.branch), by: ["delegation.suspended"],
            saying: """
                refused: nothing of this push was accepted
                error: agent 'claude-code' is suspended: ended: it deleted a table
                  rule     delegation.suspended
                  ref      refs/heads/agent/PAY-42/work
                  commit   <id>
                  ask      dana@example.org
                hint: ask dana@example.org when its suspension ends, or take its commits out with 'git rebase -i'
                decision recorded
                """)
    }

    @Test func `an agent whose review is overdue refuses`() throws {
        let authority = try TestAuthority()
        try authority.register { $0.reviewBy = authority.now.adding(seconds: -1) }
        let scene = try Scene(authority)
        try scene.agent(Self.edit)
        expectRefused(
            try scene.server.trial(Scene.branch), by: ["delegation.review-overdue"],
            saying: """
                refused: nothing of this push was accepted
                error: the review of agent 'claude-code' was due at <time>
                  rule     delegation.review-overdue
                  ref      refs/heads/agent/PAY-42/work
                  commit   <id>
                  ask      dana@example.org
                hint: ask dana@example.org to review it, then try with 'remit check <base>..HEAD'
                decision recorded
                """)
    }

    @Test func `an agent that nobody registered refuses`() throws {
        let server = try TestServer(try Self.authority.get())
        try server.commit(Self.edit, message: "Retry\n\nCo-Authored-By: Cursor <cursoragent@cursor.com>\n")
        expectRefused(
            try server.trial("refs/heads/main"), by: ["attribution.unregistered"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> is by agent 'cursor' that the inventory does not know
                  rule     attribution.unregistered
                  ref      refs/heads/main
                  found    'Co-Authored-By: Cursor <cursoragent@cursor.com>'
                  ask      dana@example.org
                hint: ask dana@example.org to register it with 'remit agent add cursor'
                decision recorded
                """)
    }

    @Test func `a delegation that the authority does not hold refuses`() throws {
        let scene = try Scene(try Self.authority.get())
        let message = "Retry\n\nDelegation: sha256:\(String(repeating: "0", count: 64))\n"
        try scene.server.commit(Self.edit, message: message, signedBy: scene.authority.dana)
        expectRefused(
            try scene.server.trial("refs/heads/main"), by: ["delegation.unknown"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> names delegation '\(String(repeating: "0", count: 64))' that the authority does not hold
                  rule     delegation.unknown
                  ref      refs/heads/main
                  ask      dana@example.org
                hint: find the right id with 'remit show <delegation>' and correct the commit with 'git commit --amend', \
                or ask dana@example.org for a delegation
                decision recorded
                """)
    }

    /// With `commit.gpgsign`, git signs in its own namespace whatever an agent commits: that is no consent.
    @Test(arguments: ["git", "remit-approval", "file"])
    func `a record signed for another purpose refuses`(_ namespace: String) throws {
        let authority = try Self.authority.get()
        let server = try TestServer(authority)
        let delegation = try authority.delegate(in: namespace)
        try server.commit(Self.edit, under: delegation)
        expectRefused(try server.trial(Scene.branch), by: ["delegation.signature"])
    }

    @Test func `a person without a role cannot delegate`() throws {
        let authority = try Self.authority.get()
        let server = try TestServer(authority)
        let delegation = try authority.delegate(signedBy: authority.sam) { $0.delegator = "sam@example.org" }
        try server.commit(Self.edit, under: delegation)
        let trial = try server.trial(Scene.branch)
        expectRefused(trial, by: ["delegation.delegator"])
        #expect(trial.said.contains("sam@example.org has no role as a delegator"))
    }
}
