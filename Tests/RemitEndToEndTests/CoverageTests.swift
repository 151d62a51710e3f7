import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// `remit log coverage`, on repositories in which git itself moved refs.
@Suite struct CoverageTests {
    static let main = "refs/heads/main"
    /// The test's git writes a fixed date into its logs; a server's writes the time.
    private static var now: [String: String] {
        let date = "\(Int(Date().timeIntervalSince1970)) +0000"
        return ["GIT_COMMITTER_DATE": date]
    }

    private static func logged() throws -> Installed {
        let installed = try Installed()
        try installed.server.configure("core.logAllRefUpdates", "true")
        return installed
    }

    private static func push(_ installed: Installed, _ refspecs: String...) throws -> Output {
        try installed.server.client.attempt(["push", "origin"] + refspecs, environment: now)
    }

    private static func gaps(_ installed: Installed) throws -> [String] {
        let output = try installed.remit(["log", "coverage", installed.path])
        let gaps = output.lines.filter { $0.hasPrefix("GAP ") }
        #expect(output.status == (gaps.isEmpty ? 0 : 1), "\(output.errorText)")
        return gaps
    }

    @Test func `a repository that only the gate moved is covered`() throws {
        let installed = try Self.logged()
        try installed.server.commit(["README.md": "2\n"])
        #expect(try Self.push(installed, "main").status == 0)
        try installed.server.commit(["a.txt": "2\n"], on: "refs/heads/topic")
        #expect(try Self.push(installed, "topic").status == 0)
        #expect(try Self.push(installed, ":topic").status == 0)
        let output = try installed.remit(["log", "coverage", installed.path])
        #expect(
            output.text + "\n" == """
                ok   covered   payments: 1 refs and 1 logged movements agree with 3 decisions and 3 effects

                """)
        #expect(output.status == 0)
        let json = try installed.remit(["log", "coverage", installed.path, "--format", "json"])
        #expect(
            json.text == """
                {"schema":"coverage/v1","outcome":"covered","repositories":[{"repository":"payments","refs":1,\
                "movements":1,"decisions":3,"effects":3,"erased":0,"gaps":[],"not_landed":[]}]}
                """)
    }

    @Test func `a push past a hook that was taken away is found three times`() throws {
        let installed = try Self.logged()
        let old = try #require(try installed.server.tip(of: Self.main))
        let new = try installed.server.commit(["README.md": "2\n"])
        try FileManager.default.removeItem(atPath: installed.hook)
        #expect(try Self.push(installed, "main").status == 0)
        let moved = "'\(Self.main)' from \(old.abbreviated) to \(new.abbreviated)"
        let gaps = try Self.gaps(installed)
        #expect(gaps.count == 3)
        #expect(gaps.first == "GAP  ref       payments: '\(Self.main)' is at \(new.abbreviated) which no decision let")
        #expect(gaps.dropFirst().first?.hasPrefix("GAP  movement  payments: \(moved) at 20") == true, "\(gaps)")
        #expect(gaps.last == "GAP  effect    payments: entry 2: \(moved) without a decision")
    }

    @Test func `a ref written on the server is found, and stays found when a push goes on from it`() throws {
        let installed = try Self.logged()
        let server = installed.server
        let side = try server.repository.commit(["b.txt": "1\n"], on: Self.main, message: "b\n")
        // The test's own git wrote an old date; where the log goes on from tells that it is later.
        let first = try Self.gaps(installed)
        #expect(
            first.first == "GAP  ref       payments: '\(Self.main)' is at \(side.abbreviated) which no decision let")
        #expect(first.count == 2 && first.last?.hasPrefix("GAP  movement  payments: '\(Self.main)' from ") == true)
        _ = try server.repository.attempt(["update-ref", "refs/heads/x", side.hex], environment: Self.now)
        let gaps = try Self.gaps(installed)
        #expect(
            gaps.contains("GAP  ref       payments: 'refs/heads/x' is at \(side.abbreviated) which no decision let"))
        #expect(
            gaps.contains {
                $0.hasPrefix("GAP  movement  payments: 'refs/heads/x' from nothing to \(side.abbreviated) at 20")
            }, "\(gaps)")
    }

    @Test func `a ref that was moved to and fro under a clock that had gone back is found`() throws {
        let installed = try Self.logged()
        let server = installed.server
        let old = try #require(try server.tip(of: Self.main))
        try server.commit(["README.md": "2\n"])
        #expect(try Self.push(installed, "main").status == 0)
        #expect(try Self.gaps(installed) == [])
        let new = try #require(try server.tip(of: Self.main))
        let yesterday = ["GIT_COMMITTER_DATE": "\(Int(Date().timeIntervalSince1970) - 86_400) +0000"]
        for id in [old, new] {
            _ = try server.repository.attempt(["update-ref", Self.main, id.hex], environment: yesterday)
        }
        let gaps = try Self.gaps(installed)
        let moved = ["\(new.abbreviated) to \(old.abbreviated)", "\(old.abbreviated) to \(new.abbreviated)"]
        #expect(gaps.count == 2)
        for (gap, words) in zip(gaps, moved) {
            #expect(gap.hasPrefix("GAP  movement  payments: '\(Self.main)' from \(words) at 20"), "\(gaps)")
        }
    }

    @Test func `a fetch into the repository is found, without any log too`() throws {
        let installed = try Installed()
        let commit = try installed.server.commit(["b.txt": "1\n"], on: "refs/heads/topic")
        try installed.server.repository.git("fetch", "-q", installed.server.client.path, "topic:topic")
        #expect(
            try Self.gaps(installed) == [
                "GAP  ref       payments: 'refs/heads/topic' is at \(commit.abbreviated) which no decision let"
            ])
    }

    @Test func `a ref that is gone is found`() throws {
        let installed = try Installed()
        try installed.server.repository.git("update-ref", "-d", Self.main)
        #expect(try Self.gaps(installed) == ["GAP  ref       payments: '\(Self.main)' is gone, which no decision let"])
    }

    @Test func `a ref that is taken back to an older value is found`() throws {
        let installed = try Installed()
        let old = try #require(try installed.server.tip(of: Self.main))
        try installed.server.commit(["README.md": "2\n"])
        #expect(try Self.push(installed, "main").status == 0)
        try installed.server.repository.git("update-ref", Self.main, old.hex)
        #expect(
            try Self.gaps(installed) == [
                "GAP  ref       payments: '\(Self.main)' is at \(old.abbreviated) which no decision let"
            ])
    }

    @Test func `a push that landed without a record is a gap, one that git did not carry out is not`() throws {
        let installed = try Installed()
        try FileManager.default.removeItem(atPath: "\(installed.path)/hooks/post-receive")
        let old = try #require(try installed.server.tip(of: Self.main))
        let new = try installed.server.commit(["README.md": "2\n"])
        #expect(try Self.push(installed, "main").status == 0)
        #expect(
            try Self.gaps(installed) == [
                "GAP  record    payments: decision 2: '\(Self.main)' from \(old.abbreviated) to \(new.abbreviated) "
                    + "which no effect records"
            ])

        let other = try Installed()
        try other.server.repository.installHook("update", "#!/bin/sh\nexit 1\n")
        let kept = try other.server.commit(["README.md": "2\n"])
        #expect(try Self.push(other, "main").status == 1)
        let output = try other.remit(["log", "coverage", other.path])
        #expect(output.status == 0)
        #expect(
            output.lines.first
                == "note landing   payments: decision 2: '\(Self.main)' from \(old.abbreviated) to \(kept.abbreviated) "
                + "was allowed and did not land")
    }

    @Test func `the time without a gate is told, and what stood at the next installation is not blamed`() throws {
        let installed = try Installed()
        #expect(try installed.remit(["uninstall", installed.path]).status == 0)
        let without = try installed.remit(["log", "coverage", installed.path])
        #expect(without.status == 64)
        #expect(
            without.errorText == """
                remit: error: git config remit.ledger is not set in '\(installed.path)'
                remit: hint: name it with --ledger, where the gate was taken away

                """)
        let named = try installed.remit([
            "log", "coverage", installed.path, "--ledger", installed.server.ledgerPath, "--name", "payments",
        ])
        #expect(named.text.hasSuffix("(entry 2) until now"), "\(named.text)")
        try installed.server.commit(["README.md": "2\n"])
        #expect(try Self.push(installed, "main").status == 0)
        #expect(try installed.install().status == 0)
        let gaps = try Self.gaps(installed)
        #expect(gaps.count == 1)
        #expect(gaps.first?.hasPrefix("GAP  disabled  payments: the gate was away from 20") == true, "\(gaps)")
        #expect(gaps.first?.hasSuffix("(entry 3)") == true)
    }
}
