import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// Variables and streams that somebody made who is not the server.
@Suite struct BadInputHostTests {
    // MARK: Who pushes

    @Test(
        arguments: [
            ["remit.host": "plain"], ["remit.host": "ssh"],
            ["remit.host": "ssh", "remit.pusherVariable": "REMIT_ACCOUNT"],
        ])
    func `a shell account names itself in vain`(_ settings: [String: String]) throws {
        let authority = try TestAuthority()
        try authority.publish { $0.repositories = [.init("payments", attribution: "authenticated")] }
        let server = try TestServer(authority, settings: settings)
        try server.commit(["README.md": "more\n"])
        let variables = HostEmulation.spoofed.sorted { $0.key < $1.key }.map { "\($0)='\($1)'" }
        let push = try server.push(
            "refs/heads/main", options: ["--receive-pack=\(variables.joined(separator: " ")) git-receive-pack"])
        #expect(push.status == 1)
        #expect(
            TestServer.words(of: push.errorText)
                == TestServer.words(
                    of: """
                        remit: refused: nothing of this push was accepted
                        remit: error: this submission does not prove who wrote it: nobody vouches for the pusher
                        remit:   rule     attribution.unattributed
                        remit:   ref      refs/heads/main
                        remit:   ask      dana@example.org
                        remit: hint: sign with a registered key: 'git rebase --force-rebase --gpg-sign <base>'
                        remit: decision 1 recorded
                        """))
        let decision = try DecisionDocument.parse(try #require(try server.documents().last), of: "the decision")
        #expect(decision.pusher == nil)
        #expect(decision.route == .plain)
    }

    @Test(arguments: [
        ("gitolite", "GL_USER", "da\u{1B}[2Jna", "a control byte in an account's name"),
        ("gitolite", "GL_USER", "dana\n", "a control byte in an account's name"),
        ("http", "REMOTE_USER", String(repeating: "d", count: 8192), "8192 bytes, at most 255"),
        ("ghes", "GITHUB_VIA", "merge\r", "a control byte"),
        ("bitbucket", "BB_PROJECT_KEY", String(repeating: "d", count: 8192), "8192 bytes, at most 1024"),
    ])
    func `a word that no server makes is undecided`(
        _ host: String, variable: String, value: String, reason: String
    ) throws {
        let scene = try BadInputScene()
        try scene.server.configure("remit.host", host)
        scene.environment[variable] = value
        try scene.expectUndecided(
            .undecidedInput, "the input of the hook could not be understood: \(variable): \(reason)")
        // It is nothing to another host.
        try scene.server.configure("remit.host", "gitea")
        try scene.expect(0, entries: 1, [])
    }

    @Test func `a name that is no text is a stranger's, and is kept as it was`() throws {
        let authority = try TestAuthority()
        try authority.publish { $0.repositories = [.init("payments", attribution: "authenticated")] }
        let server = try TestServer(authority, settings: ["remit.host": "gitolite"])
        try server.repository.installHook(
            "pre-receive",
            "#!/bin/sh\nGL_USER=$(printf 'dana\\377')\nexport GL_USER\nexec '\(try BuiltProducts.hook)' pre-receive\n")
        try server.commit(["README.md": "more\n"])
        let push = try server.push("refs/heads/main")
        #expect(push.status == 1)
        #expect(
            push.errorText.contains(
                "remit: error: this submission does not prove who wrote it: the pusher's account is not registered"),
            "\(push.errorText)")
        let decision = try DecisionDocument.parse(try #require(try server.documents().last), of: "the decision")
        #expect(decision.pusher?.login == ByteString(Array("dana".utf8) + [0xFF]))
        try expectSameAgain(inLedgerAt: server.ledgerPath)
    }

    // MARK: The environment as a whole

    /// Runs the hook with so many variables more, each near the 128 KiB that Linux takes; the shell raises what the
    /// system allows for all of them, which is 6 MiB at most.
    private func run(_ scene: BadInputScene, variables: Int) throws -> Output {
        let script = """
            ulimit -S -s 65536
            v=$(head -c 130000 /dev/zero | tr '\\0' a)
            i=0
            while [ "$i" -lt \(variables) ]; do export "HUGE_$i=$v"; i=$((i + 1)); done
            exec "$@"
            """
        return try spawn(
            ["/bin/sh", "-c", script, "sh", try BuiltProducts.hook] + scene.arguments, input: scene.input,
            environment: scene.environment.merging(["PATH": HermeticGit.path]) { $1 })
    }

