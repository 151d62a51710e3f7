import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// `reference-transaction`, run by git itself for whatever it does to refs.
@Suite struct SafetyNetTests {
    static let main = "refs/heads/main"
    static let last = "remit: no ref of this transaction was changed\n"

    /// A gate with the safety net behind it, and a commit of the clone that no decision has seen.
    struct Netted {
        let installed: Installed
        var server: TestServer { installed.server }
        var repository: TestRepository { installed.server.repository }
        let tip: ObjectID
        let other: ObjectID
        let hook: String

        init(_ options: [String] = [], program: String? = nil) throws {
            installed = try Installed(installs: false)
            guard try installed.install(options).status == 0 else { throw CocoaError(.featureUnsupported) }
            let text = String(
                decoding: try readFile("\(repositoryRoot())/hooks/reference-transaction"), as: UTF8.self)
            tip = try #require(try installed.server.tip(of: SafetyNetTests.main))
            other = try installed.server.commit(["README.md": "2\n"], on: "refs/heads/elsewhere")
            try installed.server.repository.git(
                "fetch", "-q", installed.server.client.path, "elsewhere:refs/heads/elsewhere")
            hook = "\(installed.path)/hooks/reference-transaction"
            try installed.server.repository.installHook(
                "reference-transaction",
                text.replacing("/usr/local/bin/remit-hook", with: try program ?? BuiltProducts.hook))
        }

        func expectRefused(
            _ what: String, _ arguments: String..., location: SourceLocation = #_sourceLocation
        ) throws {
            let before = try repository.git("for-each-ref").text
            let output = try repository.attempt(arguments)
            #expect(output.status != 0, sourceLocation: location)
            #expect(
                output.errorText.hasPrefix(
                    "remit: refused: no decision lets \(what)\nremit: hint: push the change, so that it is judged\n"
                        + SafetyNetTests.last),
                "\(output.errorText)", sourceLocation: location)
            #expect(try repository.git("for-each-ref").text == before, sourceLocation: location)
        }

        func expectPasses(_ arguments: String..., location: SourceLocation = #_sourceLocation) throws {
            let output = try repository.attempt(arguments)
            #expect(output.status == 0, "\(output.errorText)", sourceLocation: location)
            #expect(!output.errorText.contains("remit: "), "\(output.errorText)", sourceLocation: location)
        }

