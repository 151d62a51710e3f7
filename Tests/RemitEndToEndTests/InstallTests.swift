import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

@Suite struct InstallTests {
    @Test func `hook, settings and a first entry are there, and the gate stands`() throws {
        let installed = try Installed(installs: false)
        let output = try installed.install()
        #expect(output.status == 0, "\(output.errorText)")
        let key = try installed.remit(["log", "key", "--ledger", installed.server.ledgerPath]).text
        #expect(
            output.errorText == """
                remit: host plain, since nothing of another server is to be seen; where sshd or a web server vouches \
                for the pusher, give --host ssh or --host http
                remit: installed '\(installed.hook)' for payments, entry 1 of '\(installed.server.ledgerPath)'
                remit: made the log's key '\(installed.server.ledgerPath).key'; whoever verifies the log needs its \
                public half:
                remit: \(key)
                remit: try it: remit doctor \(installed.path)

                """)
        #expect(output.text.isEmpty)
        let attributes = try FileManager.default.attributesOfItem(atPath: installed.hook)
        #expect(attributes[.posixPermissions] as? Int == 0o755)
        let config = try installed.server.repository.git("config", "--file", "config", "--get-regexp", "^remit[.]")
        #expect(
            Set(config.lines) == [
                "remit.authority \(installed.authority.path)", "remit.authorityref refs/heads/main",
                "remit.root \(installed.authority.root)", "remit.repository payments",
                "remit.ledger \(installed.server.ledgerPath)", "remit.mode enforce", "remit.host plain",
            ])
        let entry = try #require(try installed.server.recorded().first)
        #expect(entry.leaf.summary == .lifecycle(event: "installed"))
        let text = String(decoding: entry.document, as: UTF8.self)
        #expect(text.hasPrefix(#"{"schema":"lifecycle/v1","event":"installed","at":""#))
        #expect(text.contains(#""repository":"payments""#))

        let delegation = try installed.authority.delegate()
        try installed.server.commit(["Deploy/run.sh": "x\n"], under: delegation)
        #expect(try installed.server.push("refs/heads/agent/PAY-42/work").errorText.contains("scope.path"))
    }

    @Test func `the written hook is the file of hooks, with the program's path put in`() throws {
        let installed = try Installed()
        let source = try Self.shipped("pre-receive")
        let expected = source.replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook)
        #expect(String(decoding: try readFile(installed.hook), as: UTF8.self) == expected)
        #expect(source.split(separator: "\n").count <= 15)
    }

    @Test func `the hook that records is the file of hooks too`() throws {
        let installed = try Installed()
        let source = try Self.shipped("post-receive")
        #expect(
            String(decoding: try readFile("\(installed.path)/hooks/post-receive"), as: UTF8.self)
                == source.replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook))
        #expect(source.split(separator: "\n").count <= 15)
    }

    @Test func `an older hook is not lost, and asked second`() throws {
        let installed = try Installed(installs: false)
        let log = "\(installed.authority.keys.path)/older"
        try installed.server.repository.installHook("pre-receive", "#!/bin/sh\ncat >>'\(log)'\n")
        let refusal = try installed.install()
        #expect(refusal.status == 1)
        #expect(
            refusal.errorText == """
                remit: error: '\(installed.hook)' is there already and is not Remit's
                remit: hint: keep it and run it after Remit with --chain, or move it away

                """)
        #expect(try installed.server.repository.attempt(["config", "--get", "remit.root"]).status == 1)

        #expect(try installed.install(["--chain"]).status == 0)
        let source = try Self.shipped("pre-receive-chained")
        #expect(
            String(decoding: try readFile(installed.hook), as: UTF8.self)
                == source.replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook))
        #expect(source.split(separator: "\n").count <= 15)

        let delegation = try installed.authority.delegate()
        let commit = try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation)
        #expect(try installed.server.push("refs/heads/agent/PAY-42/work").status == 0)
        let line = "\(ObjectID.zero) \(commit) refs/heads/agent/PAY-42/work\n"
        #expect(String(decoding: try readFile(log), as: UTF8.self) == line)
        // What Remit refuses, the older hook never hears of.
        try installed.server.commit(["Deploy/a": "1\n"], under: delegation)
        #expect(try installed.server.push("refs/heads/agent/PAY-42/work").status == 1)
        #expect(String(decoding: try readFile(log), as: UTF8.self) == line)
        #expect(
            try installed.diagnosis("chained") == ["ok '\(installed.hook).chained' is run after Remit"])

        // Installing once more changes nothing of the chain.
        #expect(try installed.install().status == 0)
        #expect(try installed.diagnosis("chained").count == 1)
    }

    @Test func `an older hook that hears what landed hears it still, whatever becomes of the record`() throws {
        let directory = try TemporaryDirectory()
        let program = "\(directory.path)/remit-hook"
        try copyProgram(BuiltProducts.hook, to: program)
        let installed = try Installed(installs: false)
        let recorder = "\(installed.path)/hooks/post-receive"
        let log = "\(installed.authority.keys.path)/older"
        let older = "#!/bin/sh\ncat >>'\(log)'\n"
        try installed.server.repository.installHook("post-receive", older)
        #expect(
            try installed.install(["--hook-binary", program]).errorText == """
                remit: error: '\(recorder)' is there already and is not Remit's
                remit: hint: keep it and run it after Remit with --chain, or move it away

                """)
        #expect(!FileManager.default.fileExists(atPath: installed.hook))
        let output = try installed.install(["--hook-binary", program, "--chain"])
        #expect(output.errorText.contains("remit: the hook that was there runs after it: '\(recorder).chained'\n"))
        let source = try Self.shipped("post-receive-chained")
        #expect(
            String(decoding: try readFile(recorder), as: UTF8.self)
                == source.replacing("/usr/local/bin/remit-hook", with: program))
        #expect(source.split(separator: "\n").count <= 15)
        #expect(
            try installed.diagnosis("effects") == [
                "ok '\(recorder)' is Remit's and executable, and '\(recorder).chained' is run after it"
            ])

        try installed.server.commit(["README.md": "2\n"])
        #expect(try installed.server.push("refs/heads/main").status == 0)
        #expect(try installed.kinds().suffix(2) == ["decision", "effect"])
        #expect(String(decoding: try readFile(log), as: UTF8.self).split(separator: "\n").count == 1)
        try FileManager.default.removeItem(atPath: program)
        try FileManager.default.removeItem(atPath: installed.hook)
        try installed.server.commit(["README.md": "3\n"])
        let push = try installed.server.push("refs/heads/main")
        #expect(push.remote.contains("remit: warning: '\(program)' cannot be run, so what landed may be missing "))
        #expect(String(decoding: try readFile(log), as: UTF8.self).split(separator: "\n").count == 2)

        try copyProgram(BuiltProducts.hook, to: program)
        #expect(try installed.install(["--hook-binary", program]).status == 0)
        #expect(try installed.remit(["uninstall", installed.path]).status == 0)
        #expect(String(decoding: try readFile(recorder), as: UTF8.self) == older)
    }

    @Test func `the older hook's refusal counts`() throws {
        let installed = try Installed(installs: false)
        try installed.server.repository.installHook("pre-receive", "#!/bin/sh\necho older says no >&2\nexit 3\n")
        #expect(try installed.install(["--chain"]).status == 0)
        try installed.server.commit(["README.md": "2\n"])
        let push = try installed.server.push("refs/heads/main")
        #expect(push.status == 1)
        #expect(push.errorText.contains("older says no"))
    }

    static let faults: [(options: [String], status: Int32, says: String)] = [
        (["--mode", "relaxed"], 64, "The value 'relaxed' is invalid for '--mode <mode>'"),
        (["--root", "sha256:00"], 64, "--root 'sha256:00' is not the digest of a root"),
        (["--hook-binary", "/bin/true"], 1, "'/bin/true' is not remit-hook"),
        (["--hook-binary", "/nowhere/it's"], 64, "the path '/nowhere/it's' cannot stand in a shell script"),
        (["--hook-binary", "/nowhere/remit-hook"], 1, "'/nowhere/remit-hook' is missing"),
        (["--host", "ghes"], 64, "GitHub Enterprise Server takes its hooks from a repository, not from here"),
        (["--pusher-variable", "WHO"], 64, "--pusher-variable: only 'ssh' takes a variable's name"),
        (["--authority", "/nowhere"], 2, "cannot read the authority '/nowhere': "),
    ]

    @Test(arguments: faults)
    func `a fault is told before anything is written`(options: [String], status: Int32, says: String) throws {
        let installed = try Installed(installs: false)
        var arguments = [
            "--authority", installed.authority.path, "--root", installed.authority.root.description, "--name",
            "payments", "--ledger", installed.server.ledgerPath,
        ]
        if let index = arguments.firstIndex(of: options[0]) { arguments.removeSubrange(index...(index + 1)) }
        let output = try installed.remit(["install", installed.path] + arguments + options)
        #expect(output.status == status, "\(output.errorText)")
        #expect(output.errorText.hasPrefix("remit: error: \(says)"), "\(output.errorText)")
        #expect(!FileManager.default.fileExists(atPath: installed.hook))
        #expect(!FileManager.default.fileExists(atPath: installed.server.ledgerPath))
        #expect(try installed.server.repository.attempt(["config", "--get-regexp", "^remit[.]"]).status == 1)
    }

    @Test func `a ledger inside the repository is refused`() throws {
        let installed = try Installed(installs: false)
        let output = try installed.remit([
            "install", installed.path, "--authority", installed.authority.path, "--root",
            installed.authority.root.description, "--name", "payments", "--ledger", "\(installed.path)/ledger.db",
        ])
        #expect(output.status == 64)
        #expect(
            output.errorText.hasPrefix(
                "remit: error: --ledger '\(installed.path)/ledger.db' lies inside the repository"))
    }

    @Test func `hooks that git looks for elsewhere are refused`() throws {
        let installed = try Installed(installs: false)
        try installed.server.configure("core.hooksPath", "/nowhere/hooks")
        let output = try installed.install()
        #expect(output.status == 1)
        #expect(
            output.errorText == """
                remit: error: git looks for hooks in '/nowhere/hooks': core.hooksPath is set
                remit: hint: take it away with 'git config --unset core.hooksPath' in the scope that \
                'git config --show-origin core.hooksPath' names, then install again

                """)
    }

    @Test func `history from before is proposed as a baseline, signed, and then not judged`() throws {
        let installed = try Installed(installs: false, baseline: false)
        let claude = TestIdentity("Claude", "noreply@anthropic.com")
        let old = try installed.server.repository.commit(
            ["old.txt": "1\n"], on: "refs/heads/old", message: "old\n", parents: [], author: claude)
        let main = try installed.server.repository.resolve("refs/heads/main")
        let output = try installed.install()
        let commits = [old.hex, main.hex].sorted().map { "\"\($0)\"" }.joined(separator: ", ")
        let now = try #require(output.lines.first { $0.hasPrefix("issued_at") })
        #expect(
            output.text == """
                type = "baseline/v1"
                organisation = "example.org"
                repository = "payments"
                commits = [\(commits)]
                reason = "history from before adoption"
                \(now)
                issuer = "dana@example.org"
                """)
        #expect(
            output.errorText.contains("remit:     remit baseline \(installed.path) --authority CLONE --key KEY\n"))

        // Before it is signed the old work is judged like new work.
        let server = installed.server
        try server.client.git("fetch", "-q", "origin", "old")
        #expect(try server.push("\(old):refs/heads/copy").errorText.contains("delegation.missing"))

        let clone = "\(installed.authority.keys.path)/clone"
        try installed.authority.repository.git("clone", "-q", installed.authority.path, clone)
        let signing = try installed.remit([
            "baseline", installed.path, "--authority", clone, "--key", installed.authority.dana.privatePath,
        ])
        #expect(signing.status == 0, "\(signing.errorText)")
        #expect(
            signing.errorText == """
                remit: committed 'exceptions/baseline-payments.toml': 2 commits, signed as dana@example.org
                remit: servers know it: pushed to 'origin'

                """)
        #expect(try server.push("\(old):refs/heads/copy").status == 0)
    }

    @Test func `only an administrator's key signs a baseline`() throws {
        let installed = try Installed(baseline: false)
        let clone = "\(installed.authority.keys.path)/clone"
        try installed.authority.repository.git("clone", "-q", installed.authority.path, clone)
        let output = try installed.remit([
            "baseline", installed.path, "--authority", clone, "--key", installed.authority.sam.privatePath,
        ])
        #expect(output.status == 1)
        #expect(
            output.errorText == """
                remit: error: \(try installed.authority.sam.fingerprint()) is not an administrator's key
                remit: hint: administrators are: dana@example.org

                """)
    }

    @Test func `uninstall takes everything away but the evidence`() throws {
        let installed = try Installed()
        let output = try installed.remit(["uninstall", installed.path])
        #expect(output.status == 0)
        #expect(
            output.errorText == """
                remit: took '\(installed.hook)' away, entry 2 of the ledger
                remit: took '\(installed.path)/hooks/post-receive' away
                remit: pushes to this repository are no longer judged

                """)
        #expect(!FileManager.default.fileExists(atPath: installed.hook))
        #expect(try installed.server.repository.attempt(["config", "--get-regexp", "^remit[.]"]).status == 1)
        let entries = try installed.server.entries()
        #expect(entries.map(\.kind) == [.lifecycle, .lifecycle])
        #expect(
            entries.last.map { String(decoding: $0.bytes, as: UTF8.self) }?.contains(#""event":"disabled""#) == true)
    }

    @Test func `uninstall gives an older hook its place back`() throws {
        let installed = try Installed(installs: false)
        let older = "#!/bin/sh\nexit 0\n"
        try installed.server.repository.installHook("pre-receive", older)
        #expect(try installed.install(["--chain"]).status == 0)
        #expect(try installed.remit(["uninstall", installed.path]).status == 0)
        #expect(String(decoding: try readFile(installed.hook), as: UTF8.self) == older)
        #expect(!FileManager.default.fileExists(atPath: "\(installed.hook).chained"))
    }

    @Test func `without a ledger it is taken away only by force`() throws {
        let installed = try Installed()
        try FileManager.default.removeItem(atPath: installed.server.ledgerPath)
        let output = try installed.remit(["uninstall", installed.path])
        #expect(output.status == 2)
        #expect(output.errorText.hasSuffix("remit: hint: go on without a record with --force\n"))
        #expect(FileManager.default.fileExists(atPath: installed.hook))
        #expect(try installed.remit(["uninstall", installed.path, "--force"]).status == 0)
        #expect(!FileManager.default.fileExists(atPath: installed.hook))
    }

    @Test func `an older hook that is a link stays one, and comes back as it was`() throws {
        let installed = try Installed(installs: false)
        let older = try installed.authority.keys.write("#!/bin/sh\nexit 0\n", to: "older", executable: true)
        let files = FileManager.default
        try files.createDirectory(atPath: "\(installed.path)/hooks", withIntermediateDirectories: true)
        try files.createSymbolicLink(atPath: installed.hook, withDestinationPath: older)
        #expect(
            try installed.install().errorText == """
                remit: error: '\(installed.hook)' is a link to '\(older)' already and is not Remit's
                remit: hint: keep it and run it after Remit with --chain, or move it away

                """)
        #expect(try installed.install(["--chain"]).status == 0)
        #expect(try files.destinationOfSymbolicLink(atPath: "\(installed.hook).chained") == older)
        #expect(String(decoding: try readFile(older), as: UTF8.self) == "#!/bin/sh\nexit 0\n")
        #expect(try installed.remit(["uninstall", installed.path]).status == 0)
        #expect(try files.destinationOfSymbolicLink(atPath: installed.hook) == older)
        #expect(!Self.isThere("\(installed.hook).chained"))
    }

    @Test(
        arguments: [
            (0o644, "is not executable: git passes over it"), (nil, "is a link that leads nowhere: git passes over it"),
        ] as [(mode: Int?, says: String)])
    func `what git does not run is not put behind Remit`(mode: Int?, says: String) throws {
        let installed = try Installed(installs: false)
        if let mode {
            try installed.server.repository.installHook("pre-receive", "#!/bin/sh\n")
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: installed.hook)
        } else {
            try FileManager.default.createDirectory(
                atPath: "\(installed.path)/hooks", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: installed.hook, withDestinationPath: "/nowhere")
        }
        #expect(
            try installed.install(["--chain"]).errorText.hasSuffix(
                """
                remit: error: '\(installed.hook)' \(says), so it cannot be run after Remit
                remit: hint: mend it or move it away, then install again

                """))
    }

    @Test func `a link to Remit's own hook serves this repository, and goes alone`() throws {
        let installed = try Installed(installs: false)
        let shared = try installed.authority.keys.write(
            try Self.shipped("pre-receive").replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook),
            to: "shared", executable: true)
        try FileManager.default.createDirectory(atPath: "\(installed.path)/hooks", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: installed.hook, withDestinationPath: shared)
        let output = try installed.install()
        #expect(output.status == 0, "\(output.errorText)")
        #expect(
            output.errorText.contains(
                "remit: '\(installed.hook)' is a link to '\(shared)', which is Remit's: it is left as it is\n"))
        #expect(
            try installed.diagnosis("push") == ["ok a probe by the unregistered agent 'openhands' was refused by Remit"]
        )
        let end = try installed.remit(["uninstall", installed.path])
        #expect(
            end.errorText.hasPrefix(
                "remit: took the link '\(installed.hook)' away, entry 3 of the ledger; '\(shared)' stays, for other "
                    + "repositories\n"), "\(end.errorText)")
        #expect(Self.isThere(shared) && !Self.isThere(installed.hook))
    }

    @Test func `an older hook whose place was taken from ours is not lost`() throws {
        let installed = try Installed(installs: false)
        try installed.server.repository.installHook("pre-receive", "#!/bin/sh\necho older says no >&2\nexit 3\n")
        #expect(try installed.install(["--chain"]).status == 0)
        try FileManager.default.removeItem(atPath: installed.hook)
        #expect(try installed.install().status == 0)
        try installed.server.commit(["README.md": "2\n"])
        #expect(try installed.server.push("refs/heads/main").errorText.contains("older says no"))
    }

    @Test func `what is left of a gate is taken away too`() throws {
        let installed = try Installed()
        try installed.server.repository.installHook("pre-receive", "#!/bin/sh\n")
        let output = try installed.remit(["uninstall", installed.path])
        #expect(
            output.errorText == """
                remit: '\(installed.hook)' is not Remit's, and is left; the rest of the gate is taken away, entry 2 of the \
                ledger
                remit: took '\(installed.path)/hooks/post-receive' away
                remit: pushes to this repository are no longer judged

                """)
        #expect(String(decoding: try readFile(installed.hook), as: UTF8.self) == "#!/bin/sh\n")
        #expect(try installed.server.repository.attempt(["config", "--get-regexp", "^remit[.]"]).status == 1)
    }

    private static func isThere(_ path: String) -> Bool {
        do { return try !FileManager.default.attributesOfItem(atPath: path).isEmpty } catch { return false }
    }

    @Test func `another's hook is left alone`() throws {
        let installed = try Installed(installs: false)
        try installed.server.repository.installHook("pre-receive", "#!/bin/sh\n")
        let output = try installed.remit(["uninstall", installed.path])
        #expect(output.status == 1)
        #expect(
            output.errorText == """
                remit: error: '\(installed.hook)' is not Remit's hook
                remit: hint: nothing was changed

                """)
    }

    /// A file of `hooks/`, beside `Tests/`.
    private static func shipped(_ name: String, from file: String = #filePath) throws -> String {
        let root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return String(decoding: try readFile(root.appendingPathComponent("hooks/\(name)").path), as: UTF8.self)
    }
}
