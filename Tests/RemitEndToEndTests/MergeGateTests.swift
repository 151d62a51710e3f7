import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor MergeGates { static let shared = MergeGates() }

/// `remit gate merge`: what would land, judged in a job where nobody pushes.
@MergeGates @Suite struct MergeGateTests {
    static let authority = Result { try TestAuthority() }
    private static let edit: [String: FileEdit] = ["Sources/Retry.swift": "let retries = 3\n"]

    private static func scene() throws -> Scene {
        let scene = try Scene(try authority.get(), settings: Scene.gitolite)
        try scene.agent(edit)
        return scene
    }

    @Test func `an agent's branch lands with the approval of its tip, and is told so without`() throws {
        let scene = try Self.scene()
        expectRefused(
            try scene.gate(), by: ["approval.missing"],
            saying: """
                refused: this merge must not happen
                error: commit <id> may be landed here only by a person: no approval says who lands it
                  rule     approval.missing
                  ref      refs/heads/main
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: let a registered person look at it and run 'remit approve <id> --reason WHY', then run this job again
                """)
        try scene.approve()
        expectAllowed(
            try scene.gate(),
            saying: """
                allowed to land 1 commit of claude-code under delegation <delegation> of dana@example.org
                approved by sam@example.org
                """)
    }

    @Test func `a commit after the approved one makes it stale`() throws {
        let scene = try Self.scene()
        try scene.approve()
        try scene.agent(["Sources/More.swift": "1\n"])
        let gated = try scene.gate()
        expectRefused(gated, by: ["approval.missing", "approval.stale"])
        #expect(
            gated.said.contains(
                """
                error: an approval does not count for 2 commits: sam@example.org approved commit <id>, not what came \
                after it
                """), "\(gated.said)")
    }

    @Test func `the host's merge commit is approved by the branch, also when it is not up to date`() throws {
        let scene = try Self.scene()
        try scene.approve()
        let head = try scene.client.resolve(Scene.branch)
        let upToDate = try scene.host(head.hex, on: [try scene.client.resolve("main"), head])
        expectAllowed(try scene.gate(result: upToDate))
        // As a job sees it that is told of the trial merge alone.
        expectAllowed(try scene.gate(upToDate.hex))

        let base = try scene.advanceMain(["README.md": "payments, with limits\n"])
        let merge = try scene.client.commitTree(
            ObjectID(hex: try scene.merged(base, head)) ?? head, parents: [base, head], message: "Merge\n")
        expectAllowed(try scene.gate())
        expectAllowed(try scene.gate(result: merge))
        expectAllowed(try scene.gate(merge.hex))
    }

    @Test func `what main has of its own is not the branch's`() throws {
        let scene = try Self.scene()
        try scene.approve()
        try scene.advanceMain(["Deploy/limit": "100\n"])
        expectAllowed(
            try scene.gate(options: "--format", "text"),
            saying: """
                allowed to land 1 commit of claude-code under delegation <delegation> of dana@example.org
                approved by sam@example.org
                """)
    }

    @Test func `an evil merge is refused`() throws {
        let scene = try Self.scene()
        try scene.approve()
        let (base, head) = (try scene.client.resolve("main"), try scene.client.resolve(Scene.branch))
        let tree = try scene.tree(of: head, ["Deploy/evil": "rm -r /\n"])
        let agents = try scene.client.commitTree(
            tree, parents: [base, head], message: scene.message, signedBy: scene.delegation.taskKey)
        let refused = try scene.gate(result: agents)
        expectRefused(refused, by: ["approval.missing", "approval.stale", "scope.path"])
        #expect(
            refused.said.contains(
                """
                error: commit <id> changes 'Deploy/evil' outside its grant
                  rule     scope.path
                """), "\(refused.said)")
        // Nobody's marks on it: then it is not what was approved.
        let hosts = try scene.client.commitTree(tree, parents: [base, head], message: "Merge\n")
        expectRefused(try scene.gate(result: hosts), by: ["approval.missing", "approval.stale"])
    }

    @Test func `a forbidden edit and its revert are refused`() throws {
        let scene = try Self.scene()
        try scene.agent(["Deploy/run.sh": "run\n"])
        try scene.agent(["Deploy/run.sh": .delete])
        try scene.approve()
        expectRefused(
            try scene.gate(), by: ["scope.path"],
            saying: """
                refused: this merge must not happen
                error: 2 commits change 'Deploy/run.sh' outside their grant
                  rule     scope.path
                  ref      refs/heads/main
                  commits  <id> <id>
                  granted  Sources/** Tests/** except Sources/Secrets/**
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: take the change out with 'git rebase -i', or ask dana@example.org for a wider grant
                """)
    }

    @Test func `an agent's commit behind a person's merge is found`() throws {
        let scene = try Scene(try Self.authority.get(), settings: Scene.gitolite)
        let hidden = try scene.agent(["Deploy/run.sh": "run\n"])
        let own = try scene.server.commit(["README.md": "mine\n"], on: "refs/heads/topic")
        let merge = try scene.host(own.hex, on: [own, hidden], message: "Merge\n")
        try scene.client.setRef("refs/heads/topic", to: merge)
        try scene.approve("refs/heads/topic")
        expectRefused(try scene.gate("refs/heads/topic"), by: ["scope.path"])
    }

    @Test func `every branch of a queue is judged, and approved by itself or by the end of the queue`() throws {
        let scene = try Self.scene()
        let other = try scene.agent(["Sources/Other.swift": "1\n"], on: "refs/heads/agent/PAY-42/other")
        let base = try scene.client.resolve("main")
        let head = try scene.client.resolve(Scene.branch)
        let first = try scene.client.commitTree(
            try scene.client.resolve("\(head.hex)^{tree}"), parents: [base, head], message: "Merge one\n")
        let last = try scene.client.commitTree(
            ObjectID(hex: try scene.merged(first, other)) ?? other, parents: [first, other], message: "Merge two\n")
        try scene.approve(head.hex)
        let refused = try scene.gate(last.hex)
        expectRefused(refused, by: ["approval.missing"])
        #expect(
            refused.output.text.contains("run 'remit approve \(other.abbreviated) --reason WHY'"), "\(refused.said)")
        try scene.approve(other.hex)
        expectAllowed(
            try scene.gate(last.hex),
            saying: """
                allowed to land 2 commits of claude-code under delegation <delegation> of dana@example.org
                approved by sam@example.org
                """)

        let whole = try Self.scene()
        let merge = try whole.host(Scene.branch, on: [base, try whole.client.resolve(Scene.branch)])
        try whole.approve(merge.hex)
        expectAllowed(try whole.gate(merge.hex))
    }

    @Test func `the findings are those of a push`() throws {
        let scene = try Self.scene()
        try scene.agent(["Deploy/run.sh": "run\n", "AGENTS.md": "be kind\n"])
        try scene.server.commit(["Sources/A.swift": "1\n"], under: scene.delegation, isSigned: false)
        try scene.server.commit(["README.md": "2\n"], on: Scene.branch, message: "draft\n\n\(TestServer.mark)\n")
        let gated = try scene.gate(options: "--format", "json")
        #expect(gated.status == 1)
        _ = try scene.server.trial("\(Scene.branch):refs/heads/main")
        let pushed = try scene.server.documents().last.map { try Self.findings($0) } ?? []
        #expect(try Self.findings(gated.output.stdout) == pushed)
        #expect(Set(pushed.map(\.[0])).count == 4)
    }

    /// Each finding's rule, commit and path.
    private static func findings(_ json: [UInt8]) throws -> [[String]] {
        let decision = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
        let findings = decision?["findings"] as? [[String: Any]] ?? []
        return findings.map { finding in ["rule", "commit", "path"].map { finding[$0] as? String ?? "" } }
    }

    @Test func `monitor mode says what it would have refused and lets it through`() throws {
        let scene = try Self.scene()
        let gated = try scene.gate(options: "--mode", "monitor")
        #expect(gated.status == 0)
        #expect(gated.said.hasPrefix("monitor: would have refused this merge\nwarning: commit <id> may be"))
    }

    @Test func `authenticated asks for an approval or for signatures`() throws {
        let authority = try TestAuthority()
        try authority.publish { $0.attribution = "authenticated" }
        let scene = try Scene(authority)
        try scene.server.commit(["README.md": "2\n"], on: "refs/heads/topic")
        expectRefused(
            try scene.gate("refs/heads/topic"), by: ["attribution.unattributed"],
            saying: """
                refused: this merge must not happen
                error: this submission does not prove who wrote it: not every commit is signed, and no registered \
                person has approved the tip
                  rule     attribution.unattributed
                  ref      refs/heads/main
                  ask      dana@example.org
                hint: sign with a registered key: 'git rebase --force-rebase --gpg-sign <base>'
                hint: or let a registered person look at it and run 'remit approve <id> --reason WHY'
                """)
        try scene.approve("refs/heads/topic")
        expectAllowed(try scene.gate("refs/heads/topic"))
        try scene.server.commit(["README.md": "2\n"], on: "refs/heads/signed", signedBy: authority.dana)
        expectAllowed(try scene.gate("refs/heads/signed"))
    }
}
