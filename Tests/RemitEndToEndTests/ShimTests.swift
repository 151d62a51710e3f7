import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// What becomes of a push when the program behind the shim is not what was installed.
@Suite struct ShimTests {
    enum Fault: String, CaseIterable, CustomTestStringConvertible {
        case gone, empty, notExecutable, directory, danglingLink, crashes, killed, says2, isText

        var testDescription: String { rawValue }

        /// Whether the shim itself notices, and says so.
        var isNoticed: Bool {
            switch self {
            case .gone, .empty, .notExecutable, .directory, .danglingLink: true
            case .crashes, .killed, .says2, .isText: false
            }
        }

        func apply(_ program: String) throws {
            let files = FileManager.default
            try files.removeItem(atPath: program)
            switch self {
            case .gone: break
            case .empty: try writeFile([], to: program, executable: true)
            case .notExecutable: try writeFile(Array("#!/bin/sh\n".utf8), to: program)
            case .directory: try files.createDirectory(atPath: program, withIntermediateDirectories: false)
            case .danglingLink: try files.createSymbolicLink(atPath: program, withDestinationPath: "/nowhere")
            case .crashes: try script("kill -SEGV $$", program)
            case .killed: try script("kill -KILL $$", program)
            case .says2: try script("exit 2", program)
            case .isText: try writeFile(Array("remit-hook\n".utf8), to: program, executable: true)
            }
        }

        private func script(_ line: String, _ program: String) throws {
            try writeFile(Array("#!/bin/sh\n\(line)\n".utf8), to: program, executable: true)
        }
    }

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
        if fault.isNoticed {
            let line = "remit: error: '\(program)' cannot be run, so nothing of this push was accepted"
            #expect(push.errorText.contains(line), "\(push.errorText)")
        }
        #expect(!FileManager.default.fileExists(atPath: reached))
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