    @Test func `an environment of megabytes changes no answer, and one that the system refuses lets nothing through`()
        throws
    {
        let scene = try BadInputScene()
        let large = try run(scene, variables: 44)
        #expect(large.status == 0, "\(large.errorText)")
        #expect(large.errorText.isEmpty)
        // Ten megabytes: no system starts that.
        let huge = try run(scene, variables: 80)
        #expect(huge.status == 126, "\(huge.errorText)")
        #expect(try scene.server.entries().count == 1)
        try scene.server.configure("remit.host", "http")
        scene.environment["REMOTE_USER"] = String(repeating: "a", count: 130_000)
        let named = try run(scene, variables: 40)
        #expect(named.status == 2)
        #expect(
            named.errorText.split(separator: "\n").map(String.init)
                == BadInputScene.undecided(
                    .undecidedInput,
                    "the input of the hook could not be understood: REMOTE_USER: 130000 bytes, at most 255"))
        #expect(try scene.server.entries().count == 1)
    }

    @Test func `a relative directory after a change of directory is undecided`() throws {
        let scene = try BadInputScene()
        scene.environment["GIT_DIR"] = "."
        let output = try spawn(
            [try BuiltProducts.hook, "pre-receive"], input: scene.input, environment: scene.environment,
            directory: scene.server.directory.path)
        #expect(output.status == 2)
        #expect(
            output.errorText.split(separator: "\n").map(String.init)
                == BadInputScene.undecided(
                    .undecidedRepository, "the repository could not be read: not a git directory: .",
                    hint: BadInputScene.Hint.fsck))
        let inside = try spawn(
            [try BuiltProducts.hook, "pre-receive"], input: scene.input, environment: scene.environment,
            directory: scene.server.repository.path)
        #expect(inside.status == 0, "\(inside.errorText)")
    }

    // MARK: Git's own variables

    /// A push of an agent without a delegation, as the hook gets it, and how it is refused.
    private struct Refusal {
        let scene: BadInputScene
        let commit: ObjectID
        let words: String

        init() throws {
            scene = try BadInputScene()
            let server = scene.server
            commit = try server.commit(
                ["README.md": "by an agent\n"], on: "refs/heads/work", message: "change\n\n\(TestServer.mark)\n")
            try server.repository.git("fetch", "-q", server.client.path, "refs/heads/work:refs/scratch/work")
            scene.input = BadInputScene.line(to: commit)
            let output = try scene.run()
            #expect(output.status == 1, "\(output.errorText)")
            words = Self.words(output)
            #expect(words.contains("remit:   rule     delegation.missing\n"), "\(words)")
        }

        static func words(_ output: Output) -> String {
            output.errorText.replacing(#/decision \d+ recorded/#, with: "decision recorded")
        }

        /// The same answer whatever else the environment says, and no file that was not there.
        func expectSame(_ variables: [String: String], location: SourceLocation = #_sourceLocation) throws {
            scene.environment.merge(variables) { $1 }
            let output = try scene.run()
            #expect(output.status == 1, "\(output.errorText)", sourceLocation: location)
            #expect(Self.words(output) == words, sourceLocation: location)
            #expect(!FileManager.default.fileExists(atPath: "\(path)/trace"), sourceLocation: location)
        }

        var path: String { scene.server.directory.path }
    }

    /// `DIR` is a directory with what they name.
    static let hostile: [[String: String]] = [
        ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "remit.mode", "GIT_CONFIG_VALUE_0": "monitor"],
        ["GIT_CONFIG_COUNT": "99999999999", "GIT_CONFIG_KEY_0": "x"],
        ["GIT_CONFIG_PARAMETERS": "'remit.mode=monitor'"],
        ["GIT_CONFIG_GLOBAL": "DIR/config", "GIT_CONFIG_SYSTEM": "DIR/config", "GIT_CONFIG": "DIR/config"],
        ["HOME": "DIR", "XDG_CONFIG_HOME": "DIR"],
        ["GIT_REPLACE_REF_BASE": "refs/scratch/replace/"], ["GIT_GRAFT_FILE": "DIR/grafts"],
        ["GIT_ALTERNATE_OBJECT_DIRECTORIES": "DIR/nowhere:\"DIR/broken:::DIR"],
        ["GIT_OBJECT_DIRECTORY": ""], ["GIT_OBJECT_DIRECTORY": "DIR/empty"], ["GIT_QUARANTINE_PATH": "DIR/empty"],
        ["GIT_CEILING_DIRECTORIES": "/", "GIT_DISCOVERY_ACROSS_FILESYSTEM": "0"],
        ["GIT_COMMON_DIR": "DIR/empty", "GIT_WORK_TREE": "DIR/empty", "GIT_INDEX_FILE": "DIR/nowhere"],
        [
            "GIT_TRACE": "DIR/trace", "GIT_TRACE2": "DIR/trace", "GIT_TRACE2_EVENT": "DIR/trace",
            "GIT_TRACE_SETUP": "DIR/trace", "GIT_TRACE_PACKET": "DIR/trace",
        ],
        ["GIT_EXEC_PATH": "DIR/empty", "PATH": "DIR/empty", "GIT_SSH_COMMAND": "touch DIR/trace"],
        ["GIT_NO_REPLACE_OBJECTS": "1", "GIT_DEFAULT_HASH": "sha256", "GIT_DEFAULT_REF_FORMAT": "reftable"],
    ]

    @Test(arguments: hostile) func `no variable of git's changes an answer`(_ variables: [String: String]) throws {
        let refusal = try Refusal()
        let repository = refusal.scene.server.repository
        let main = try repository.resolve("refs/heads/main")
        try writeFile(Array("[remit]\n\tmode = monitor\n".utf8), to: "\(refusal.path)/config")
        try writeFile(Array("[remit]\n\tmode = monitor\n".utf8), to: "\(refusal.path)/.gitconfig")
        try writeFile(Array("\(refusal.commit.hex)\n".utf8), to: "\(refusal.path)/grafts")
        try FileManager.default.createDirectory(
            atPath: "\(refusal.path)/empty", withIntermediateDirectories: false)
        try repository.git("update-ref", "refs/scratch/replace/\(refusal.commit.hex)", main.hex)
        try refusal.expectSame(variables.mapValues { $0.replacing("DIR", with: refusal.path) })
    }

    @Test(arguments: ["GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_OBJECT_DIRECTORY"])
    func `a store that gives objects under the names of others is found out`(_ variable: String) throws {
        let scene = try BadInputScene()
        let server = scene.server
        // The agent's commit lies only in that store, and there it says what a commit of Dana's says.
        let commit = try server.commit(
            ["README.md": "by an agent\n"], on: "refs/heads/work", message: "change\n\n\(TestServer.mark)\n")
        let honest = try server.commit(["README.md": "by Dana\n"], on: "refs/heads/honest")
        let store = "\(server.directory.path)/store"
        let objects = "\(server.client.gitDirectory)/objects"
        try copy(objects, to: store)
        func file(_ id: ObjectID) -> String { "\(store)/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))" }
        try copy(file(honest), to: file(commit))
        scene.environment[variable] = store
        scene.input = BadInputScene.line(to: commit)
        let output = try scene.run()
        #expect(output.status == 2, "\(output.errorText)")
        #expect(
            output.errorText.hasPrefix("remit: undecided: this push could not be checked, nothing of it was accepted\n")
        )
        #expect(output.errorText.contains("remit:   rule     undecided.repository\n"), "\(output.errorText)")
        #expect(output.errorText.contains("hash mismatch"), "\(output.errorText)")
        // The store itself does no harm where its objects are what they are called.
        scene.input = BadInputScene.line(to: honest)
        #expect(try scene.run().status == 0)
    }

    private func copy(_ source: String, to destination: String) throws {
        let output = try spawn(["cp", "-rfT", source, destination], environment: ["PATH": HermeticGit.path])
        #expect(output.status == 0, "\(output.errorText)")
    }

    // MARK: Streams

    @Test func `a standard input that nobody closes ends with the time`() throws {
        let scene = try BadInputScene()
        try scene.server.configure("remit.deadline", "1")
        let pipe = "\(scene.server.directory.path)/pipe"
        #expect(try spawn(["mkfifo", pipe], environment: ["PATH": HermeticGit.path]).status == 0)
        // Open for writing too, by the hook itself: it never ends.
        scene.redirection = "<>'\(pipe)'"
        let started = ContinuousClock.now
        try scene.expectUndecided(
            .undecidedDeadline,
            "the check did not end in time: judging this push took longer than the 1 second that git config "
                + "remit.deadline gives it; git has not ended its input",
            hint: "push fewer commits at once with 'git push origin <commit>:<ref>', or ask the administrators for a "
                + "longer deadline")
        #expect(ContinuousClock.now - started < .seconds(60))
    }

    @Test(arguments: [">&- 2>&-", "2>&-", ">&-"])
    func `nothing that is meant for people gets into a file of the ledger`(_ redirection: String) throws {
        let scene = try BadInputScene()
        let server = scene.server
        try server.makeLogKey()
        scene.arguments = ["post-receive"]
        scene.redirection = redirection
        // Nothing let this movement, which is a warning to the pusher.
        #expect(try scene.run().status == 0)
        #expect(try server.entries().count == 1)
        let found = try spawn(
            ["grep", "-r", "-l", "-a", "without a decision", server.directory.path],
            environment: ["PATH": HermeticGit.path])
        #expect(found.status == 1, "\(found.text)")
        scene.redirection = ""
        let said = try scene.run()
        #expect(said.status == 0)
        #expect(said.errorText.contains("without a decision"), "\(said.errorText)")
        #expect(try server.entries().count == 2)
    }
}
