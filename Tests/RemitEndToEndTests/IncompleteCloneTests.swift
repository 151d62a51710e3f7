import RemitModel
import RemitTestSupport
import Testing

/// The built `remit gate` in clones as CI systems make them: what is missing is named, and the setting that mends it.
@Suite struct IncompleteCloneTests {
    private struct Job {
        let server: TestServer
        let path: String

        /// Clones a repository of three commits with these options.
        init(_ options: String...) throws {
            server = try TestServer(TestAuthority(), hook: false)
            try server.repository.git("config", "uploadpack.allowFilter", "true")
            for number in 1...2 { try server.commit(["README.md": .file("\(number)\n")]) }
            try server.client.git("push", "-q", "origin", "refs/heads/main")
            path = "\(server.directory.path)/clone"
            try server.client.git(
                ["clone", "-q", "--no-checkout"] + options + ["file://\(server.repository.path)", path])
        }

        func gate(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Output {
            let hermetic = HermeticGit.environment(home: server.directory.path)
            return try runRemit(
                ["gate"] + arguments + [
                    "--authority", server.authority.path, "--root", server.authority.root.description,
                    "--repository", "payments",
                ], environment: hermetic.merging(environment) { $1 }, directory: path)
        }

        /// The answer of an undecided gate, with the clone's place made equal.
        func said(_ arguments: [String], _ environment: [String: String] = [:]) throws -> String {
            let output = try gate(arguments, environment)
            #expect(output.status == 2, "\(output.text)\(output.errorText)")
            return output.text.replacing(path, with: "CLONE")
        }
    }

    private static func undecided(_ what: String, _ reason: String, hint: String) -> String {
        """
        remit: undecided: this \(what) could not be checked, it must not happen
        remit: error: the repository could not be read: \(reason)
        remit:   rule     undecided.repository
        remit: hint: \(hint)
        """
    }

    private static let cutOff = "the history is cut off (CLONE/.git/shallow is not empty)"
    private static let base = String(repeating: "1", count: 40)

    @Test(
        arguments: [
            (["GITHUB_ACTIONS": "true"], "let the job clone all of the history: actions/checkout with fetch-depth: 0"),
            (
                ["GITLAB_CI": "true"],
                #"let the job clone all of the history: GIT_DEPTH: "0" and GIT_STRATEGY: clone"#
            ),
            (["CIRCLECI": "true"], "let the job clone all of the history: checkout: {method: full}"),
            (
                ["CI": "woodpecker"],
                "let the job clone all of the history: settings: {partial: false, depth: 0} of the clone step"
            ),
            (["TF_BUILD": "True"], "let the job clone all of the history: checkout: self with fetchDepth: 0"),
            ([:], "fetch all of the history with 'git fetch --unshallow'"),
        ] as [([String: String], String)])
    func `a shallow clone is named with the setting of the system that made it`(
        environment: [String: String], hint: String
    ) throws {
        let job = try Job("--depth", "1")
        // The base is a commit that this clone cannot have: that is not what is said first.
        let merge = try job.said(["merge", "--target", "main", "--base", Self.base], environment)
        #expect(merge == Self.undecided("merge", Self.cutOff, hint: hint))
        let deployment = try job.said(["deploy", "--environment", "staging"], environment)
        #expect(deployment == Self.undecided("deployment", Self.cutOff, hint: hint))
    }

    @Test(
        arguments: [
            ("blob:none", "file contents"), ("blob:limit=1k", "file contents"), ("tree:0", "trees and file contents"),
        ])
    func `a partial clone is named with what is missing`(filter: String, missing: String) throws {
        let job = try Job("--filter=\(filter)")
        #expect(try job.server.client.git("-C", job.path, "config", "remote.origin.promisor").text == "true")
        let shown = try job.server.client.git("-C", job.path, "config", "remote.origin.partialclonefilter").text
        let reason = "the clone is partial (remote.origin.partialclonefilter is \(shown)): \(missing) may be missing"
        #expect(
            try job.said(["merge", "--target", "main"], ["CIRCLECI": "true"])
                == Self.undecided(
                    "merge", reason, hint: "let the job clone all of the history: checkout: {method: full}"))
        #expect(
            try job.said(["merge", "--target", "main"])
                == Self.undecided(
                    "merge", reason,
                    hint: "clone all of the history with 'git clone', without --depth and --filter"))
    }

    @Test func `a promise without a filter, and Git's older form of one, make a clone partial too`() throws {
        for (key, value, fact) in [
            ("remote.origin.promisor", "true", "remote.origin.promisor is set"),
            ("extensions.partialClone", "origin", "extensions.partialclone names remote 'origin'"),
        ] {
            let job = try Job()
            try job.server.client.git("config", "-f", "\(job.path)/.git/config", key, value)
            #expect(
                try job.said(["merge", "--target", "main"], ["CI": "woodpecker"])
                    == Self.undecided(
                        "merge", "the clone is partial (\(fact)): objects may be missing",
                        hint: "let the job clone all of the history: "
                            + "settings: {partial: false, depth: 0} of the clone step"))
        }
    }

    @Test func `a grafted history is undecided`() throws {
        let job = try Job()
        let tip = try job.server.repository.resolve("refs/heads/main")
        try writeFile(Array("\(tip)\n".utf8), to: "\(job.path)/.git/info/grafts")
        #expect(
            try job.said(["merge", "--target", "main"])
                == Self.undecided(
                    "merge", "the history is grafted (CLONE/.git/info/grafts is not empty)",
                    hint: "clone all of the history with 'git clone', without --depth and --filter"))
    }

    @Test func `the answer says in JSON too what to set`() throws {
        let job = try Job("--depth", "1")
        let output = try job.gate(["merge", "--target", "main", "--format", "json"], ["GITLAB_CI": "true"])
        #expect(output.status == 2)
        #expect(
            output.text.contains(#""cure":{"setting":"GIT_DEPTH: \"0\" and GIT_STRATEGY: clone"}"#), "\(output.text)")
    }

    @Test func `a whole clone is judged`() throws {
        let job = try Job()
        let output = try job.gate(["merge", "--target", "main"], ["GITLAB_CI": "true"])
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
        #expect(output.text == "remit: allowed, without a mark of an agent; commits judged: 0")
    }
}
