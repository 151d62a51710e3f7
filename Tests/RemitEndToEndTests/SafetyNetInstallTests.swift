import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// `remit install --safety-net`, what the doctor says of it, and its end.
@Suite struct SafetyNetInstallTests {
    @Test func `it is installed, stops what is no push, and goes with the rest`() throws {
        let installed = try Installed(installs: false)
        let net = "\(installed.path)/hooks/reference-transaction"
        let output = try installed.install(["--safety-net"])
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.errorText.contains("remit: installed '\(net)': no protected ref moves without a decision\n"))
        #expect(
            try installed.diagnosis("safety-net") == [
                "ok '\(net)' is Remit's: no protected ref moves without a decision"
            ])
        #expect(
            try installed.diagnosis("push") == ["ok a probe by the unregistered agent 'openhands' was refused by Remit"]
        )
        let repository = installed.server.repository
        let main = try repository.resolve("refs/heads/main")
        let tree = try repository.resolve("\(main.hex)^{tree}")
        let other = try repository.commitTree(tree, parents: [main], message: "past the gate\n")
        #expect(try repository.attempt(["update-ref", "refs/heads/main", other.hex]).status != 0)
        #expect(try repository.resolve("refs/heads/main") == main)
        try installed.server.commit(["README.md": "2\n"])
        #expect(try installed.server.push("refs/heads/main").status == 0)
        // It stays with the next installation, which need not ask for it.
        #expect(try installed.install().status == 0)
        #expect(FileManager.default.fileExists(atPath: net))
        let end = try installed.remit(["uninstall", installed.path])
        #expect(end.errorText.contains("remit: took '\(net)' away\n"), "\(end.errorText)")
        #expect(!FileManager.default.fileExists(atPath: net))
    }

    @Test(arguments: DoctorTests.Break.allCases)
    func `one that git passes over is found`(_ state: DoctorTests.Break) throws {
        let installed = try Installed("--safety-net")
        let net = "\(installed.path)/hooks/reference-transaction"
        try state.apply(net)
        let rest = "what moves refs without a push is not stopped"
        let again = "run 'remit install --safety-net' again"
        let says =
            switch state {
            case .missing: "ok there is none: \(rest)"
            case .notExecutable: "warn '\(net)' is not executable: \(rest); run 'chmod +x \(net)'"
            case .danglingLink: "warn '\(net)' is a link that leads nowhere: \(rest); \(again)"
            case .empty: "warn '\(net)' is empty: \(rest); \(again)"
            }
        #expect(try installed.diagnosis("safety-net") == [says])
    }

    @Test func `another's is kept and comes back`() throws {
        let installed = try Installed(installs: false)
        let net = "\(installed.path)/hooks/reference-transaction"
        let older = "#!/bin/sh\nexit 0\n"
        try installed.server.repository.installHook("reference-transaction", older)
        #expect(
            try installed.install(["--safety-net"]).errorText.hasSuffix(
                """
                remit: error: '\(net)' is there already and is not Remit's
                remit: hint: keep it and run it after Remit with --chain, or move it away

                """))
        #expect(try installed.install(["--safety-net", "--chain"]).status == 0)
        #expect(
            try installed.diagnosis("safety-net") == [
                "ok '\(net)' is Remit's: no protected ref moves without a decision"
            ])
        try FileManager.default.removeItem(atPath: "\(net).chained")
        #expect(
            try installed.diagnosis("safety-net") == [
                "FAIL '\(net).chained' cannot be run: git moves no ref; put the older hook there, or run 'remit uninstall' "
                    + "and 'remit install'"
            ])
        try installed.server.repository.installHook("reference-transaction.chained", older)
        #expect(try installed.remit(["uninstall", installed.path]).status == 0)
        #expect(String(decoding: try readFile(net), as: UTF8.self) == older)
    }

    @Test func `where git runs none of the repository's it is refused`() throws {
        let installed = try Installed(installs: false)
        try Dispatched.arrange("gitlab", in: installed.path)
        let output = try installed.install(["--safety-net"])
        #expect(output.status == 64)
        #expect(
            output.errorText == """
                remit: error: --safety-net: host gitlab lets git run no reference-transaction of the repository's
                remit: hint: leave --safety-net away

                """)
    }
}
