import Foundation
import RemitGate
import RemitModel
import RemitTestSupport
import Testing

/// What becomes of a push when the program behind the shim is not what was installed.
@Suite struct ShimTests {
    enum Fault: String, CaseIterable, CustomTestStringConvertible {
        case gone, empty, notExecutable, directory, danglingLink, withoutInterpreter, withoutLibrary, otherMachine
        case truncated, isText, isTrue, isFalse, says2, says64, earlier, later, crashes, killed

        var testDescription: String { rawValue }

        /// What the hook file says of it, after the program's path.
        var says: String {
            switch self {
            case .gone, .notExecutable, .directory, .danglingLink, .withoutInterpreter, .withoutLibrary, .otherMachine,
                .isText:
                "cannot be run"
            case .empty, .isTrue, .isFalse, .says2, .says64, .earlier, .later:
                "is not the remit-hook that this hook file was written for"
            case .crashes, .killed, .truncated: "was ended by a signal"
            }
        }

        func apply(_ program: String) throws {
            let files = FileManager.default
            let real = try readFile(program)
            try files.removeItem(atPath: program)
            switch self {
            case .gone: break
            case .empty: try writeFile([], to: program, executable: true)
            case .notExecutable: try writeFile(Array("#!/bin/sh\n".utf8), to: program)
            case .directory: try files.createDirectory(atPath: program, withIntermediateDirectories: false)
            case .danglingLink: try files.createSymbolicLink(atPath: program, withDestinationPath: "/nowhere")
            case .withoutInterpreter:
                try writeFile(Array("#!/nowhere/sh\n".utf8), to: program, executable: true)
            // What the loader says and ends with when a shared library is gone.
            case .withoutLibrary: try script("exit 127", program)
            // The machine stands in the 19th and 20th byte of an ELF header.
            case .otherMachine:
                try writeFile(
                    Array(real.prefix(18)) + [0xF7, 0] + Array(real[20..<4096]), to: program, executable: true)
            // Its segments lie where nothing is any more: the kernel kills it.
            case .truncated: try writeFile(Array(real.prefix(4096)), to: program, executable: true)
            case .isText: try writeFile(Array("remit-hook\n".utf8), to: program, executable: true)
            case .isTrue: try files.createSymbolicLink(atPath: program, withDestinationPath: "/bin/true")
            case .isFalse: try files.createSymbolicLink(atPath: program, withDestinationPath: "/bin/false")
            case .says2: try script("exit 2", program)
            case .says64: try script("exit 64", program)
            // One that knows no such option, and one that knows the next.
            case .earlier: try script("[ $# = 1 ] || exit 64", program)
            case .later: try script("[ \"$2\" = --shim=2 ] && exit 10; exit 64", program)
            case .crashes: try script("kill -SEGV $$", program)
            case .killed: try script("kill -KILL $$", program)
            }
        }

        private func script(_ line: String, _ program: String) throws {
            try writeFile(Array("#!/bin/sh\n\(line)\n".utf8), to: program, executable: true)
        }
    }

    static let hint = "remit: hint: ask the administrators to run 'remit doctor' on the server"

