import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// The ways past the gate that settings and files open: each is found, and said where it is closed.
@Suite struct DoctorWayTests {
    /// One state of one repository, and the lines that tell of it.
    struct Way: Sendable, CustomTestStringConvertible {
        let subject: String
        /// Git's configuration, `key=value`.
        var settings: [String] = []
        /// Files to be written below the repository; `DIR` in a text is the repository.
        var files: [String: String] = [:]
        /// Paths below the repository that get a mode.
        var modes: [String: Int] = [:]
        let says: [String]

        var testDescription: String { "\(subject): \(settings) \(files.keys.sorted()) \(modes)" }

        func apply(_ installed: Installed) throws {
            for setting in settings {
                let parts = setting.split(separator: "=", maxSplits: 1)
                try installed.server.repository.git("config", "--add", String(parts[0]), String(parts[1]))
            }
            for (name, text) in files {
                let path = "\(installed.path)/\(name)"
                try FileManager.default.createDirectory(
                    atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                try writeFile(Array(text.replacing("DIR", with: installed.path).utf8), to: path)
            }
            for (name, mode) in modes {
                let path = name.isEmpty ? installed.path : "\(installed.path)/\(name)"
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            }
        }
    }

    static let closed = [
        "ok hook-config git's configuration names no hook",
        "ok writers nobody but its owner and root can change the hook, the settings or the program",
        "ok shallow git takes no history that is cut off",
        "ok alternates every object is the repository's own",
        "ok replaced git shows the history that is judged",
        "ok mirrors no remote is fetched into branches or tags",
        "ok anonymous no setting lets pushes in without a login",
        "ok refs protected by the policy: refs/heads/main",
    ]

    @Test func `where each way is closed it is said`() throws {
        let installed = try Installed()
        for line in Self.closed {
            let words = line.split(separator: " ", maxSplits: 2)
            #expect(try installed.diagnosis(String(words[1])) == ["\(words[0]) \(words[2])"])
        }
    }

    static let ways: [Way] = [
        Way(
            subject: "hook-config",
            settings: ["hook.remit.event=pre-receive", "hook.remit.command=/x/remit-hook", "hook.remit.enabled=off"],
            says: [
                "FAIL hook.remit.enabled is false: git skips '/x/remit-hook'; run 'git config --unset "
                    + "hook.remit.enabled' in the scope that 'git config --show-origin' names"
            ]),
        Way(
            subject: "hook-config", settings: ["hook.lint.event=pre-receive", "hook.lint.command=lint --all"],
            says: ["ok git 2.54 and later run 'lint --all' for pre-receive, by hook.lint"]),
        Way(
            subject: "hook-config", settings: ["hook.mail.event=commit-msg", "hook.mail.command=mail"],
            says: ["ok git's configuration names no hook"]),
        Way(
            subject: "writers", modes: ["hooks": 0o777],
            says: [
                "FAIL everyone can write 'DIR/hooks': whoever does can take the gate away; run 'chmod o-w DIR/hooks'"
            ]),
        Way(
            subject: "writers", modes: ["config": 0o664],
            says: [
                "warn group GROUP can write 'DIR/config': whoever does can take the gate away; run 'chmod g-w DIR/config'"
            ]),
        Way(
            subject: "shallow", settings: ["receive.shallowUpdate=true"],
            says: [
                "warn receive.shallowUpdate is true: git takes history that is cut off, which Remit refuses; run "
                    + "'git config receive.shallowUpdate false'"
            ]),
        Way(
            subject: "alternates", files: ["objects/info/alternates": "DIR/pool\n", "pool/info": ""],
            modes: ["pool": 0o755],
            says: [
                "ok objects are also those of 'DIR/pool', of the same owner: what comes from there is judged"
            ]),
        Way(
            subject: "alternates", files: ["objects/info/alternates": "# a pool\n../pool\n", "pool/info": ""],
            modes: ["pool": 0o775],
            says: [
                "warn objects are also those of 'DIR/pool', which others can write: what comes from there is judged, but "
                    + "what they delete there is missing here; let nobody but the repository's owner write there, or run "
                    + "'git repack -a -d' and remove objects/info/alternates"
            ]),
        Way(
            subject: "alternates", files: ["objects/info/alternates": "/nowhere/objects\n"],
            says: [
                "warn objects are looked for in '/nowhere/objects', which is not there; put it back, or take its line out "
                    + "of objects/info/alternates"
            ]),
        Way(
            subject: "repository", files: ["info/grafts": "0123456789012345678901234567890123456789\n"],
            says: [
                "FAIL cannot open the repository 'DIR': the history is grafted (DIR/info/grafts is not empty); make a new "
                    + "clone, without that file; mend it, then look again"
            ]),
        Way(
            subject: "mirrors", settings: ["remote.up.fetch=+refs/*:refs/*", "remote.up.mirror=true"],
            says: [
                "warn remote.up.fetch is '+refs/*:refs/*': 'git fetch' moves these refs, and runs no hook that judges; "
                    + "fetch below refs/remotes/ and push from there, or take the setting away"
            ]),
        Way(
            subject: "mirrors", settings: ["remote.up.fetch=+refs/heads/*:refs/remotes/up/*"],
            says: ["ok no remote is fetched into branches or tags"]),
        Way(
            subject: "anonymous", settings: ["daemon.receivepack=true", "http.receivepack=yes"],
            says: [
                "warn daemon.receivepack is true: 'git daemon' takes pushes from anyone who reaches it; run 'git config "
                    + "--unset daemon.receivepack'",
                "warn http.receivepack is true: 'git http-backend' takes pushes that the web server authenticated nobody "
                    + "for; run 'git config --unset http.receivepack': those who are authenticated may push without it",
            ]),
    ]

