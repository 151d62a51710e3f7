import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// `remit log erase`: what was personal is gone from the file, and everything else stands.
@Suite struct EraseTests {
    private static let branch = "refs/heads/agent/PAY-42/zebedee"
    private static let zebedee = TestIdentity("Zebedee Quartz", "zebedee@example.org")

    /// A published ledger with a push of somebody else's, an agent's push by zebedee, and a push of zebedee's own.
    private struct Erasing {
        let scene: Scene
        let agents: ObjectID
        let own: ObjectID
        let others: ObjectID

        var ledgerPath: String { scene.server.ledgerPath }

        init() throws {
            scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
            others = try scene.client.commit(["a.txt": "1\n"], on: "refs/heads/other", parents: [])
            expectAllowed(try scene.server.trial("refs/heads/other", environment: Scene.pusher("sam")))
            agents = try scene.agent(["Sources/Pay.swift": "let pay = 2\n"], on: EraseTests.branch)
            expectAllowed(try scene.server.trial(EraseTests.branch, environment: Scene.pusher("zebedee")))
            own = try scene.server.commit(
                ["README.md": "of Zebedee\n"], on: "refs/heads/topic", author: EraseTests.zebedee)
            expectAllowed(try scene.server.trial("refs/heads/topic", environment: Scene.pusher("dana")))
            #expect(try log(["key", "--name", "git.example.org/decisions"]).status == 0)
            #expect(try log(["publish"]).status == 0)
        }

        func remit(_ arguments: [String]) throws -> Output {
            try spawn(
                [try BuiltProducts.remit] + arguments + ["--ledger", ledgerPath],
                environment: HermeticGit.environment(home: scene.client.directory.path),
                directory: scene.client.path)
        }

        func log(_ arguments: [String]) throws -> Output { try remit(["log"] + arguments) }

        func ledger() throws -> Ledger {
            try Ledger.open(at: ByteString(ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        }

        /// The files of the ledger, and of what is published of it, in which a name stands, in whatever case.
        func files(holding name: String) throws -> [String] {
            let directory = (ledgerPath as NSString).deletingLastPathComponent
            let found = try spawn(
                ["grep", "-rail", name, directory], environment: ["PATH": HermeticGit.path, "LC_ALL": "C"])
            return found.lines.map { ($0 as NSString).lastPathComponent }.sorted()
        }
    }

    @Test func `a name is gone from every file, and everything else stands`() throws {
        let erasing = try Erasing()
        let scene = erasing.scene
        #expect(try erasing.files(holding: "zebedee").contains("ledger.db"))
        let spent = try erasing.ledger().spent(scene.delegation.id)

        let dry = try erasing.log(["erase", "--naming", "zebedee", "--dry-run"])
        #expect(dry.status == 0, "\(dry.errorText)")
        #expect(dry.lines.first == "would erase entries 2 to 3")
        #expect(try erasing.ledger().count() == 3)

        let erased = try erasing.log([
            "erase", "--naming", "zebedee", "--reason", "asked for", "--by", "dana@example.org", "--yes",
        ])
        #expect(erased.status == 0, "\(erased.errorText)")
        #expect(erased.lines.first == "erased entries 2 to 3; entry 4 tells so")
        #expect(erased.lines.count == 2, "\(erased.text)")
        #expect(try erasing.files(holding: "zebedee").isEmpty)
        #expect(try erasing.files(holding: "quartz").isEmpty)

        let verified = try erasing.log(["verify"])
        #expect(verified.status == 0, "\(verified.text)")
        let told = try #require(verified.lines.first { $0.hasPrefix("entry 4: ") })
        #expect(told.hasPrefix("entry 4: entries 2 to 3 erased at "))
        #expect(told.hasSuffix(" by dana@example.org: asked for"))
        #expect(verified.lines.contains { $0.hasSuffix(" 2 erased") }, "\(verified.text)")

        // What is left is what it was: the other decision, the limits, and that the work was seen.
        let all = try erasing.remit(["replay", "--all"])
        #expect(all.text == "1 the same, 0 different, 0 cannot be judged again, 2 erased")
        #expect(all.status == 0)
        let one = try erasing.remit(["replay", "2"])
        #expect(one.errorText == "remit: error: entry 2 was erased: what it rests on is not kept any more\n")
        #expect(one.status == 2)
        let ledger = try erasing.ledger()
        #expect(try ledger.spent(scene.delegation.id) == spent && spent.pushes == 1)
        let seen = try ledger.firstSeen(
            repository: "payments", delegation: scene.delegation.id, commit: erasing.agents)
        #expect(seen?.entry == 2 && seen?.ref == "")
    }

    @Test func `what is gone is said by trace and coverage, and the gate goes on`() throws {
        let erasing = try Erasing()
        let scene = erasing.scene
        #expect(try erasing.log(["erase", "2", "--reason", "asked for", "--yes"]).status == 0)
        let trace = try erasing.remit(["trace", erasing.agents.hex])
        #expect(trace.status == 0, "\(trace.errorText)")
        #expect(
            trace.lines.contains("  decision    its document has been erased; the entry in the log stands"),
            "\(trace.text)")
        #expect(!trace.text.contains("zebedee"))
        let coverage = try erasing.log(["coverage", scene.server.repository.path])
        #expect(
            coverage.lines.contains(
                "note erased    payments: 1 entries were erased: what they let is not known any more"),
            "\(coverage.text)\(coverage.errorText)")
        // What was spent before is not forgotten.
        try scene.agent(["Sources/Pay.swift": "let pay = 3\n"], on: Self.branch)
        expectAllowed(try scene.server.trial(Self.branch, environment: Scene.pusher("dana")))
        #expect(try erasing.ledger().spent(scene.delegation.id).commits == 2)
        #expect(try erasing.log(["publish"]).status == 0)
        #expect(try erasing.log(["verify"]).status == 0)
    }