        /// Runs the program as git would, with an input of the test's own making.
        func ask(_ input: String, state: String = "prepared", environment: [String: String] = [:]) throws -> Output {
            try spawn(
                [BuiltProducts.hook, "reference-transaction", state], input: Array(input.utf8),
                environment: ["GIT_DIR": repository.path].merging(environment) { $1 })
        }
    }

    /// Where a person is known, who may rewind and delete.
    private static let vouched = ["--host", "ssh", "--pusher-variable", "WHO"]
    private static let dana = ["WHO": "dana"]

    // MARK: Pushes

    @Test(arguments: [[], ["--atomic"]])
    func `what a decision lets passes, several refs at once`(options: [String]) throws {
        let netted = try Netted()
        let new = try netted.server.commit(["README.md": "3\n"])
        try netted.server.client.git("tag", "v1", new.hex)
        let push = try netted.server.push("main", "main:refs/heads/topic", "v1", options: options)
        #expect(push.status == 0, "\(push.errorText)")
        for ref in [Self.main, "refs/heads/topic", "refs/tags/v1"] {
            #expect(try netted.server.tip(of: ref) == new)
        }
        #expect(try netted.server.push(":refs/heads/topic", ":refs/tags/v1", options: options).status == 0)
        #expect(try netted.server.tip(of: "refs/heads/topic") == nil)
        #expect(try netted.installed.kinds() == ["installed", "decision", "effect", "decision", "effect"])
    }

    @Test(arguments: [false, true])
    func `a protected ref is deleted by a push that a decision lets`(isPacked: Bool) throws {
        let netted = try Netted(Self.vouched)
        try netted.server.configure("receive.denyDeleteCurrent", "ignore")
        if isPacked { try netted.expectPasses("pack-refs", "--all", "--prune") }
        let push = try netted.server.push(":\(Self.main)", environment: Self.dana)
        #expect(push.status == 0, "\(push.errorText)")
        #expect(try netted.server.tip(of: Self.main) == nil)
    }

    @Test func `a push past pre-receive is stopped`() throws {
        let netted = try Netted()
        try FileManager.default.removeItem(atPath: netted.installed.hook)
        let new = try netted.server.commit(["README.md": "3\n"])
        let push = try netted.server.push("main")
        #expect(push.status != 0)
        #expect(
            push.errorText.contains(
                "remit: refused: no decision lets '\(Self.main)' move from \(netted.tip.abbreviated) to "
                    + "\(new.abbreviated)\n"),
            "\(push.errorText)")
        #expect(try netted.server.tip(of: Self.main) == netted.tip)
        #expect(try netted.server.push("main:refs/heads/topic").status == 0)
    }

    @Test func `a decision lets one movement, and not the next one like it`() throws {
        let netted = try Netted(Self.vouched)
        let new = try netted.server.commit(["README.md": "3\n"])
        #expect(try netted.server.push("main", environment: Self.dana).status == 0)
        // Back by a decision, and forward again by none: that of the first time is used up.
        #expect(try netted.server.push("+\(netted.tip.hex):\(Self.main)", environment: Self.dana).status == 0)
        try netted.expectRefused(
            "'\(Self.main)' move from \(netted.tip.abbreviated) to \(new.abbreviated)", "update-ref", Self.main,
            new.hex)
        #expect(try netted.server.push("main", environment: Self.dana).status == 0)
        #expect(try netted.server.tip(of: Self.main) == new)
    }

    // MARK: What else moves refs

    @Test func `a fetch moves no protected ref, and every other`() throws {
        let netted = try Netted()
        let new = try netted.server.commit(["README.md": "3\n"])
        let before = try netted.server.tip(of: Self.main)
        let fetch = try netted.repository.attempt(["fetch", netted.server.client.path, "+main:main"])
        #expect(fetch.status != 0)
        #expect(
            fetch.errorText.contains(
                "remit: refused: no decision lets '\(Self.main)' move from \(netted.tip.abbreviated) to "
                    + "\(new.abbreviated)\nremit: hint: push the change, so that it is judged\n\(Self.last)"),
            "\(fetch.errorText)")
        #expect(try netted.server.tip(of: Self.main) == before)
        try netted.expectPasses("fetch", "-q", netted.server.client.path, "main:refs/heads/mirrored")
        #expect(try netted.server.tip(of: "refs/heads/mirrored") == new)
    }

    @Test(arguments: [false, true])
    func `a fetch that prunes deletes no protected ref`(isPacked: Bool) throws {
        let netted = try Netted()
        let source = try TestRepository()
        try source.commit(["a": "1\n"], message: "a\n")
        try source.git("branch", "-m", "main", "unrelated")
        if isPacked { try netted.expectPasses("pack-refs", "--all", "--prune") }
        let fetch = try netted.repository.attempt(["fetch", "--prune", source.path, "+refs/heads/*:refs/heads/*"])
        #expect(fetch.status != 0)
        #expect(
            fetch.errorText.contains(
                "remit: refused: no decision lets '\(Self.main)' be deleted at \(netted.tip.abbreviated)\n"),
            "\(fetch.errorText)")
        #expect(try netted.server.tip(of: Self.main) == netted.tip)
    }

    @Test func `a ref written on the server needs a decision where it is protected`() throws {
        let netted = try Netted()
        let movement = "'\(Self.main)' move from \(netted.tip.abbreviated) to \(netted.other.abbreviated)"
        try netted.expectRefused(movement, "update-ref", Self.main, netted.other.hex)
        try netted.expectRefused(movement, "update-ref", Self.main, netted.other.hex, netted.tip.hex)
        try netted.expectRefused(
            "'refs/remit/deployed/live' be created at \(netted.tip.abbreviated)", "update-ref",
            "refs/remit/deployed/live", netted.tip.hex)
        try netted.expectRefused(
            "'refs/replace/\(netted.tip.hex)' be created at \(netted.other.abbreviated)", "replace", netted.tip.hex,
            netted.other.hex)
        try netted.expectPasses("update-ref", "refs/heads/topic", netted.tip.hex)
        try netted.expectPasses("update-ref", "refs/heads/topic", netted.other.hex, netted.tip.hex)
        try netted.expectPasses("update-ref", "-d", "refs/heads/topic")
        try netted.expectPasses("update-ref", Self.main, netted.tip.hex)
    }

    enum Storage: String, CaseIterable {
        case loose, packed, both
    }

    @Test(arguments: Storage.allCases)
    func `housekeeping leaves every ref as it is, and a deletion is told from it`(_ storage: Storage) throws {
        let netted = try Netted()
        if storage != .loose { try netted.expectPasses("pack-refs", "--all", "--prune") }
        if storage == .both {
            // Its own file beside the packed value, as a housekeeping that was interrupted leaves it.
            try writeFile(Array("\(netted.tip)\n".utf8), to: "\(netted.repository.path)/\(Self.main)")
        }
        let refs = try netted.repository.git("for-each-ref").text
        let deletion = "'\(Self.main)' be deleted at \(netted.tip.abbreviated)"
        try netted.expectRefused(deletion, "update-ref", "-d", Self.main)
        try netted.expectRefused(deletion, "update-ref", "-d", Self.main, netted.tip.hex)
        for command in [["pack-refs", "--all", "--prune"], ["gc", "-q"], ["pack-refs", "--all", "--prune"]] {
            let output = try netted.repository.attempt(command)
            #expect(output.status == 0 && output.errorText.isEmpty, "\(output.errorText)")
            #expect(try netted.repository.git("for-each-ref").text == refs)
        }
        try netted.expectRefused(deletion, "update-ref", "-d", Self.main)
        try netted.expectPasses("update-ref", "-d", "refs/heads/elsewhere")
        #expect(try netted.server.tip(of: "refs/heads/elsewhere") == nil)
    }

    @Test func `a branch is renamed where that takes no protected ref away`() throws {
        let netted = try Netted()
        let deletion = "'\(Self.main)' be deleted at \(netted.tip.abbreviated)"
        try netted.expectRefused(deletion, "branch", "-m", "main", "trunk")
        try netted.expectPasses("branch", "-m", "elsewhere", "renamed")
        #expect(try netted.server.tip(of: "refs/heads/renamed") == netted.other)
        let forced = try netted.repository.attempt(["branch", "-M", "renamed", "main"])
        #expect(forced.status != 0)
        #expect(forced.errorText.contains("remit: refused: no decision lets \(deletion)\n"), "\(forced.errorText)")
        #expect(try netted.server.tip(of: Self.main) == netted.tip)
    }

    @Test func `another name of a protected ref does not lead past it`() throws {
        let netted = try Netted()
        try netted.expectPasses("symbolic-ref", "refs/heads/alias", Self.main)
        let output = try netted.repository.attempt(["update-ref", "refs/heads/alias", netted.other.hex])
        #expect(output.status != 0)
        #expect(
            output.errorText.contains("remit: refused: no decision lets '\(Self.main)' move"), "\(output.errorText)")
        #expect(try netted.server.tip(of: Self.main) == netted.tip)
        try netted.expectPasses("symbolic-ref", "HEAD", "refs/heads/elsewhere")
        try netted.expectPasses("update-ref", "refs/heads/elsewhere", netted.tip.hex)
        #expect(try netted.server.tip(of: "HEAD") == netted.tip)
    }

    /// `hooks/README.md` warns of each; a git that mends one should be noticed here.
    @Test func `what git does not ask about passes`() throws {
        let netted = try Netted(Self.vouched)
        try netted.server.configure("receive.denyDeleteCurrent", "ignore")
        #expect(try netted.server.push(":\(Self.main)", environment: Self.dana).status == 0)
        try netted.expectPasses("branch", "-m", "elsewhere", "main")
        #expect(try netted.server.tip(of: Self.main) == netted.other)
        try netted.expectPasses("update-ref", "refs/heads/spare", netted.tip.hex)
        let version = try netted.repository.git("version").text.split { !$0.isNumber }.compactMap { Int($0) }
        let link = try netted.repository.attempt(["symbolic-ref", Self.main, "refs/heads/spare"])
        #expect((link.status == 0) == version.lexicographicallyPrecedes([2, 46]))
    }

    // MARK: The program

    @Test func `only one state is looked at, and for the others nothing is started`() throws {
        let netted = try Netted(program: "/nowhere/remit-hook")
        let line = Array("\(netted.tip) \(netted.other) \(Self.main)\n".utf8)
        let environment = ["GIT_DIR": netted.repository.path, "PATH": HermeticGit.path]
        for state in ["preparing", "committed", "aborted", "a state to come", ""] {
            let output = try spawn([netted.hook, state], input: line, environment: environment)
            #expect(output.status == 0 && output.errorText.isEmpty && output.text.isEmpty)
        }
        let output = try spawn([netted.hook, "prepared"], input: line, environment: environment)
        #expect(output.status == 1)
        #expect(
            output.errorText.hasSuffix(
                "remit: error: '/nowhere/remit-hook' cannot be run, so no ref was changed\n\(ShimTests.hint)\n"))
        #expect(try netted.ask("nonsense", state: "committed").status == 0)
    }

    @Test func `a symbolic value is a change like any other`() throws {
        let netted = try Netted()
        let zero = ObjectID.zero.hex
        let link = "ref:refs/heads/elsewhere"
        let output = try netted.ask("\(netted.tip) \(link) \(Self.main)\n")
        #expect(output.status == 1)
        #expect(
            output.errorText.hasPrefix(
                "remit: refused: no decision lets '\(Self.main)' become another name of 'refs/heads/elsewhere'\n"))
        for line in [
            "\(zero) \(link) HEAD", "ref:\(Self.main) \(link) HEAD", "\(zero) \(link) refs/heads/alias",
            "\(zero) \(zero) refs/heads/none", "\(zero) \(zero) \(Self.main)x",
            "\(netted.tip) \(netted.other) FETCH_HEAD",
        ] {
            #expect(try netted.ask(line + "\n").status == 0, "\(line)")
        }
        #expect(try netted.ask("").status == 0)
    }

    @Test func `where refs are kept elsewhere, only what is protected is refused`() throws {
        let netted = try Netted()
        let zero = ObjectID.zero.hex
        try netted.server.configure("extensions.refStorage", "reftable")
        #expect(try netted.ask("\(netted.tip) \(netted.other) refs/heads/topic\n").status == 0)
        for (line, what) in [
            ("\(zero) \(zero)", "be deleted"),
            ("\(netted.tip) \(netted.other)", "move from \(netted.tip.abbreviated) to \(netted.other.abbreviated)"),
        ] {
            let output = try netted.ask("\(line) \(Self.main)\n")
            #expect(output.status == 1)
            #expect(
                output.errorText == """
                    remit: refused: no decision lets '\(Self.main)' \(what)
                    remit: hint: what a ref is now cannot be told: reference storage 'reftable' is not supported; run \
                    'git refs migrate --ref-format=files'
                    \(Self.last)
                    """)
        }
    }

    @Test func `a repository of SHA-256 keeps its protected refs`() throws {
        let netted = try Netted()
        let other = try TestRepository(arguments: ["--object-format=sha256"])
        let tree = try other.git("hash-object", "-t", "tree", "-w", "/dev/null").text
        let commit = try other.git(
            "-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", "-m", "a", tree
        ).text
        let next = try other.git(
            "-c", "user.name=a", "-c", "user.email=a@b", "commit-tree", "-m", "b", "-p", commit, tree
        ).text
        try other.git("update-ref", Self.main, commit)
        for line in try netted.repository.git("config", "--get-regexp", "^remit[.]").lines {
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            try other.git("config", words[0], words[1])
        }
        try other.installHook(
            "reference-transaction", String(decoding: try readFile(netted.hook), as: UTF8.self))
        let output = try other.attempt(["update-ref", Self.main, next])
        #expect(output.status != 0)
        #expect(
            output.errorText.hasPrefix(
                """
                remit: refused: no decision lets '\(Self.main)' move from \(commit.prefix(12)) to \(next.prefix(12))
                remit: hint: no decision is taken about ids of 64 digits: the SHA-256 format is not supported
                \(Self.last)
                """), "\(output.errorText)")
        #expect(try other.attempt(["update-ref", "refs/heads/topic", next]).status == 0)
        #expect(try other.attempt(["pack-refs", "--all", "--prune"]).status == 0)
        #expect(try other.attempt(["gc", "-q"]).status == 0)
        #expect(try other.git("rev-parse", Self.main).text == commit)
    }

    @Test func `monitor mode says what it would have refused`() throws {
        let netted = try Netted(["--mode", "monitor"])
        let output = try netted.repository.attempt(["update-ref", Self.main, netted.other.hex])
        #expect(output.status == 0)
        #expect(
            output.errorText == """
                remit: monitor: would have refused: no decision lets '\(Self.main)' move from \(netted.tip.abbreviated) \
                to \(netted.other.abbreviated)
                remit: hint: push the change, so that it is judged

                """)
        #expect(try netted.server.tip(of: Self.main) == netted.other)
        try netted.server.configure("remit.authority", "/nowhere")
        #expect(try netted.repository.attempt(["update-ref", Self.main, netted.tip.hex]).status == 0)
    }

    @Test(arguments: ["remit.authority", "remit.ledger"])
    func `without authority or ledger nothing moves, and housekeeping goes on`(key: String) throws {
        let netted = try Netted()
        try netted.server.configure(key, "/nowhere/at-all")
        let output = try netted.repository.attempt(["update-ref", "refs/heads/topic", netted.other.hex])
        #expect(output.status != 0)
        #expect(
            output.errorText.hasPrefix("remit: refused: cannot check whether a decision lets refs move: "),
            "\(output.errorText)")
        #expect(output.errorText.contains(Self.last))
        try netted.expectPasses("pack-refs", "--all", "--prune")
        try netted.expectPasses("gc", "-q")
    }

    @Test func `an authority keeps its own ref`() throws {
        let guarded = try Guarded()
        let repository = guarded.server.repository
        let text = String(decoding: try readFile("\(repositoryRoot())/hooks/reference-transaction"), as: UTF8.self)
        try repository.installHook(
            "reference-transaction", text.replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook))
        let tip = try repository.resolve(Self.main)
        let parent = try repository.attempt(["update-ref", Self.main, try repository.resolve("\(tip.hex)^").hex])
        #expect(parent.status != 0)
        #expect(
            parent.errorText.contains("remit: refused: no decision lets '\(Self.main)' move"), "\(parent.errorText)")
        #expect(try repository.attempt(["update-ref", "refs/heads/scratch", tip.hex]).status == 0)
    }

    @Test(arguments: [["reference-transaction"], ["reference-transaction", "prepared", "x"]])
    func `wrong arguments are answered with the usage`(_ arguments: [String]) throws {
        let output = try spawn([BuiltProducts.hook] + arguments, environment: [:])
        #expect(output.status == 64)
        #expect(output.errorText.hasPrefix("usage: remit-hook pre-receive"))
    }

    @Test(arguments: ["x\n", "a b\n", "a b c", "a b c\n", "ref: ref:x y\n"])
    func `input that is not git's is refused`(input: String) throws {
        let output = try Netted().ask(input)
        #expect(output.status == 2)
        #expect(output.errorText.contains("cannot check whether a decision lets refs move: standard input line 1: "))
    }
}
