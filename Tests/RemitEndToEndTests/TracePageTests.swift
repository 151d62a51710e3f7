import Foundation
import RemitLedger
import RemitModel
import RemitReport
import RemitTestSupport
import Testing

@globalActor actor TracePages { static let shared = TracePages() }

/// `remit trace --format html` over the ledger of real pushes, opened in a real browser.
@TracePages @Suite struct TracePageTests {
    private static let codex = "Co-Authored-By: Codex <codex@openai.com>"
    /// A name that git takes for a ref, and that would be markup on a careless page.
    private static let hostile = "refs/heads/agent/PAY-42/<img/src=x/onerror=alert(1)>\"'&\u{202e}"

    private static func trace(_ server: TestServer, _ arguments: [String]) throws -> Output {
        try spawn(
            [BuiltProducts.remit, "trace", "--ledger", server.ledgerPath] + arguments,
            environment: HermeticGit.environment(home: server.directory.path), directory: server.client.path
        ).mustSucceed()
    }

    /// One question's answer in all its forms.
    private struct Told {
        let page: Browsed
        let text: Output
        let json: JSON

        /// What the text or the JSON says and the page does not.
        var missing: [String] {
            let shown = page.text
            let numbers = Set(shown.split { !$0.isNumber }.map(String.init))
            // A ref is created: that says the same as an old id of zeros.
            let values = Set(json.values).subtracting([ObjectID.zero.hex]).filter { value in
                Int(value) == nil
                    ? !shown.contains(Escaping.text(Array(value.utf8), limit: .max)) : !numbers.contains(value)
            }
            // Ids, names, times and places; words of ours may differ, and the text has some of them in quotes.
            let facts = text.text.replacing("\\x27", with: "'").split { " ,\n'".contains($0) }.map {
                String($0).trimmingCharacters(in: [":", "(", ")"])
            }
            let places = facts.filter {
                $0.contains { $0.isNumber || "/@".contains($0) } && $0 != ObjectID.zero.abbreviated
            }
            return values + places.filter { !shown.contains($0) }
        }
    }

    /// Makes pages of what was asked for and opens them.
    private static func browse(
        _ server: TestServer, _ questions: [(name: String, arguments: [String])]
    ) throws -> [Told] {
        let directory = try TemporaryDirectory()
        var files: [String] = []
        for question in questions {
            let file = "\(directory.path)/\(question.name).html"
            let output = try trace(server, question.arguments + ["--format", "html", "--output", file])
            #expect(output.stdout.isEmpty)
            files.append(file)
        }
        let pages = try Browsed.open(files, in: directory)
        try #require(pages.count == questions.count)
        return try zip(pages, questions).map { page, question in
            Told(
                page: page, text: try trace(server, question.arguments),
                json: try JSONDecoder().decode(
                    JSON.self, from: Data(trace(server, question.arguments + ["--format", "json"]).stdout)))
        }
    }

    /// A JSON value, and every text and number in it.
    private enum JSON: Decodable {
        case values([String])

        var values: [String] {
            switch self {
            case .values(let values): values
            }
        }

        init(from decoder: any Decoder) throws {
            if let members = try? decoder.singleValueContainer().decode([String: JSON].self) {
                let told = members.filter { $0.key != "schema" }
                self = .values(members["base64"] == nil ? told.sorted { $0.key < $1.key }.flatMap(\.value.values) : [])
            } else if let elements = try? decoder.singleValueContainer().decode([JSON].self) {
                self = .values(elements.flatMap(\.values))
            } else if let text = try? decoder.singleValueContainer().decode(String.self) {
                self = .values([text])
            } else if let number = try? decoder.singleValueContainer().decode(Int.self) {
                self = .values([String(number)])
            } else {
                // `null`, `true` and `false`.
                self = .values([])
            }
        }
    }

    private static func installPostReceive(_ scene: Scene) throws {
        try scene.server.repository.installHook(
            "post-receive", "#!/bin/sh\nexec '\(try BuiltProducts.hook)' post-receive\n")
    }

