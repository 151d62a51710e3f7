import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// An installation that is ended at each of its writes: every hook is the older one or ours, whole, and the next
/// installation completes it.
@Suite struct InstallCrashTests {
    private static let older = "#!/bin/sh\n# older\nexit 0\n"

    /// One repository with an older hook; each run begins with a copy of it.
    private final class Site {
        let installed: Installed
        private let saved: TemporaryDirectory
        var hook: String { installed.hook }
        var recorder: String { "\(installed.path)/hooks/post-receive" }

        init() throws {
            installed = try Installed(installs: false)
            try installed.server.repository.installHook("pre-receive", InstallCrashTests.older)
            try FileManager.default.setAttributes([.posixPermissions: 0o751], ofItemAtPath: installed.hook)
            saved = try TemporaryDirectory()
            try FileManager.default.copyItem(atPath: installed.path, toPath: "\(saved.path)/repository")
        }

        func reset() throws {
            try FileManager.default.removeItem(atPath: installed.path)
            try FileManager.default.copyItem(atPath: "\(saved.path)/repository", toPath: installed.path)
            try? FileManager.default.removeItem(atPath: installed.server.ledgerPath)
            for suffix in ["-wal", "-shm", ".key"] {
                try? FileManager.default.removeItem(atPath: installed.server.ledgerPath + suffix)
            }
            try? FileManager.default.removeItem(atPath: installed.server.ledgerPath + ".log")
        }

        func text(_ path: String) -> String? {
            FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        }

        func settings() throws -> [String] {
            try installed.server.repository.attempt(["config", "--file", "config", "--get-regexp", "^remit[.]"]).lines
        }

        func install(_ environment: [String: String] = [:]) throws -> Output {
            try installed.remit(
                [
                    "install", installed.path, "--authority", installed.authority.path, "--root",
                    installed.authority.root.description, "--name", "payments", "--ledger",
                    installed.server.ledgerPath, "--chain",
                ], environment: environment)
        }

        func uninstall(_ environment: [String: String] = [:]) throws -> Output {
            try installed.remit(["uninstall", installed.path], environment: environment)
        }
    }

    /// What is killed before a write is what was killed after the one before.
    @Test(arguments: [FaultInjection.Kind.killAfter, .full, .io])
    func `an installation that ends at any write`(_ kind: FaultInjection.Kind) throws {
        let site = try Site()
        #expect(try site.install().status == 0)
        let (ours, recorder) = (try #require(site.text(site.hook)), try #require(site.text(site.recorder)))
        let settings = try site.settings()
        let injection = try FaultInjection(on: site.installed.path)
        for step in 1...200 {
            try site.reset()
            let output = try site.install(injection.environment(kind, at: step))
            let steps = try injection.steps()
            guard steps.count >= step else {
                #expect(output.status == 0 && step > 10, "\(step - 1) steps: \(output.errorText)")
                return
            }
            let place = "\(kind.rawValue) at \(step): \(steps[step - 1].words)"
            // The older hook or ours; where it is ours, the older one is behind it and every setting is there.
            let hook = site.text(site.hook)
            #expect(hook == Self.older || hook == ours, "\(place)")
            #expect(FileManager.default.isExecutableFile(atPath: site.hook), "\(place)")
            let present = try site.settings()
            #expect(present.isEmpty || present == settings, "\(place): \(present)")
            if hook == ours {
                #expect(site.text("\(site.hook).chained") == Self.older, "\(place)")
                #expect(present == settings, "\(place)")
            }
            let second = site.text(site.recorder)
            #expect(second == nil || second == recorder, "\(place)")
            if output.status == 0 { #expect(hook == ours && second == recorder, "\(place)") }

            let again = try site.install()
            #expect(again.status == 0, "\(place): \(again.errorText)")
            #expect(site.text(site.hook) == ours && site.text(site.recorder) == recorder, "\(place)")
            #expect(site.text("\(site.hook).chained") == Self.older, "\(place)")
            #expect(try site.settings() == settings, "\(place)")
        }
        Issue.record("no installation came to its end")
    }

    @Test(arguments: [FaultInjection.Kind.killAfter, .full])
    func `an end that is cut short at any write`(_ kind: FaultInjection.Kind) throws {
        let site = try Site()
        #expect(try site.install().status == 0)
        let ours = site.text(site.hook)
        let injection = try FaultInjection(on: site.installed.path)
        for step in 1...200 {
            try site.reset()
            #expect(try site.install().status == 0)
            let output = try site.uninstall(injection.environment(kind, at: step))
            let steps = try injection.steps()
            guard steps.count >= step else {
                #expect(output.status == 0 && step > 5, "\(step - 1) steps: \(output.errorText)")
                return
            }
            let place = "\(kind.rawValue) at \(step): \(steps[step - 1].words)"
            let hook = site.text(site.hook)
            #expect(hook == Self.older || hook == ours, "\(place)")
            // Whatever is left can be taken away; where nothing is, it says so.
            let again = try site.uninstall()
            #expect(
                again.status == 0 || again.errorText.contains("is not Remit's hook"), "\(place): \(again.errorText)")
            #expect(site.text(site.hook) == Self.older, "\(place)")
            #expect(try site.settings() == [], "\(place)")
            #expect(site.text(site.recorder) == nil && site.text("\(site.hook).chained") == nil, "\(place)")
            let mode = try FileManager.default.attributesOfItem(atPath: site.hook)[.posixPermissions] as? Int
            #expect(mode == 0o751, "\(place)")
        }
        Issue.record("no end came to its end")
    }

    @Test func `another git that writes the settings is waited out by whoever runs it again`() throws {
        let site = try Site()
        let lock = "\(site.installed.path)/config.lock"
        try writeFile([], to: lock)
        let output = try site.install()
        #expect(output.status == 2)
        #expect(
            output.errorText.hasSuffix(
                """
                remit: error: '\(lock)' is there: another git is writing the settings, or one died doing so
                remit: hint: try again; where no git runs, remove it

                """), "\(output.errorText)")
        #expect(site.text(site.hook) == Self.older)
        try FileManager.default.removeItem(atPath: lock)
        #expect(try site.install().status == 0)
    }
}
