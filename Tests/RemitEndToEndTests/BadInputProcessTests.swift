import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// The process itself: its arguments, its streams, its death.
@Suite struct BadInputProcessTests {
    @Test(arguments: [
        [], ["post-receive-pack"], ["pre-receive", "--format"], ["pre-receive", "--format", "xml"],
        ["pre-receive", "--format=JSON"], ["pre-receive", "extra"], ["pre-receive", "--format=json", "extra"],
        ["--format", "json", "pre-receive"], [""], ["--versions"],
    ])
    func `wrong arguments are answered with the usage`(_ arguments: [String]) throws {
        let scene = try BadInputScene()
        scene.arguments = arguments
        let output = try scene.run()
        #expect(output.status == 64)
        #expect(output.text.isEmpty)
        #expect(output.errorText.hasPrefix("usage: remit-hook pre-receive [--config FILE] [--format text|json]"))
        #expect(
            output.errorText.contains("exit status: 0 allowed, 1 refused, 2 undecided (git refuses), 64 wrong usage"))
        #expect(output.errorText.contains("remit.authority\n"))
        #expect(try scene.server.entries().isEmpty)
    }

    @Test func `the version needs neither a repository nor an environment`() throws {
        let output = try spawn([BuiltProducts.hook, "--version"], environment: [:])
        #expect(output.status == 0)
        #expect(output.text.wholeMatch(of: /remit-hook \d+\.\d+\.\d+/) != nil, "\(output.text)")
        #expect(output.errorText.isEmpty)
    }

    @Test(arguments: [">&-", "2>&-", ">&- 2>&-", ">/dev/full 2>/dev/full"])
    func `the status speaks where nobody can read`(_ redirection: String) throws {
        let scene = try BadInputScene()
        scene.redirection = redirection
        #expect(try scene.run().status == 0)
        scene.arguments = ["pre-receive", "--format", "json"]
        #expect(try scene.run().status == 0)
        scene.environment["GIT_DIR"] = "/nowhere"
        #expect(try scene.run().status == 2)
        // A file that takes the number of a closed stream must not receive what was meant for people.
        #expect(try scene.server.entries().map(\.sequence) == [1, 2])
        scene.redirection = ""
        scene.environment["GIT_DIR"] = scene.server.repository.path
        #expect(try scene.run().status == 0)
    }

    @Test func `all three streams closed are undecided`() throws {
        let scene = try BadInputScene()
        scene.redirection = "<&- >&- 2>&-"
        #expect(try scene.run().status == 2)
        #expect(try scene.server.entries().isEmpty)
    }

    @Test func `a reader that has gone does not change the status`() throws {
        let scene = try BadInputScene()
        scene.environment["GIT_DIR"] = "/nowhere"
        let hook = try BuiltProducts.hook
        // The other end of both streams is closed before the hook has read its input.
        let script = """
            set -o pipefail
            { { sleep 1; cat; } | "$0" pre-receive; echo $? >"$1"; } 2>&1 | true
            """
        let directory = try TemporaryDirectory()
        _ = try spawn(
            ["bash", "-c", script, hook, "\(directory.path)/status"], input: scene.input,
            environment: scene.environment.merging(HermeticGit.environment(home: "/")) { first, _ in first })
        let status = try #require(String(validating: try directory.read("status"), as: UTF8.self))
        #expect(status == "2\n")
    }

    @Test func `a hook that is killed half-way leaves the ref and the ledger as they were`() throws {
        let scene = try BadInputScene()
        let server = scene.server
        let before = try server.tip(of: "refs/heads/main")
        let commit = try server.commit(["README.md": "2\n"])
        let hook = try BuiltProducts.hook
        // Each push is killed a little later, from before the first instruction until after the answer.
        for delay in [0, 2, 5, 10, 20, 40] {
            try server.repository.installHook(
                "pre-receive",
                """
                #!/bin/sh
                '\(hook)' pre-receive &
                hook=$!
                sleep 0.0\(delay < 10 ? "0\(delay)" : "\(delay)")
                kill -KILL $hook
                wait $hook
                exit 137

                """)
            let push = try server.push("refs/heads/main")
            #expect(push.status == 1)
            #expect(push.errorText.contains("pre-receive hook declined"), "\(push.errorText)")
            #expect(try server.tip(of: "refs/heads/main") == before)
            let entries = try server.entries().map(\.sequence)
            #expect(entries == Array(1..<Int64(entries.count) + 1))
        }
        let count = try server.entries().count
        try server.repository.installHook("pre-receive", "#!/bin/sh\nexec '\(hook)' pre-receive\n")
        let push = try server.push("refs/heads/main")
        #expect(push.status == 0, "\(push.errorText)")
        #expect(try server.tip(of: "refs/heads/main") == commit)
        #expect(try server.entries().map(\.sequence) == Array(1..<Int64(count) + 2))
    }
}