    @Test func `one commit: who authorised it, what was allowed, why, and what became of it`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite) {
            $0.model = "claude-opus-4-6"
            $0.tools = ["edit", "bash"]
            $0.limits = ["commits": 40, "pushes": 20]
        }
        try Self.installPostReceive(scene)
        let commit = try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch, environment: Scene.pusher("dana")))
        let told = try #require(try Self.browse(scene.server, [("commit", [commit.hex])]).first)
        told.page.expectSound()
        #expect(told.missing == [])
        let lines = told.page.text.split(separator: "\n").map(String.init)
        let id = scene.delegation.id.abbreviated
        #expect(lines.first == "Trace of commit \(commit.hex)")
        #expect(
            lines.contains(
                "✓ allowed dana@example.org authorised it, by delegation \(id) to claude-code for PAY-42: "
                    + "Retry the settlement job with backoff"))
        #expect(
            lines.contains {
                $0.hasPrefix(
                    "claude-code could push to refs/heads/agent/PAY-42/** in payments and change Sources/**, Tests/** "
                        + "except Sources/Secrets/**, from ")
            })
        #expect(
            lines.contains { $0.hasPrefix("Decision 1 of ") && $0.contains(" allowed it: all ") }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("It landed: entry 2 of ") })
        #expect(lines.contains { $0.hasSuffix("claude-code, owned by dana@example.org") })
        #expect(lines.contains("dana@example.org signed that delegation and is accountable"))
        #expect(lines.contains("remit replay 1 --ledger \(scene.server.ledgerPath)"))
    }

    @Test func `a busy delegation, with hostile names, on one page`() throws {
        let authority = try TestAuthority()
        try authority.register("codex-cli") {
            $0.technicalOwners = ["tom@example.org"]
            $0.vendor = "<script>alert(1)</script>"
        }
        let scene = try Scene(authority, settings: Scene.gitolite) {
            $0.hops = 1
            $0.limits = ["pushes": 20]
            $0.purpose = "</style><script>alert(1)</script><!-- \" onmouseover=alert(1) x='"
        }
        try Self.installPostReceive(scene)
        let part = try authority.subdelegate(scene.delegation) {
            $0.agent = "codex-cli"
            $0.purpose = "The tests of it"
            $0.grants[0].paths = ["Tests/**"]
            $0.grants[0].except = []
            $0.limits = ["pushes": 10]
        }
        func push(_ ref: String, as person: String = "dana") throws -> Trial {
            try scene.server.trial(ref, environment: Scene.pusher(person))
        }
        try scene.agent(["Deploy/</style><script>alert(1)</script>\"'.yml": "x\n", "Deploy/\u{1b}[31m\u{202e}": "y\n"])
        expectRefused(try push(Scene.branch), by: ["scope.path"])
        var exception = TestException(
            for: try scene.client.resolve(Scene.branch), rules: ["scope.path"], at: authority.now)
        exception.ref = Scene.branch
        exception.reason = "<b>production</b> is down"
        try authority.except(exception)
        expectAllowed(try push(Scene.branch))
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"], on: Self.hostile)
        expectAllowed(try push(Self.hostile))
        let tests = "refs/heads/agent/PAY-42/tests"
        try scene.server.commit(["Tests/Retry.swift": "1\n"], under: part, on: tests, mark: Self.codex)
        expectAllowed(try push(tests))
        expectAllowed(try push("\(tests):refs/heads/main", as: "sam"))
        // Past the gate, as somebody could who can write hooks.
        let unjudged = try scene.server.commit(["README.md": "by the back door\n"], on: "refs/heads/side")
        try FileManager.default.removeItem(atPath: "\(scene.server.repository.gitDirectory)/hooks/pre-receive")
        #expect(try scene.server.push("refs/heads/side").status == 0)
        try scene.server.repository.installHook(
            "pre-receive", "#!/bin/sh\nexec '\(try BuiltProducts.hook)' pre-receive\n")
        try authority.revoke(.delegation(scene.delegation.id), cause: .compromised, reason: "<i>the key leaked</i>")
        let last = try scene.agent(["Sources/More.swift": "1\n"])
        expectRefused(try push(Scene.branch), by: ["delegation.revoked"])

        let told = try Self.browse(
            scene.server,
            [
                ("delegation", [scene.delegation.id.hex]), ("agent", ["--agent", "codex-cli"]),
                ("revoked", [last.hex]), ("ref", [Self.hostile]), ("unjudged", [unjudged.hex]),
            ])
        for told in told {
            told.page.expectSound()
            #expect(told.missing == [])
        }
        let delegation = told[0].page.text
        #expect(delegation.contains("! allowed by exception"))
        #expect(delegation.contains("</style><script>alert(1)</script><!-- \" onmouseover=alert(1) x='"))
        #expect(delegation.contains("Deploy/\\x1b[31m\\u{202e}"))
        #expect(delegation.contains("\(part.id.abbreviated)") && delegation.contains("✗ revoked"))
        #expect(told[1].page.text.contains("codex-cli, owned by tom@example.org, dana@example.org"))
        let revoked = told[2].page.text
        #expect(
            revoked.contains("✗ refused Nobody authorised it. It names delegation \(scene.delegation.id.abbreviated)"))
        #expect(revoked.contains("was revoked: compromised: <i>the key leaked</i>"))
        let ref = told[3].page.text
        #expect(ref.contains("refs/heads/agent/PAY-42/<img/src=x/onerror=alert(1)>\"'&\\u{202e}"))
        let bypass = told[4].page.text
        #expect(bypass.contains("No decision about it is recorded: nothing judged it."))
        #expect(bypass.contains("✗ without a decision"))
    }

    @Test func `a deployment: the job, what it claims and proves, the commit and its delegation`() throws {
        let scene = try TokenScene { $0.environments[0].deployFrom = ["refs/heads/main"] }
        let delegation = try scene.authority.delegate { $0.grants[0].environments = ["production"] }
        let commit = try scene.server.commit(
            ["Sources/Retry.swift": "let retries = 3\n"], under: delegation, on: "refs/heads/main")
        try scene.server.client.git("push", "-q", "origin", "main")
        try scene.server.client.git("fetch", "-q", "origin")
        try scene.give(["sha": "\"\(commit.hex)\""])
        _ = try Ledger.open(
            at: ByteString(scene.server.ledgerPath), create: true, deadline: .now.advanced(by: .seconds(10)))
        let variables = [
            "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "example/payments", "GITHUB_REPOSITORY_ID": "1001",
            "GITHUB_REF": "refs/heads/main", "GITHUB_SHA": commit.hex, "GITHUB_RUN_ID": "42", "GITHUB_RUN_ATTEMPT": "1",
            "GITHUB_EVENT_NAME": "push", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_ACTOR": "dana",
        ]
        let gate = try scene.deployWithToken(
            ["--ledger", scene.server.ledgerPath, "--commit", commit.hex], environment: variables)
        #expect(gate.status == 0, "\(gate.text)\(gate.errorText)")

        let told = try #require(
            try Self.browse(scene.server, [("deployment", ["--environment", "production"])]).first)
        let lines = told.text.lines
        #expect(lines.first == "environment production")
        #expect(lines.contains { $0.contains(" decision 1: deployment to production allowed in payments: ") })
        #expect(
            lines.contains {
                $0.hasPrefix("  job         github run 42 attempt 1 started by dana, proved by a token of ")
                    && $0.hasSuffix("https://token.actions.githubusercontent.com, \(Self.jobURL)")
            }, "\(told.text.text)")
        #expect(
            lines.contains(
                "  it says     event push, repository example/payments, ref refs/heads/main, "
                    + "commit \(commit.abbreviated)"), "\(told.text.text)")
        #expect(lines.contains("  claim       sub repo:example/payments:environment:production"))
        #expect(lines.contains("  claim       sha \(commit.hex)"))
        #expect(lines.contains("  commit      \(commit.hex) on refs/remit/deployed/production"))
        #expect(lines.contains("  under       delegation \(delegation.id.abbreviated) (deploying)"))
        #expect(
            lines.contains {
                $0.hasPrefix(
                    "  delegation  \(delegation.id.abbreviated) to claude-code by dana@example.org for PAY-42: ")
            })
        #expect(lines.contains("  agent       claude-code, owned by dana@example.org"))
        #expect(lines.contains("  accountable dana@example.org"))
        told.page.expectSound(linksTo: [Self.jobURL])
        #expect(told.missing == [])
        #expect(told.page.text.contains("sub: repo:example/payments:environment:production"))
        #expect(told.page.text.contains("✓ allowed deployment to production in payments"))
    }

    private static let jobURL = "https://github.com/example/payments/actions/runs/42"

    @Test func `a browser would tell if something were wrong`() throws {
        let directory = try TemporaryDirectory()
        let page = HTMLPage(
            title: "t", lead: [], parts: [HTML.Part(HTML.ID("x"), "x", content: [.link(to: HTML.ID("y"), "y")])],
            closing: [])
        let bad = page.text.replacing(
            "</main>",
            with: """
                <img src="https://example.org/x.png"><script>alert(1)</script><p style="width:3000px" id="x">wide</p>
                <h4>deep</h4><table>moved<tr><td>x</td></tr></table><div><tt>\(String(repeating: "w", count: 4000))</tt></div>
                </main>
                """
        ).replacing("overflow-wrap: anywhere", with: "overflow-wrap: normal; color: #cccccc")
        try directory.write(Array(bad.utf8), to: "bad.html")
        let seen = try #require(try Browsed.open(["\(directory.path)/bad.html"], in: directory).first)
        #expect(seen.requests == ["https://example.org/x.png"])
        #expect(seen.console.count >= 3 && seen.issues.count >= 3)
        #expect(!seen.differences.isEmpty)
        #expect(seen.twice == ["x"] && seen.broken == ["y"])
        #expect(seen.headings == [1, 2, 4])
    }

    @Test func `a page is not written where it would take something's place`() throws {
        let scene = try Scene(try TestAuthority())
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        let output = try spawn(
            [
                BuiltProducts.remit, "trace", "claude-code", "--ledger", scene.server.ledgerPath, "-o",
                scene.server.directory.path,
            ], environment: HermeticGit.environment(home: scene.server.directory.path))
        #expect(output.status == 64)
        #expect(
            output.errorText == """
                remit: error: '\(scene.server.directory.path)' is not a file
                remit: hint: name a new file, or leave it out for standard output

                """)
    }
}
