import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// What `post-receive` records of pushes, run by git itself.
@Suite struct EffectTests {
    static let main = "refs/heads/main"

    @Test func `what landed is recorded with the decision that let it`() throws {
        let installed = try Installed()
        let old = try #require(try installed.server.tip(of: Self.main))
        let new = try installed.server.commit(["README.md": "2\n"])
        let push = try installed.server.push("main")
        #expect(push.status == 0 && !push.errorText.contains("warning: '"), "\(push.errorText)")
        let last = try #require(try installed.effects().last)
        #expect(try installed.kinds() == ["installed", "decision", "effect"])
        #expect(last.leaf.summary == .effect(landed: 1, undecided: 0))
        #expect(last.leaf.repository == "payments")
        let effect = try Effect(last.document, of: "it")
        #expect(effect.landed == [.init(RefUpdate(ref: ByteString(Self.main), old: old, new: new), by: 2)])
    }

    @Test func `what nothing judged is recorded, and the pusher is told`() throws {
        let installed = try Installed()
        let old = try #require(try installed.server.tip(of: Self.main))
        let new = try installed.server.commit(["README.md": "2\n"])
        try FileManager.default.removeItem(atPath: installed.hook)
        let push = try installed.server.push("main")
        #expect(push.status == 0)
        #expect(
            push.remote == """
                remit: warning: '\(Self.main)' moved from \(old.abbreviated) to \(new.abbreviated) without a decision
                remit: hint: nothing judged that; ask the administrators to run 'remit doctor' on the server
                remit: effect 2 recorded

                """)
        #expect(try installed.effects().map(\.leaf.summary) == [.effect(landed: 1, undecided: 1)])
    }

    @Test func `one decision lets one of two same movements`() throws {
        let installed = try Installed()
        try installed.server.commit(["a.txt": "2\n"], on: "refs/heads/topic")
        #expect(try installed.server.push("topic").status == 0)
        try installed.server.repository.git("update-ref", "-d", "refs/heads/topic")
        try FileManager.default.removeItem(atPath: installed.hook)
        #expect(try installed.server.push("topic").status == 0)
        #expect(
            try installed.effects().map(\.leaf.summary) == [
                .effect(landed: 1, undecided: 0), .effect(landed: 1, undecided: 1),
            ])
    }

    @Test func `in monitor mode a refused push lands by its decision`() throws {
        let installed = try Installed("--mode", "monitor")
        try installed.server.commit(
            ["Sources/A.swift": "1\n"], on: "refs/heads/topic", message: "a\n\n\(TestServer.mark)\n")
        #expect(try installed.server.push("topic").status == 0)
        #expect(try installed.effects().map(\.leaf.summary) == [.effect(landed: 1, undecided: 0)])
    }

    @Test func `a ledger that is gone is told, and nothing is refused`() throws {
        let installed = try Installed()
        let new = try installed.server.commit(["README.md": "2\n"])
        try FileManager.default.removeItem(atPath: installed.hook)
        try FileManager.default.removeItem(atPath: installed.server.ledgerPath)
        let push = try installed.server.push("main")
        #expect(push.status == 0)
        #expect(
            push.remote.hasPrefix(
                "remit: warning: what landed is not recorded: the ledger '\(installed.server.ledgerPath)' cannot be "
                    + "opened: no such file or directory"), "\(push.remote)")
        #expect(try installed.server.tip(of: Self.main) == new)
    }

    @Test func `the hook says by its status that nothing was recorded`() throws {
        let installed = try Installed()
        var environment = HermeticGit.environment(home: installed.server.client.directory.path)
        environment["GIT_DIR"] = installed.path
        func run(_ arguments: [String], _ input: String) throws -> Output {
            try spawn([try BuiltProducts.hook] + arguments, input: Array(input.utf8), environment: environment)
        }
        let output = try run(["post-receive"], "x\n")
        #expect(output.status == 2)
        #expect(
            output.errorText.hasPrefix("remit: warning: what landed is not recorded: standard input line 1: "),
            "\(output.errorText)")
        #expect(try run(["post-receive", "--format=json"], "").status == 64)
        #expect(try installed.kinds() == ["installed"])
    }

    @Test func `an authority's own pushes have effects too`() throws {
        let guarded = try Guarded()
        let script = "#!/bin/sh\nexec '\(try BuiltProducts.hook)' post-receive\n"
        try guarded.server.repository.installHook("post-receive", script)
        try FileManager.default.removeItem(atPath: "\(guarded.server.repository.gitDirectory)/hooks/pre-receive")
        try guarded.commit(["notes.txt": "1\n"])
        let push = try guarded.server.push("main")
        #expect(push.remote.contains(" without a decision\n"), "\(push.errorText)")
        #expect(try guarded.server.entries().map(\.kind) == [.effect])
    }

    @Test func `a program that cannot be run says that nothing is recorded`() throws {
        let directory = try TemporaryDirectory()
        let program = "\(directory.path)/remit-hook"
        try copyProgram(BuiltProducts.hook, to: program)
        let installed = try Installed("--hook-binary", program)
        try FileManager.default.removeItem(atPath: installed.hook)
        try FileManager.default.removeItem(atPath: program)
        try installed.server.commit(["README.md": "2\n"])
        let push = try installed.server.push("main")
        #expect(push.status == 0)
        // Before it stand the shell's own words for why.
        #expect(
            push.remote.hasSuffix(
                """
                remit: warning: '\(program)' cannot be run, so what landed may be missing in the ledger
                remit: hint: ask the administrators to run 'remit doctor' on the server

                """))
    }

    @Test func `a changed setting is recorded before the decision that it explains`() throws {
        let installed = try Installed()
        try installed.server.configure("remit.mode", "monitor")
        try installed.server.commit(["README.md": "2\n"])
        #expect(try installed.server.push("main").status == 0)
        #expect(try installed.kinds() == ["installed", "config-changed", "decision", "effect"])
        let document = String(decoding: try installed.recorded()[1].document, as: UTF8.self)
        #expect(
            document.contains(#""changes":[{"key":"remit.mode","old":"enforce","new":"monitor"}]"#), "\(document)")
        #expect(document.contains(#""git_directory":"\#(installed.path)""#), "\(document)")

        // Once is enough.
        try installed.server.commit(["README.md": "3\n"])
        #expect(try installed.server.push("main").status == 0)
        #expect(try installed.kinds().filter { $0 == "config-changed" }.count == 1)
    }

    @Test func `installing over an installation says what it changed`() throws {
        let installed = try Installed()
        #expect(try installed.install(["--mode", "monitor"]).status == 0)
        #expect(try installed.kinds() == ["installed", "config-changed"])
        // The hooks are put back, and what stood before them is not told anew.
        #expect(try installed.install(["--mode", "monitor"]).status == 0)
        #expect(try installed.kinds() == ["installed", "config-changed", "installed"])
        let inputs = try installed.recorded().map(\.manifest.inputs)
        #expect(inputs.map { $0.map(\.role) } == [["refs"], [], []])
        #expect(try installed.remit(["uninstall", installed.path]).status == 0)
        #expect(try installed.install().status == 0)
        #expect(try installed.kinds().suffix(2) == ["disabled", "installed"])
        #expect(try installed.recorded().last?.manifest.inputs.map(\.role) == ["refs"])
    }
}

extension Output {
    /// What the server's hooks said, without git's prefix.
    var remote: String {
        errorText.split(separator: "\n").filter { $0.hasPrefix("remote: ") }.map { line in
            String(line.dropFirst("remote: ".count).reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }
}

extension Installed {
    /// Every entry with its document, oldest first.
    func recorded() throws -> [RecordedEntry] {
        let ledger = try Ledger.open(
            at: ByteString(server.ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        return try (1...max(1, ledger.count())).compactMap { try ledger.recorded($0) }
    }

    func effects() throws -> [RecordedEntry] { try recorded().filter { $0.leaf.kind == .effect } }

    /// What each entry is of; of the gate's own life, what happened.
    func kinds() throws -> [String] {
        try recorded().map { entry in
            if case .lifecycle(let event) = entry.leaf.summary { event } else { entry.leaf.kind.rawValue }
        }
    }
}
