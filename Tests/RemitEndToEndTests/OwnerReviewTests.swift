import Foundation
import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

/// `remit review` over an authority and the ledger of real pushes.
@Suite struct OwnerReviewTests {
    private func review(_ installed: Installed, _ options: String..., ledger: Bool = true) throws -> Output {
        try installed.remit(
            ["review", "--authority", installed.authority.path]
                + (ledger ? ["--ledger", installed.server.ledgerPath] : []) + options)
    }

    /// A delegation of two days ago that lasts for another week.
    private func delegate(
        _ installed: Installed, _ change: (inout TestDelegation) -> Void = { _ in }
    ) throws -> TestDelegation.Issued {
        let now = installed.authority.now
        return try installed.authority.delegate {
            $0.issuedAt = now.adding(seconds: -2 * 86_400)
            $0.expiresAt = now.adding(seconds: 7 * 86_400)
            $0.mergeBy = now.adding(seconds: 8 * 86_400)
            change(&$0)
        }
    }

    private func push(_ installed: Installed, _ ref: String, as person: String = "dana") throws -> Output {
        try installed.server.push(ref, environment: Scene.pusher(person))
    }

    /// The clauses that a review proposes, read as `remit grant --grants` reads them.
    private func proposed(_ text: String) throws -> [Grant] {
        let lines = text.split(separator: "\n").drop { !$0.hasSuffix("these clauses would have sufficed:") }
            .dropFirst().prefix { $0.hasPrefix("          ") }
        return try Grant.list(record: Array(lines.map { $0 + "\n" }.joined().utf8), file: "proposed")
    }

    @Test func `a delegation wider than its use is told with clauses that are enough for it`() throws {
        let installed = try Installed("--host", "gitolite")
        let delegation = try delegate(installed) {
            $0.grants[0].paths = ["Sources/**", "Tests/**", "Docs/**/*.md"]
            $0.grants[0].operations += ["file.delete", "ref.delete"]
            $0.grants[0].environments = ["production"]
        }
        let edits: [[String: FileEdit]] = [
            ["Sources/Pay/Retry.swift": "1\n", "Docs/pay/retry.md": "1\n"], ["Sources/Pay/Wait.swift": "1\n"],
        ]
        for edit in edits {
            try installed.server.commit(edit, under: delegation)
            let pushed = try push(installed, Scene.branch)
            #expect(pushed.status == 0, "\(pushed.errorText)")
        }
        let landed = try push(installed, "\(Scene.branch):refs/heads/main", as: "sam")
        #expect(landed.status == 0, "\(landed.errorText)")
        // What is refused was not done.
        try installed.server.commit(["Tests/PayTests.swift": "1\n", "Deploy/x": "1\n"], under: delegation)
        #expect(try push(installed, Scene.branch).status != 0)

        let found = try review(installed)
        #expect(found.status == 1, "\(found.errorText)")
        let heading =
            "due     delegation \(delegation.id.abbreviated) to claude-code for PAY-42 allows more than was done"
        #expect(found.text.contains(heading), "\(found.text)")
        for line in [
            "        used in 3 decisions; never touched, in all of the logs read:", "          paths: Tests/**",
            "          operations: ref.delete, file.modify, file.delete", "          environments: production",
            "        ask dana@example.org",
            "        run: remit revoke \(delegation.id.abbreviated) --cause superseded --reason \"a narrower one took "
                + "its place\"",
        ] {
            #expect(found.lines.contains(line), "\(line)\n\(found.text)")
        }
        let clauses = try proposed(found.text)
        let clause = try #require(clauses.first)
        #expect(clauses.count == 1 && clause.repository == "payments")
        #expect(clause.refs.map(\.description) == ["refs/heads/agent/PAY-42/**"])
        #expect(clause.mergeInto.map(\.description) == ["refs/heads/main"])
        #expect(clause.paths.patterns.map(\.description) == ["Sources/Pay/**", "Docs/pay/**/*.md"])
        #expect(clause.paths.except.isEmpty && clause.environments.isEmpty)
        #expect(clause.operations == [.refCreate, .refUpdate, .fileCreate])

        // A delegation of just these clauses is enough for the same work, and for no more.
        let scene = try Scene(installed.authority, settings: Scene.gitolite) {
            $0.grants[0].paths = clause.paths.patterns.map(\.description)
            $0.grants[0].except = []
            $0.grants[0].operations = clause.operations.map(\.rawValue)
        }
        for edit in edits {
            try scene.agent(edit)
            expectAllowed(try scene.server.trial(Scene.branch, environment: Scene.pusher("dana")))
        }
        expectAllowed(
            try scene.server.trial("\(Scene.branch):refs/heads/main", environment: Scene.pusher("sam")))
        try scene.agent(["Tests/PayTests.swift": "1\n"])
        expectRefused(try scene.server.trial(Scene.branch), by: ["scope.path"])
    }

