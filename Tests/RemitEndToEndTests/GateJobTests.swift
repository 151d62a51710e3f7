import RemitModel
import RemitTestSupport
import Testing

/// What `remit gate` takes from the variables of a job, and where it asks for an option instead.
@Suite struct GateJobTests {
    /// A clone with `main`, and a branch of two commits beside it.
    private struct Scene {
        let server: TestServer
        let base: ObjectID
        let first: ObjectID
        let head: ObjectID

        init() throws {
            server = try TestServer(TestAuthority(), hook: false)
            base = try server.client.resolve("refs/heads/main")
            first = try server.commit(["README.md": "1\n"], on: "refs/heads/topic")
            head = try server.commit(["README.md": "2\n"], on: "refs/heads/topic")
        }

        func gate(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Output {
            let hermetic = HermeticGit.environment(home: server.directory.path)
            return try runRemit(
                ["gate"] + arguments + [
                    "--authority", server.authority.path, "--root", server.authority.root.description,
                    "--repository", "payments",
                ], environment: hermetic.merging(environment) { $1 }, directory: server.client.path)
        }

        /// A pull request's job at GitHub, with the event's file.
        func pullRequest(base: ObjectID? = nil, head: ObjectID? = nil) throws -> [String: String] {
            let path = "\(server.directory.path)/event.json"
            let event = """
                {"pull_request":{"base":{"ref":"main","sha":"\(base ?? self.base)"},
                "head":{"ref":"topic","sha":"\(head ?? self.head)"}}}
                """
            try writeFile(Array(event.utf8), to: path)
            return [
                "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": path,
                "GITHUB_REPOSITORY": "example/payments", "GITHUB_REF": "refs/pull/7/merge",
                "GITHUB_SHA": String(repeating: "e", count: 40), "GITHUB_BASE_REF": "main",
                "GITHUB_RUN_ID": "12", "GITHUB_RUN_ATTEMPT": "2", "GITHUB_TRIGGERING_ACTOR": "sam",
            ]
        }

        func expectUsage(
            _ arguments: [String], _ environment: [String: String] = [:], status: Int32 = 64, _ lines: String...,
            location: SourceLocation = #_sourceLocation
        ) throws {
            let output = try gate(arguments, environment)
            #expect(output.status == status, sourceLocation: location)
            #expect(
                output.errorText == lines.map { "remit: \($0)\n" }.joined(), sourceLocation: location)
        }
    }