    @Test(arguments: Fault.allCases, [false, true])
    func `a program that cannot answer refuses the push`(_ fault: Fault, isChained: Bool) throws {
        let directory = try TemporaryDirectory()
        let program = "\(directory.path)/remit-hook"
        try copyProgram(BuiltProducts.hook, to: program)
        let installed = try Installed(installs: false)
        let reached = "\(directory.path)/reached"
        if isChained {
            try installed.server.repository.installHook("pre-receive", "#!/bin/sh\ntouch '\(reached)'\n")
        }
        #expect(try installed.install(["--hook-binary", program] + (isChained ? ["--chain"] : [])).status == 0)
        try fault.apply(program)

        try installed.server.commit(["README.md": "2\n"])
        let push = try installed.server.push("refs/heads/main")
        #expect(push.status == 1)
        #expect(push.errorText.contains("pre-receive hook declined"), "\(push.errorText)")
        #expect(
            push.remote.hasSuffix(
                "remit: error: '\(program)' \(fault.says), so nothing of this push was accepted\n\(Self.hint)\n"),
            "\(push.errorText)")
        #expect(!FileManager.default.fileExists(atPath: reached))
    }

    @Test(arguments: Fault.allCases, [false, true])
    func `a program that cannot record is told, and the push stands`(_ fault: Fault, isChained: Bool) throws {
        let directory = try TemporaryDirectory()
        let program = "\(directory.path)/remit-hook"
        try copyProgram(BuiltProducts.hook, to: program)
        let installed = try Installed(installs: false)
        let reached = "\(directory.path)/reached"
        if isChained {
            try installed.server.repository.installHook("post-receive", "#!/bin/sh\ntouch '\(reached)'\n")
        }
        #expect(try installed.install(["--hook-binary", program] + (isChained ? ["--chain"] : [])).status == 0)
        try FileManager.default.removeItem(atPath: installed.hook)
        try fault.apply(program)

        try installed.server.commit(["README.md": "2\n"])
        let push = try installed.server.push("refs/heads/main")
        #expect(push.status == 0)
        #expect(
            push.remote.hasSuffix(
                "remit: warning: '\(program)' \(fault.says), so what landed may be missing in the ledger\n\(Self.hint)\n"
            ),
            "\(push.errorText)")
        #expect(FileManager.default.fileExists(atPath: reached) == isChained)
    }

    @Test func `a refusal says its own words and no others`() throws {
        let installed = try Installed()
        try installed.server.commit(["README.md": "2\n"], message: "two\n\n\(TestServer.mark)\n")
        let push = try installed.server.push("refs/heads/main")
        #expect(push.status == 1)
        #expect(push.remote.contains("remit: refused: nothing of this push was accepted"))
        #expect(!push.remote.contains("'\(try BuiltProducts.hook)'"), "\(push.remote)")
        try installed.server.configure("remit.root", "nonsense")
        let undecided = try installed.server.push("refs/heads/main")
        #expect(undecided.status == 1)
        #expect(!undecided.remote.contains("'\(try BuiltProducts.hook)'"), "\(undecided.remote)")
    }

    @Test func `a hook file is answered with statuses that nothing else ends with`() throws {
        let scene = try BadInputScene()
        scene.arguments = ["pre-receive", "--shim=1"]
        #expect(try scene.run().status == 10)
        scene.arguments = ["pre-receive", "--shim=1", "--format", "json"]
        #expect(try scene.run().status == 10)
        scene.environment["GIT_DIR"] = "/nowhere"
        #expect(try scene.run().status == 12)
        scene.arguments = ["post-receive", "--shim=1"]
        #expect(try scene.run().status == 12)
        scene.arguments = ["pre-receive", "--shim=1", "--shim=1"]
        #expect(try scene.run().status == 64)
        scene.arguments = ["--shim=1"]
        #expect(try scene.run().status == 10)
        for other in ["--shim=2", "--shim=", "--shim=10", "--shim=1 "] {
            scene.arguments = ["pre-receive", other]
            let output = try scene.run()
            #expect(output.status == 64)
            #expect(
                output.errorText
                    == "remit: error: \(HookCommand.program) answers hook files that ask with '--shim=1' only\n")
            scene.arguments = [other]
            #expect(try scene.run().status == 64)
        }
    }

    /// What `remit install` wrote before hook files asked for an answer of their own.
    static func earlier(_ program: String, isChained: Bool) -> String {
        let chained = """
            updates=$(cat && echo .) || exit 1
            printf %s "${updates%.}" | "$hook" pre-receive || exit
            printf %s "${updates%.}" | "${0%/*}/pre-receive.chained"
            """
        return """
            #!/bin/sh
            # Remit judges every push before a ref moves\(isChained ? ", then the hook that was here before" : ""). \
            See hooks/README.md.
            SWIFT_BACKTRACE=enable=no
            export SWIFT_BACKTRACE
            hook='\(program)'
            if ! { [ -f "$hook" ] && [ -s "$hook" ] && [ -x "$hook" ]; }; then
                echo "remit: error: '$hook' cannot be run, so nothing of this push was accepted" >&2
                echo "remit: hint: ask the administrators to run 'remit doctor' on the server" >&2
                exit 1
            fi
            \(isChained ? chained : "exec \"$hook\" pre-receive")

            """
    }

    @Test(arguments: [false, true])
    func `the file of an earlier release works, is told of, and is replaced`(isChained: Bool) throws {
        let installed = try Installed(installs: false)
        let older = "#!/bin/sh\n"
        if isChained { try installed.server.repository.installHook("pre-receive", older) }
        #expect(try installed.install(isChained ? ["--chain"] : []).status == 0)
        let present = try readFile(installed.hook)
        let earlier = Self.earlier(try BuiltProducts.hook, isChained: isChained)
        try installed.server.repository.installHook("pre-receive", earlier)
        #expect(
            try installed.diagnosis("hook") == [
                "warn '\(installed.hook)' is an earlier release's: a program that is not remit-hook can let every push "
                    + "through; run 'remit install' again"
            ])
        #expect(try installed.diagnosis("program").first?.hasPrefix("ok ") == true)
        #expect(try installed.diagnosis("push").first?.hasPrefix("ok ") == true)

        #expect(try installed.install().status == 0)
        #expect(try readFile(installed.hook) == present)
        #expect(try installed.diagnosis("hook") == ["ok '\(installed.hook)' is Remit's and executable"])

        try installed.server.repository.installHook("pre-receive", earlier)
        #expect(try installed.remit(["uninstall", installed.path]).status == 0)
        #expect(FileManager.default.fileExists(atPath: installed.hook) == isChained)
    }

    @Test func `the recorder of an earlier release is told of, and replaced`() throws {
        let installed = try Installed()
        let recorder = "\(installed.path)/hooks/post-receive"
        let earlier = """
            #!/bin/sh
            # Remit records what landed once refs have moved. See hooks/README.md.
            SWIFT_BACKTRACE=enable=no
            export SWIFT_BACKTRACE
            hook='\(try BuiltProducts.hook)'
            if ! { [ -f "$hook" ] && [ -s "$hook" ] && [ -x "$hook" ]; }; then
                echo "remit: warning: '$hook' cannot be run, so nothing records what landed" >&2
                echo "remit: hint: ask the administrators to run 'remit doctor' on the server" >&2
                exit 1
            fi
            exec "$hook" post-receive

            """
        let present = try readFile(recorder)
        try installed.server.repository.installHook("post-receive", earlier)
        #expect(
            try installed.diagnosis("effects") == [
                "warn '\(recorder)' is an earlier release's: it does not notice a program that is not remit-hook; "
                    + "run 'remit install' again"
            ])
        #expect(try installed.install().status == 0)
        #expect(try readFile(recorder) == present)
    }

    @Test func `a program of another release is not installed, and is found`() throws {
        let directory = try TemporaryDirectory()
        let program = "\(directory.path)/remit-hook"
        try copyProgram(BuiltProducts.hook, to: program)
        let installed = try Installed("--hook-binary", program)
        let other = "#!/bin/sh\n[ \"$*\" = --version ] && echo remit-hook 0.0.9 && exit\nexit 64\n"
        try writeFile(Array(other.utf8), to: program, executable: true)
        let what = "'\(program)' is the remit-hook of another release, which does not answer this release's hook files"
        #expect(
            try installed.diagnosis("program") == [
                "FAIL \(what): every push is refused; put remit-hook there, or run 'remit install' again"
            ])
        #expect(
            try installed.diagnosis("push") == [
                "FAIL a probe was refused for another reason: '\(program)' is not the remit-hook that this hook file was "
                    + "written for, so nothing of this push was accepted; mend that: until then every push is refused"
            ])
        #expect(
            try installed.install(["--hook-binary", program]).errorText == """
                remit: error: \(what)
                remit: hint: name the remit-hook program with --hook-binary

                """)
    }

    @Test func `a chained hook that is gone refuses the push`() throws {
        let installed = try Installed(installs: false)
        try installed.server.repository.installHook("pre-receive", "#!/bin/sh\n")
        #expect(try installed.install(["--chain"]).status == 0)
        try FileManager.default.removeItem(atPath: "\(installed.hook).chained")
        try installed.server.commit(["README.md": "2\n"])
        #expect(try installed.server.push("refs/heads/main").status == 1)
        #expect(try installed.diagnosis("chained").first?.hasPrefix("FAIL ") == true)
    }

    /// What dispatchers of GitLab and Gitea run: the file lies where their manuals say.
    @Test(arguments: [("gitlab", "custom_hooks"), ("gitea", "hooks"), ("forgejo", "hooks")])
    func `hosts with dispatchers get the file where they look`(host: String, directory: String) throws {
        let installed = try Installed(installs: false)
        let place = "\(installed.path)/\(directory)/pre-receive.d"
        let refusal = try installed.install(["--host", host])
        #expect(refusal.status == 1)
        #expect(refusal.errorText.hasPrefix("remit: error: '\(place)' is not a directory\n"))
        try Dispatched.arrange(host, in: installed.path)
        // Whatever lies in that directory is run: a chained hook would be run twice.
        try writeFile(Array("#!/bin/sh\n".utf8), to: "\(place)/remit", executable: true)
        #expect(
            try installed.install(["--host", host, "--chain"]).errorText == """
                remit: error: '\(place)/remit' is there already and is not Remit's
                remit: hint: move it away, then install again

                """)
        try FileManager.default.removeItem(atPath: "\(place)/remit")
        #expect(try installed.install(["--host", host]).status == 0)
        #expect(FileManager.default.isExecutableFile(atPath: "\(place)/remit"))
        let recorder = "\(installed.path)/\(directory)/post-receive.d/remit"
        #expect(FileManager.default.isExecutableFile(atPath: recorder))
        #expect(try installed.remit(["uninstall", installed.path]).status == 0)
        #expect(!FileManager.default.fileExists(atPath: "\(place)/remit"))
        #expect(!FileManager.default.fileExists(atPath: recorder))
    }
}