    @Test func `what was handed on counts for what it was handed on from, landed work too`() throws {
        let installed = try Installed("--host", "gitolite")
        let parent = try delegate(installed) { $0.hops = 1 }
        let child = try installed.authority.subdelegate(parent) {
            $0.issuedAt = installed.authority.now.adding(seconds: -86_400)
            $0.agent = "claude-code"
        }
        try installed.server.commit(["Sources/Pay/Retry.swift": "1\n"], under: child)
        let pushed = try push(installed, Scene.branch)
        #expect(pushed.status == 0, "\(pushed.errorText)")
        let landed = try push(installed, "\(Scene.branch):refs/heads/main", as: "sam")
        #expect(landed.status == 0, "\(landed.errorText)")
        let told = try review(installed)
        let start = try #require(
            told.lines.firstIndex { $0.hasPrefix("due     delegation \(parent.id.abbreviated) ") }, "\(told.text)")
        let rest = told.lines[start...].dropFirst().prefix { $0.hasPrefix("        ") }
        #expect(rest.contains("        used in 2 decisions; never touched, in all of the logs read:"), "\(told.text)")
        #expect(rest.contains("          paths: Tests/**"))
        #expect(rest.contains("          merge_into = [\"refs/heads/main\"]"))
        #expect(!rest.contains { $0.hasPrefix("          refs to land in:") })
    }

    @Test func `what is not on record is not called unused`() throws {
        let installed = try Installed("--host", "gitolite")
        let delegation = try delegate(installed) {
            $0.grants.append(TestDelegation.Grant())
            $0.grants[1].repository = "web"
        }
        try installed.server.commit(["Sources/Pay/Retry.swift": "1\n"], under: delegation)
        #expect(try push(installed, Scene.branch).status == 0)
        let told = try review(installed)
        #expect(
            told.lines.contains("        nothing is said of web: the evidence read has nothing of it"), "\(told.text)")
        #expect(!told.text.contains("repositories: web"))
        #expect(try proposed(told.text).map(\.repository) == ["payments", "web"])

        // Something gets by: now nothing is said of this repository either.
        try FileManager.default.removeItem(atPath: installed.hook)
        try installed.server.commit(["README.md": "2\n"])
        #expect(try push(installed, "refs/heads/main").status == 0)
        let after = try review(installed)
        #expect(after.status == 1)
        #expect(after.text.contains("URGENT  1 update landed in payments without a decision\n"), "\(after.text)")
        #expect(!after.text.contains("allows more than was done"), "\(after.text)")
    }

    @Test func `what nobody declared, what was refused again and again, and by what it was let through`() throws {
        let installed = try Installed("--host", "gitolite")
        let authority = installed.authority
        let delegation = try delegate(installed)
        let devin = "Co-Authored-By: Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>"
        try installed.server.commit(["a.txt": "1\n"], on: "refs/heads/topic", message: "a\n\n\(devin)\n")
        #expect(try push(installed, "refs/heads/topic").status != 0)
        for number in 1...3 {
            try installed.server.commit(["Deploy/\(number)": "1\n"], under: delegation)
            #expect(try push(installed, Scene.branch).status != 0)
        }
        let exception = TestException(
            for: try installed.server.client.resolve(Scene.branch), rules: ["scope.path"], at: authority.now)
        var onBranch = exception
        onBranch.ref = Scene.branch
        try authority.except(onBranch)
        let excepted = try push(installed, Scene.branch)
        #expect(excepted.status == 0, "\(excepted.errorText)")

        let found = try review(installed, "--format", "json")
        #expect(found.status == 1, "\(found.errorText)")
        let read = try #require(JSONSerialization.jsonObject(with: Data(found.stdout)) as? [String: Any])
        #expect(read["schema"] as? String == "review/v1" && read["pressing"] as? Bool == true)
        let matters = try #require(read["matters"] as? [[String: Any]])
        func about(_ kind: String) -> [String: Any]? {
            matters.first { $0["kind"] as? String == kind }?["about"] as? [String: Any]
        }
        #expect(about("undeclared-agent")?["agent"] as? String == "devin")
        #expect(about("refusals")?["rule"] as? String == "scope.path")
        #expect(about("refusals")?["agent"] as? String == "claude-code")
        #expect(about("refusals")?["decisions"] as? Int == 3)
        #expect(about("exception-used")?["decisions"] as? Int == 1)
        let refusals = try #require(matters.first { $0["kind"] as? String == "refusals" })
        #expect((refusals["entries"] as? [[String: Any]])?.compactMap { $0["sequence"] as? Int } == [3, 4, 5])
        let text = try review(installed).text
        #expect(text.contains("run: remit agent add devin"))
        #expect(
            text.contains("run: take the change out with 'git rebase -i', or ask dana@example.org for a wider grant"))

        // Of a time before all of that there is nothing of it.
        let before = try review(installed, "--since", "2020-01-01", "--until", "2020-02-01", "--format", "json").text
        for kind in ["undeclared-agent", "refusals", "exception-used"] {
            #expect(!before.contains(kind), "\(before)")
        }
    }

    @Test func `an authority by itself tells what stands in it`() throws {
        let installed = try Installed(installs: false, baseline: false)
        let authority = installed.authority
        let quiet = try review(installed, ledger: false)
        #expect(quiet.status == 0, "\(quiet.text)\(quiet.errorText)")
        #expect(quiet.lines[0] == "nothing to look at, 0 notes")
        #expect(
            quiet.lines[3]
                == "no evidence was read, so that nothing is known of what was used, seen or refused: name a ledger "
                + "with --ledger")

        let key = try authority.newKey()
        let print = "key:\(try key.fingerprint())"
        try authority.register("codex-cli") {
            $0.identities = [print]
            $0.reviewBy = authority.now.adding(seconds: 3 * 86_400)
            $0.technicalOwners = ["sam@example.org"]
        }
        try authority.register("jules") {
            $0.identities = [print]
            $0.reviewBy = authority.now.adding(seconds: -3 * 86_400)
        }
        _ = try authority.delegate {
            $0.issuedAt = authority.now.adding(seconds: -9 * 86_400)
            $0.expiresAt = authority.now.adding(seconds: -8 * 86_400)
            $0.mergeBy = nil
        }
        let found = try review(installed, ledger: false)
        #expect(found.status == 1)
        let shared = "URGENT  key \(try key.fingerprint()) is in 2 hands: what it signs proves nobody"
        for line in [
            shared, "        agent codex-cli", "        agent jules",
            "        ask sam@example.org or dana@example.org", "        run: remit agent review codex-cli",
        ] {
            #expect(found.lines.contains(line), "\(line)\n\(found.text)")
        }
        #expect(found.text.contains("due     the review of agent codex-cli is due at "))
        #expect(found.text.contains(" (3 days ago): it may not act until then\n"))
        #expect(found.text.contains("note    1 delegation has run out; records stay, nothing need be done\n"))
        let markdown = try review(installed, "--format", "markdown", ledger: false)
        #expect(markdown.status == 1)
        #expect(markdown.text.hasPrefix("# Review\n\n<pre>\n"))
        #expect(markdown.text.contains("\n## Urgent\n\n<pre>\nkey "))
    }

    @Test(arguments: [
        (["--since", "yesterday"], "The value 'yesterday' is invalid for '--since <when>'"),
        (["--since", "2026-02-01", "--until", "2026-02-01"], "--since 2026-02-01T00:00:00Z is not before --until"),
        (["1f2e3d4c5b6a", "--since", "7d"], "--since, --until and --ledger are for the review of everything"),
        (["1f2e3d4c5b6a", "--requests"], "give either a request or --requests"),
        (["--requests", "--format", "markdown"], "requests are told as text or json"),
    ])
    func `what makes no sense is refused`(options: [String], words: String) throws {
        let directory = try TemporaryDirectory()
        let authority = try TestAuthority()
        defer { withExtendedLifetime(authority) {} }
        let output = try spawn(
            [try BuiltProducts.remit, "review"] + options,
            environment: HermeticGit.environment(home: directory.path)
                .merging(["REMIT_AUTHORITY": authority.path]) { $1 }, directory: directory.path)
        #expect(output.status == 64, "\(output.errorText)")
        #expect(output.errorText.contains(words), "\(output.errorText)")
    }
}
