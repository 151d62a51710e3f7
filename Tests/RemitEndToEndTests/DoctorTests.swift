import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// The states of environments.md 1.3 in which git skips a hook, each found, and each proved by a real push.
@Suite struct DoctorTests {
    static let unguarded =
        "FAIL A PROBE BY THE UNREGISTERED AGENT 'openhands' WAS ACCEPTED: nothing guards this repository; "
        + "it is taken back; mend what failed above, then look again"

    @Test func `a sound installation is proved by a push that Remit refuses`() throws {
        let installed = try Installed()
        try installed.server.configure("receive.fsckObjects", "true")
        try installed.server.configure("receive.advertisePushOptions", "true")
        let output = try installed.doctor("--user", "nobody")
        #expect(output.status == 0, "\(output.text)")
        let commit = try installed.authority.repository.resolve("HEAD").abbreviated
        #expect(
            output.lines == [
                "ok   repository    '\(installed.path)' can be read",
                "ok   user          this is the user who owns the repository",
                "ok   settings      enforce for 'payments', host plain",
                "ok   host          host plain: nothing of another server is to be seen",
                "ok   hook          '\(installed.hook)' is Remit's and executable",
                "ok   hooks-path    git looks for hooks in this repository",
                "ok   hook-enabled  no setting switches the hook off",
                "ok   program       '\(try BuiltProducts.hook)' runs",
                "ok   hook-config   git's configuration names no hook",
                "ok   writers       nobody but its owner and root can change the hook, the settings or the program",
                "ok   effects       '\(installed.path)/hooks/post-receive' is Remit's and executable",
                "ok   safety-net    there is none: what moves refs without a push is not stopped",
                "ok   fsck          git checks the form of what is pushed",
                "ok   push-options  git takes push options",
                "ok   shallow       git takes no history that is cut off",
                "ok   alternates    every object is the repository's own",
                "ok   replaced      git shows the history that is judged",
                "ok   mirrors       no remote is fetched into branches or tags",
                "ok   anonymous     no setting lets pushes in without a login",
                "ok   accounts      user 'nobody' has the shell '/usr/sbin/nologin', which runs no command of the pusher's",
                "ok   certificates  git takes no signed pushes: receive.certNonceSeed is not set",
                "ok   ledger        '\(installed.server.ledgerPath)' can be written; it has 1 entries",
                "ok   log           '\(try installed.logName())' is published: 1 of 1 entries",
                "ok   authority     policy version 1 of 'example.org' is verified at \(commit)",
                "ok   refs          protected by the policy: refs/heads/main",
                "ok   push          a probe by the unregistered agent 'openhands' was refused by Remit",
            ])
        #expect(try installed.server.entries().map(\.kind.rawValue) == ["lifecycle", "decision"])
        #expect(try installed.server.repository.git("for-each-ref", "refs/heads/remit").text == "")
    }

    enum Break: String, CaseIterable, CustomTestStringConvertible {
        case missing, notExecutable, danglingLink, empty

        var testDescription: String { rawValue }

        var says: String {
            switch self {
            case .missing: "is missing: git skips it and accepts every push; run 'remit install' again"
            case .notExecutable: "is not executable: git skips it and accepts every push; run 'chmod +x HOOK'"
            case .danglingLink:
                "is a link that leads nowhere: git skips it and accepts every push; run 'remit install' again"
            case .empty:
                "is empty: the shell runs it as a script that succeeds, for every push; run 'remit install' again"
            }
        }

        func apply(_ hook: String) throws {
            let files = FileManager.default
            switch self {
            case .missing: try files.removeItem(atPath: hook)
            case .notExecutable: try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: hook)
            case .danglingLink:
                try files.removeItem(atPath: hook)
                try files.createSymbolicLink(atPath: hook, withDestinationPath: "/nowhere/remit-hook")
            case .empty: try Data().write(to: URL(fileURLWithPath: hook))
            }
        }
    }

    @Test(arguments: Break.allCases)
    func `a hook file that git passes over is found, and so is the open door`(_ state: Break) throws {
        let installed = try Installed()
        try state.apply(installed.hook)
        let says = state.says.replacing("HOOK", with: installed.hook)
        #expect(try installed.diagnosis("hook") == ["FAIL '\(installed.hook)' \(says)"])
        #expect(try installed.diagnosis("push") == [Self.unguarded])
        #expect(try installed.doctor().status == 1)
        #expect(try installed.server.repository.git("for-each-ref", "refs/heads/remit").text == "")
    }

    @Test(arguments: Break.allCases)
    func `a hook that records nothing is found, and is no open door`(_ state: Break) throws {
        let installed = try Installed()
        let recorder = "\(installed.path)/hooks/post-receive"
        try state.apply(recorder)
        let says =
            switch state {
            case .missing: "is missing: what lands is not recorded; run 'remit install' again"
            case .notExecutable: "is not executable: what lands is not recorded; run 'chmod +x \(recorder)'"
            case .danglingLink: "is a link that leads nowhere: what lands is not recorded; run 'remit install' again"
            case .empty: "is no script: what lands is not recorded; run 'remit install' again"
            }
        #expect(try installed.diagnosis("effects") == ["warn '\(recorder)' \(says)"])
        #expect(try installed.doctor().status == 0)
    }

    @Test func `a recording hook of someone else is found`() throws {
        let installed = try Installed()
        try installed.server.repository.installHook("post-receive", "#!/bin/sh\nexit 0\n")
        #expect(
            try installed.diagnosis("effects") == [
                "warn '\(installed.path)/hooks/post-receive' is not the hook that 'remit install' writes: what lands is "
                    + "not recorded; run 'remit install --chain' to keep it and be told first"
            ])
    }

    @Test func `a hook of someone else is not taken for ours`() throws {
        let installed = try Installed()
        try installed.server.repository.installHook("pre-receive", "#!/bin/sh\nexit 0\n")
        #expect(
            try installed.diagnosis("hook") == [
                "FAIL '\(installed.hook)' is not the hook that 'remit install' writes; "
                    + "run 'remit install --chain' to keep it and be asked first"
            ])
        #expect(try installed.diagnosis("push") == [Self.unguarded])
    }

    @Test func `core hooksPath in the repository leads git away`() throws {
        let installed = try Installed()
        try installed.server.configure("core.hooksPath", "/nowhere/hooks")
        #expect(
            try installed.diagnosis("hooks-path") == [
                "FAIL git looks for hooks in '/nowhere/hooks', not in this repository; "
                    + "unset core.hooksPath where 'git config --show-origin core.hooksPath' finds it"
            ])
        #expect(try installed.diagnosis("push") == [Self.unguarded])
    }

    @Test func `core hooksPath in a person's own configuration leads git away`() throws {
        let installed = try Installed()
        let file = try installed.authority.keys.write("[core]\n\thooksPath = /nowhere/hooks\n", to: "global.conf")
        let found = try installed.diagnosis("hooks-path", environment: ["GIT_CONFIG_GLOBAL": file])
        #expect(found.first?.hasPrefix("FAIL git looks for hooks in '/nowhere/hooks'") == true)
    }

    @Test func `a hook that is switched off by name is found`() throws {
        let installed = try Installed()
        try installed.server.configure("hook.pre-receive.enabled", "no")
        #expect(
            try installed.diagnosis("hook-enabled") == [
                "FAIL hook.pre-receive.enabled is false: git 2.54 and later skip the hook; "
                    + "run 'git config --unset hook.pre-receive.enabled'"
            ])
    }

    @Test func `a program that is gone refuses every push, and is found`() throws {
        let directory = try TemporaryDirectory()
        let program = "\(directory.path)/remit-hook"
        try copyProgram(BuiltProducts.hook, to: program)
        let installed = try Installed("--hook-binary", program)
        try FileManager.default.removeItem(atPath: program)
        #expect(
            try installed.diagnosis("program") == [
                "FAIL '\(program)' is missing: every push is refused; "
                    + "put remit-hook there, or run 'remit install' again"
            ])
        #expect(
            try installed.diagnosis("push") == [
                "FAIL a probe was refused for another reason: '\(program)' cannot be run, "
                    + "so nothing of this push was accepted; mend that: until then every push is refused"
            ])
    }

    @Test func `monitor mode lets the probe through and says what it would have done`() throws {
        let installed = try Installed("--mode", "monitor")
        let output = try installed.doctor()
        #expect(output.status == 0, "\(output.text)")
        #expect(
            try installed.diagnosis("mode") == [
                "warn monitor: everything is judged and recorded, nothing refused; "
                    + "enforce with 'git config remit.mode enforce'"
            ])
        #expect(
            try installed.diagnosis("push") == [
                "ok a probe by the unregistered agent 'openhands' would have been refused; it is taken back"
            ])
        #expect(try installed.server.repository.git("for-each-ref", "refs/heads/remit").text == "")
    }

    @Test func `the probe uses an agent that the inventory does not know`() throws {
        let installed = try Installed(agents: ["openhands", "aider"])
        #expect(
            try installed.diagnosis("push") == ["ok a probe by the unregistered agent 'devin' was refused by Remit"])
    }

    @Test func `a key that is missing is named`() throws {
        let installed = try Installed()
        try installed.server.repository.git("config", "--unset", "remit.root")
        #expect(
            try installed.diagnosis("settings") == [
                "FAIL git config remit.root: is not set in this repository; "
                    + "set it with 'git config', or run 'remit install' again"
            ])
    }

    @Test func `an authority of another root is not believed`() throws {
        let installed = try Installed()
        let other = try TestAuthority()
        try installed.server.configure("remit.root", other.root.description)
        #expect(
            try installed.diagnosis("authority") == [
                "FAIL 'roots/1.toml' has the digest \(installed.authority.root), but remit.root pins \(other.root); "
                    + "every push is refused until the authority can be verified"
            ])
    }

    @Test func `a ledger that is gone is found`() throws {
        let installed = try Installed()
        try installed.server.configure("remit.ledger", "/nowhere/ledger.db")
        let found = try installed.diagnosis("ledger")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("FAIL '/nowhere/ledger.db' cannot be written: cannotOpen: ") == true)
    }

    @Test func `what is not a repository is said in one line`() throws {
        let installed = try Installed(installs: false)
        let output = try installed.remit(["doctor", "/nowhere"])
        #expect(output.status == 1)
        #expect(output.text.hasPrefix("FAIL repository    cannot open the repository '/nowhere': "))
        #expect(output.lines.count == 1)
    }

    @Test func `the same in JSON`() throws {
        let installed = try Installed()
        let output = try installed.doctor("--format", "json", "--user", "nobody")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(output.stdout)) as? [String: Any])
        #expect(object["schema"] as? String == "doctor/v1")
        #expect(object["outcome"] as? String == "ok")
        let checks = try #require(object["checks"] as? [[String: Any]])
        #expect(checks.last?["check"] as? String == "push")
        #expect(checks.last?["status"] as? String == "ok")
        #expect(checks.compactMap { $0["status"] as? String }.filter { $0 == "warn" }.count == 2)
    }
}