    @Test func `everything before a day goes, an erasure never`() throws {
        let erasing = try Erasing()
        let none = try erasing.log(["erase", "--before", "2020-01-01", "--reason", "kept a year", "--yes"])
        #expect(none.status == 1)
        #expect(
            none.errorText == """
                remit: error: no such entry is left to be erased
                remit: hint: see 'remit log verify' for what was

                """)
        #expect(try erasing.log(["erase", "--before", "2999-01-01", "--reason", "kept a year", "--yes"]).status == 0)
        let kept = try spawn(
            ["sqlite3", erasing.ledgerPath, "SELECT count(*) FROM input"], environment: ["PATH": HermeticGit.path])
        // The erasure's own manifest and document.
        #expect(kept.text == "2")
        #expect(try erasing.log(["verify"]).status == 0)
        let again = try erasing.log(["erase", "4", "--reason", "hide it", "--yes"])
        #expect(again.status == 2)
        #expect(
            again.errorText == "remit: error: entry 4 tells what was erased, and by whom: it stays\n")
        #expect(try erasing.log(["erase", "--compact"]).status == 0)
    }

    @Test func `what was deleted by another way is found`() throws {
        let erasing = try Erasing()
        #expect(try erasing.log(["erase", "2", "--reason", "asked for", "--yes"]).status == 0)
        let ledger = try erasing.ledger()
        let (one, three) = (try #require(try ledger.recorded(1)), try #require(try ledger.recorded(3)))
        let request = try #require(three.manifest["request"])
        let done = try spawn(
            [
                "sqlite3", erasing.ledgerPath,
                "DELETE FROM input WHERE digest IN (x'\(one.leaf.evidence.hex)', x'\(request.hex)')",
            ], environment: ["PATH": HermeticGit.path])
        #expect(done.status == 0)
        let verified = try erasing.log(["verify"])
        #expect(verified.status == 1)
        #expect(
            verified.lines.prefix(2) == [
                "FAIL entry 1 lost what it rests on, and no erasure says why",
                "FAIL entry 3 lost an input, which no erasure takes alone",
            ], "\(verified.text)")
    }

    @Test(arguments: [
        ([], "name entries, or give --before or --naming"),
        (["1", "--before", "2026-01-01"], "entries are named by their numbers, or found by --before and --naming"),
        (["1"], "missing --reason"),
        (["1", "--compact"], "--compact erases nothing, and stands alone"),
    ])
    func `what is not said is asked for`(arguments: [String], told: String) throws {
        let output = try spawn(
            [try BuiltProducts.remit, "log", "erase"] + arguments, environment: ["PATH": HermeticGit.path])
        #expect(output.status == 64)
        #expect(
            output.errorText == "remit: error: \(told)\nremit: hint: 'remit log erase --help' shows the usage\n")
    }

    @Test func `without a terminal nobody is asked, and nothing goes`() throws {
        let erasing = try Erasing()
        let output = try erasing.log(["erase", "1", "--reason", "asked for"])
        #expect(output.status == 64)
        #expect(
            output.errorText.hasSuffix(
                """
                remit: error: missing --yes
                remit: hint: give --yes; there is no terminal on which to ask: erase them for good? (yes or no)

                """), "\(output.errorText)")
        let missing = try erasing.log(["erase", "9", "--reason", "asked for", "--yes"])
        #expect(missing.errorText == "remit: error: the ledger has no entry 9 that can be erased\n")
        #expect(missing.status == 2)
        #expect(try erasing.ledger().count() == 3)
    }
}