    @Test(arguments: ways)
    func `an open way is found`(_ way: Way) throws {
        let installed = try Installed()
        try way.apply(installed)
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(installed.path)/config")
        let group = try #require(attributes[.groupOwnerAccountID] as? Int)
        let says = way.says.map {
            $0.replacing("DIR", with: installed.path).replacing("GROUP", with: String(group))
        }
        #expect(try installed.diagnosis(way.subject) == says)
    }

    @Test func `a replaced object is found`() throws {
        let installed = try Installed()
        let repository = installed.server.repository
        let main = try repository.resolve("refs/heads/main")
        let other = try repository.commit(["a": "1\n"], on: "refs/heads/other", message: "a\n", parents: [main])
        try repository.git("update-ref", "refs/replace/\(main.hex)", other.hex)
        #expect(
            try installed.diagnosis("replaced") == [
                "warn 'refs/replace/\(main.hex)' stands for another object: git shows another history than Remit judges; "
                    + "look at 'git replace --list', and delete with 'git replace --delete'"
            ])
    }

    @Test func `a hook of another user's is found`() throws {
        let installed = try Installed()
        guard geteuid() == 0 else { return }
        try FileManager.default.setAttributes([.ownerAccountID: 65_534], ofItemAtPath: installed.hook)
        #expect(
            try installed.diagnosis("writers") == [
                "warn '\(installed.hook)' belongs to user 65534, who can take the gate away; give it to the repository's "
                    + "owner, or to root"
            ])
    }

    @Test func `refs that the policy does not protect are listed`() throws {
        let installed = try Installed()
        let repository = installed.server.repository
        let main = try repository.resolve("refs/heads/main").hex
        for ref in ["refs/heads/agent/a", "refs/heads/agent/b", "refs/tags/v1", "refs/namespaces/x/refs/heads/main"] {
            try repository.git("update-ref", ref, main)
        }
        #expect(
            try installed.diagnosis("refs") == [
                "ok protected by the policy: refs/heads/main; not: refs/heads/agent/ (2), "
                    + "refs/namespaces/x/refs/heads/ (1), refs/tags/ (1)",
                "warn 1 refs lie below refs/namespaces/: a push with GIT_NAMESPACE set moves them under the names of "
                    + "others; judge such a repository for each namespace apart, or do without namespaces",
            ])
        try repository.git("symbolic-ref", "HEAD", "refs/heads/agent/a")
        #expect(
            try installed.diagnosis("refs").first
                == "warn HEAD's 'refs/heads/agent/a' is not protected by the policy; not: refs/heads/agent/ (2), "
                + "refs/namespaces/x/refs/heads/ (1), refs/tags/ (1); name it in protected_refs of 'payments' in the authority's policy"
        )
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs to mount a file system"))
    func `a hook that may not be run where it lies is an open door, and found`() throws {
        let installed = try Installed()
        let disk = try SmallDisk(kilobytes: 512)
        try FileManager.default.copyItem(atPath: installed.hook, toPath: "\(disk.path)/pre-receive")
        try disk.remount("noexec")
        try FileManager.default.removeItem(atPath: installed.hook)
        try FileManager.default.createSymbolicLink(
            atPath: installed.hook, withDestinationPath: "\(disk.path)/pre-receive")
        #expect(
            try installed.diagnosis("hook") == [
                "FAIL '\(installed.hook)' lies on a file system that is mounted noexec: git skips it and accepts every "
                    + "push; mount it without noexec, or move the repository"
            ])
        #expect(try installed.diagnosis("push") == [DoctorTests.unguarded])
    }
}
