import Foundation
import RemitTestSupport
import Testing

/// The probe on servers with a script of their own between git and the hook; and what it leaves: nothing.
@Suite struct ProbeTests {
    static let trailer = "Co-authored-by: openhands <openhands@all-hands.dev>"

    private static func arranged(_ host: String, _ options: String...) throws -> Installed {
        let installed = try Installed(installs: false)
        try Dispatched.arrange(host, in: installed.path)
        let output = try installed.install(["--host", host] + options)
        guard output.status == 0 else {
            throw CommandFailure(command: ["remit", "install"], status: output.status, stderr: output.errorText)
        }
        return installed
    }

    @Test(arguments: ["gitea", "forgejo", "soft-serve"])
    func `a push through the server's own script is refused by Remit`(host: String) throws {
        let installed = try Self.arranged(host)
        let dispatcher = "\(installed.path)/hooks/pre-receive"
        #expect(try installed.diagnosis("dispatcher") == ["ok '\(dispatcher)' is there, for git to run"])
        #expect(
            try installed.diagnosis("push") == ["ok a probe by the unregistered agent 'openhands' was refused by Remit"]
        )
        // Other hooks of the directory hear of it, and that is told.
        let log = "\(installed.authority.keys.path)/lint"
        try Dispatched.script("#!/bin/sh\ncat >'\(log)'\n", at: "\(installed.path)/hooks/pre-receive.d/lint")
        #expect(
            try installed.diagnosis("push") == [
                "ok a probe by the unregistered agent 'openhands' was refused by Remit",
                "ok the probe was shown to the other hooks of '\(installed.path)/hooks/pre-receive.d' too: 'lint'",
            ])
        #expect(FileManager.default.fileExists(atPath: log))
    }

    @Test(arguments: [
        ("gitea", DoctorTests.Break.missing, "is missing"), ("gitea", .notExecutable, "is not executable"),
        ("soft-serve", .danglingLink, "is a link that leads nowhere"), ("forgejo", .empty, "is empty"),
    ])
    func `a server's script that git passes over is found, and so is the open door`(
        host: String, state: DoctorTests.Break, says: String
    ) throws {
        let installed = try Self.arranged(host)
        let dispatcher = "\(installed.path)/hooks/pre-receive"
        try state.apply(dispatcher)
        #expect(
            try installed.diagnosis("dispatcher") == [
                "FAIL '\(dispatcher)' \(says): git runs nothing of '\(installed.path)/hooks/pre-receive.d', and accepts "
                    + "every push; let \(host) write its hooks again"
            ])
        #expect(try installed.diagnosis("push") == [DoctorTests.unguarded])
        #expect(try installed.server.repository.git("for-each-ref", "refs/heads/remit").text == "")
    }

    @Test func `on GitLab's repository the hook is called as Gitaly calls it, and no more is claimed`() throws {
        let installed = try Self.arranged("gitlab")
        let before = try Self.objects(installed)
        let unproved =
            "warn that GitLab runs it is not proved: a local push goes past Gitaly; push a commit with the "
            + "line '\(Self.trailer)' through GitLab by hand"
        #expect(
            try installed.diagnosis("push") == [
                "ok a probe by the unregistered agent 'openhands' was refused by Remit", unproved,
            ])
        #expect(try Self.objects(installed) == before)
        let hook = "\(installed.path)/custom_hooks/pre-receive.d/remit"
        try DoctorTests.Break.empty.apply(hook)
        #expect(
            try installed.diagnosis("push") == [
                "FAIL A PROBE BY THE UNREGISTERED AGENT 'openhands' WAS ACCEPTED: nothing guards this repository; nothing "
                    + "of it was in the repository; mend what failed above, then look again",
                unproved,
            ])
        try DoctorTests.Break.notExecutable.apply(hook)
        #expect(
            try installed.diagnosis("push") == [
                "FAIL not tried: '\(hook)' cannot be run, so Gitaly passes over it; run 'remit install'"
            ])
    }

    @Test func `GitLab in monitor mode`() throws {
        let installed = try Self.arranged("gitlab", "--mode", "monitor")
        #expect(
            try installed.diagnosis("push").first
                == "ok a probe by the unregistered agent 'openhands' would have been refused; nothing of it was in the "
                + "repository")
    }

    @Test(arguments: [false, true])
    func `what is let through leaves neither ref nor object`(keepsPacks: Bool) throws {
        let installed = try Installed()
        if keepsPacks { try installed.server.configure("receive.unpackLimit", "1") }
        try installed.server.configure("core.logAllRefUpdates", "true")
        let before = try Self.objects(installed)
        try FileManager.default.removeItem(atPath: installed.hook)
        #expect(try installed.diagnosis("push") == [DoctorTests.unguarded])
        #expect(try Self.objects(installed) == before)
        #expect(try installed.server.repository.git("for-each-ref", "refs/heads/remit").text == "")
        #expect(try installed.server.repository.attempt(["fsck", "--full", "--strict"]).status == 0)
    }

    @Test func `what an earlier probe has left is told`() throws {
        let installed = try Installed()
        try installed.server.repository.git("update-ref", "refs/heads/remit/doctor/1", "refs/heads/main")
        #expect(
            try installed.diagnosis("push").first
                == "warn an earlier probe has left 'refs/heads/remit/doctor/1'; delete it with 'git update-ref -d "
                + "refs/heads/remit/doctor/1'")
    }

    /// Every file below `objects`.
    private static func objects(_ installed: Installed) throws -> Set<String> {
        Set(try FileManager.default.subpathsOfDirectory(atPath: "\(installed.path)/objects"))
    }
}