    @Test func `target, base and head of a pull request come from the job`() throws {
        let scene = try Scene()
        let output = try scene.gate(["merge", "--format", "json"], try scene.pullRequest())
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
        for part in [
            #""ref":"refs/heads/main""#, #""old":"\#(scene.base)""#, #""new":"\#(scene.head)""#,
            #""system":"github""#, #""event":"merge-request""#, #""actor":"sam""#, #""attempt":2"#,
            #""result":"\#(String(repeating: "e", count: 40))""#,
        ] { #expect(output.text.contains(part), "\(part) in \(output.text)") }
        #expect(output.text.contains(#""commits":2"#))
    }

    @Test func `the merge that the system tries is judged where the clone has it`() throws {
        let scene = try Scene()
        let tree = try scene.server.client.resolve("\(scene.head)^{tree}")
        let merge = try scene.server.client.commitTree(tree, parents: [scene.base, scene.head])
        var environment = try scene.pullRequest()
        environment["GITHUB_SHA"] = merge.hex
        let output = try scene.gate(["merge", "--format", "json"], environment)
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
        #expect(output.text.contains(#""new":"\#(merge)""#))
    }

    @Test func `a base that is not on the target hides nothing`() throws {
        let scene = try Scene()
        try scene.expectUsage(
            ["merge"], try scene.pullRequest(base: scene.first), status: 2,
            "error: the base \(scene.first.abbreviated) that the job names is not on 'refs/heads/main'",
            "hint: fetch the branch with 'git fetch origin main', or give '--base COMMIT'")
    }

    @Test func `variables that lead git elsewhere lead to nothing`() throws {
        let scene = try Scene()
        let other = "\(scene.server.directory.path)/other"
        _ = try scene.server.client.git("clone", "-q", "--bare", scene.server.client.path, other)
        try scene.server.client.git("--git-dir=\(other)", "update-ref", "refs/remotes/origin/main", scene.first.hex)
        let asked = ["merge", "--target", "main", "--base", "origin/main", "--head", "topic", "--format", "json"]
        for variables in [["GIT_DIR": other], ["GIT_DIR": other, "GIT_WORK_TREE": "/"], ["GIT_COMMON_DIR": other]] {
            let output = try scene.gate(asked, variables)
            #expect(output.status == 0, "\(variables) \(output.text)\(output.errorText)")
            #expect(output.text.contains(#""old":"\#(scene.base)""#) && output.text.contains(#""commits":2"#))
        }
    }

    @Test func `a queue that builds upon another is judged from the target on`() throws {
        let scene = try Scene()
        let path = "\(scene.server.directory.path)/event.json"
        let event = """
            {"merge_group":{"base_ref":"refs/heads/main","base_sha":"\(scene.first)","head_sha":"\(scene.head)"}}
            """
        try writeFile(Array(event.utf8), to: path)
        let output = try scene.gate(
            ["merge", "--format", "json"],
            [
                "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "merge_group", "GITHUB_EVENT_PATH": path,
                "GITHUB_REPOSITORY": "example/payments", "GITHUB_REF": "refs/heads/gh-readonly-queue/main/pr-7",
                "GITHUB_SHA": scene.head.hex,
            ])
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
        #expect(output.text.contains(#""old":"\#(scene.base)""#) && output.text.contains(#""commits":2"#))
    }

    @Test func `a trial merge upon a later commit of the target is judged from there`() throws {
        let scene = try Scene()
        let old = try scene.pullRequest()
        let later = try scene.server.commit(["LATER.md": "1\n"], on: "refs/heads/main")
        try scene.server.client.git("update-ref", "refs/remotes/origin/main", later.hex)
        let merge = try scene.server.client.commitTree(
            try scene.server.client.resolve("\(scene.head)^{tree}"), parents: [later, scene.head])
        var environment = old
        environment["GITHUB_SHA"] = merge.hex
        let output = try scene.gate(["merge", "--format", "json"], environment)
        #expect(output.text.contains(#""old":"\#(later)""#), "\(output.text)\(output.errorText)")
    }

    @Test func `an option that contradicts the job is an error`() throws {
        let scene = try Scene()
        let environment = try scene.pullRequest()
        try scene.expectUsage(
            ["merge", "--head", scene.first.hex], environment,
            """
            error: the head has moved: --head is \(scene.first.abbreviated), \
            and the job runs for \(scene.head.abbreviated)
            """, "hint: start the job anew for the head that is to be merged")
        try scene.expectUsage(
            ["merge", "--target", "release"], environment,
            "error: --target 'release' is not where the job would merge, 'refs/heads/main'",
            "hint: leave --target out, or run the job for that branch")
        try scene.expectUsage(
            ["merge", "--actor", "dana"], environment, "error: --actor is not what the job says of itself",
            "hint: leave --actor out, or correct the job")
    }

    @Test func `an option that agrees with the job changes nothing`() throws {
        let scene = try Scene()
        let output = try scene.gate(
            ["merge", "--target", "main", "--head", "topic", "--actor", "sam", "--attempt", "2"],
            try scene.pullRequest())
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
    }

    @Test func `a base that is given goes before the event's, which may be old`() throws {
        let scene = try Scene()
        let output = try scene.gate(
            ["merge", "--base", scene.first.hex, "--format", "json"], try scene.pullRequest())
        #expect(output.text.contains(#""old":"\#(scene.first)""#), "\(output.text)")
    }

    @Test func `commits that the clone does not have are named`() throws {
        let scene = try Scene()
        let gone = try #require(ObjectID(hex: String(repeating: "d", count: 40)))
        try scene.expectUsage(
            ["merge"], try scene.pullRequest(base: gone), status: 2, "error: the base \(gone) is not in this clone",
            "hint: fetch it with 'git fetch origin \(gone)'")
        try scene.expectUsage(
            ["merge"], try scene.pullRequest(head: gone), status: 2, "error: the head \(gone) is not in this clone",
            "hint: fetch it with 'git fetch origin \(gone)'")
    }

    @Test func `what neither job nor option says is asked for`() throws {
        let scene = try Scene()
        try scene.expectUsage(
            ["merge"], [:],
            "error: missing target: neither the job nor an option says which branch would be merged into",
            "hint: give '--target BRANCH'")
        try scene.expectUsage(
            ["merge", "--target", "release"], [:],
            "error: missing base: this clone does not have where 'refs/heads/release' stands",
            "hint: give '--base COMMIT', or fetch the branch with 'git fetch origin release'")
        let change = ["JENKINS_URL": "https://jenkins.example.org/", "CHANGE_ID": "7", "CHANGE_TARGET": "main"]
        try scene.expectUsage(
            ["merge"], change,
            "error: missing head: neither the job nor an option says which commit would be merged",
            "hint: give '--head COMMIT'")
        #expect(try scene.gate(["merge", "--head", "topic"], change).status == 0)
    }

    @Test func `a system that is not clear, or not told the truth about, is an error`() throws {
        let scene = try Scene()
        let both = ["GITHUB_ACTIONS": "true", "GITLAB_CI": "true"]
        try scene.expectUsage(
            ["merge", "--target", "main"], both,
            "error: the job's CI system is not clear: the variables are those of github and gitlab",
            "hint: say which with '--ci SYSTEM'")
        #expect(try scene.gate(["merge", "--target", "main", "--ci", "gitlab"], both).status == 0)
        var bad = try scene.pullRequest()
        bad["GITHUB_SHA"] = "\u{1B}[31mmain"
        try scene.expectUsage(
            ["merge"], bad, "error: the job's variable GITHUB_SHA holds a control byte",
            "hint: correct it, or give '--ci generic' and say with options what the job is")
        #expect(try scene.gate(["merge", "--target", "main", "--ci", "generic"], bad).status == 0)
    }

    @Test func `an event's file that cannot be read is an error`() throws {
        let scene = try Scene()
        var environment = try scene.pullRequest()
        environment["GITHUB_EVENT_PATH"] = "/nowhere/event.json"
        try scene.expectUsage(
            ["merge"], environment,
            "error: the job's variable GITHUB_EVENT_PATH: cannot read '/nowhere/event.json': No such file or directory",
            "hint: correct it, or give '--ci generic' and say with options what the job is")
        environment = try scene.pullRequest()
        try writeFile(Array("{}".utf8), to: try #require(environment["GITHUB_EVENT_PATH"]))
        try scene.expectUsage(
            ["merge"], environment,
            "error: the job's variable GITHUB_EVENT_PATH: the file has no object 'pull_request'",
            "hint: correct it, or give '--ci generic' and say with options what the job is")
    }

    @Test func `options say what a generic job is`() throws {
        let scene = try Scene()
        let output = try scene.gate([
            "merge", "--target", "main", "--head", "topic", "--ci", "generic", "--job-ref", "refs/heads/topic",
            "--job-event", "merge-request", "--actor", "dana", "--run", "7", "--attempt", "3",
            "--job-url", "https://ci.example.org/7", "--format", "json",
        ])
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
        for part in [
            #""system":"generic""#, #""ref":"refs/heads/topic""#, #""event":"merge-request""#, #""actor":"dana""#,
            #""run":"7""#, #""attempt":3"#, #""url":"https://ci.example.org/7""#,
        ] { #expect(output.text.contains(part), "\(part) in \(output.text)") }
    }

    @Test(
        arguments: [
            (["--job-ref", "main"], "--job-ref 'main' is not the full name of a ref: does not begin with refs/"),
            (["--job-event", "party"], "--job-event 'party' is not known"),
            (["--actor", ""], "--actor is not one line of 1 to 512 bytes"),
            (["--run", "7\n8"], "--run is not one line of 1 to 512 bytes"),
            (["--attempt", "0"], "--attempt 0 is not a whole number from 1"),
            (["--job-url", "ftp://x"], "--job-url is not an address of the web"),
            (["--ci", "hudson"], "The value 'hudson' is invalid for '--ci <system>'"),
        ])
    func `an option of the wrong form is an error`(arguments: [String], says: String) throws {
        let output = try Scene().gate(["merge", "--target", "main"] + arguments)
        #expect(output.status == 64)
        #expect(output.errorText.hasPrefix("remit: error: \(says)"), "\(output.errorText)")
    }

    @Test func `a deployment is of the job's commit`() throws {
        let scene = try Scene()
        let environment = ["GITLAB_CI": "true", "CI_COMMIT_SHA": scene.first.hex]
        let arguments = ["deploy", "--environment", "staging", "--format", "json"]
        let own = try scene.gate(arguments, environment)
        #expect(own.text.contains(#""new":"\#(scene.first)""#), "\(own.text)\(own.errorText)")
        let other = try scene.gate(arguments + ["--commit", "topic"], environment)
        #expect(other.text.contains(#""new":"\#(scene.head)""#), "\(other.text)\(other.errorText)")
        let here = try scene.gate(arguments)
        #expect(here.text.contains(#""new":"\#(scene.base)""#), "\(here.text)\(here.errorText)")
        let gone = String(repeating: "d", count: 40)
        try scene.expectUsage(
            arguments, ["GITLAB_CI": "true", "CI_COMMIT_SHA": gone], status: 2,
            "error: the job's commit \(gone) is not in this clone", "hint: fetch it with 'git fetch origin \(gone)'")
    }
}
