import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// A clock that jumps: entries stay in their order, and what has expired does not begin again.
@Suite(.serialized) struct ClockTests {
    private static let (hour, year) = (Int64(3600), Int64(365 * 86_400))

    private static func branch(_ number: Int) -> String { "refs/heads/agent/PAY-42/\(number)" }

    private static func scene() throws -> Scene {
        let scene = try Scene(try TestAuthority())
        try scene.server.repository.installHook(
            "post-receive", "#!/bin/sh\nexec '\(try BuiltProducts.hook)' post-receive\n")
        return scene
    }

    private static func push(_ scene: Scene, _ number: Int, later seconds: Int64) throws -> Trial {
        try scene.agent(["Sources/\(number)": "1\n"], on: branch(number))
        return try scene.server.trial(branch(number), environment: FakeTime.environment(secondsLater: seconds))
    }

    @Test func `a delegation that expired does not begin again when the clock goes back`() throws {
        let scene = try Self.scene()
        expectAllowed(try Self.push(scene, 1, later: 0))
        // The delegation ends after eight hours.
        expectRefused(try Self.push(scene, 2, later: 9 * Self.hour), by: ["delegation.expired"])
        let back = try Self.push(scene, 3, later: 0)
        expectUndecided(back, by: ["undecided.clock"])
        #expect(
            back.said.hasPrefix(
                """
                undecided: this push could not be checked, nothing of it was accepted
                error: the clock has gone back: it says <time>, and the ledger has an entry of <time>
                  rule     undecided.clock
                hint: ask the administrators to set the clock right, or where it is right now \
                to run 'remit log clock --accept' on the server
                """), "\(back.said)")
        // That it was undecided is recorded with the time that was seen, and changes nothing about the next.
        expectUndecided(try Self.push(scene, 4, later: 0), by: ["undecided.clock"])
        expectRefused(try Self.push(scene, 5, later: 9 * Self.hour), by: ["delegation.expired"])
        try Self.expectWhole(scene)
    }

    @Test func `small steps of a clock are none`() throws {
        let scene = try Self.scene()
        expectAllowed(try Self.push(scene, 1, later: 240))
        expectAllowed(try Self.push(scene, 2, later: 0))
        try Self.expectWhole(scene)
    }

    @Test func `a year ahead and back is undecided until the clock is accepted`() throws {
        let scene = try Self.scene()
        expectAllowed(try Self.push(scene, 1, later: 0))
        expectRefused(
            try Self.push(scene, 2, later: Self.year), by: ["delegation.expired", "delegation.review-overdue"])
        expectUndecided(try Self.push(scene, 3, later: 0), by: ["undecided.clock"])
        // A person's push is judged by the same clock: whose key or approval has expired would count again.
        try scene.server.commit(["README.md": "2\n"])
        expectUndecided(try scene.server.trial("main"), by: ["undecided.clock"])

        let told = try Self.clock(scene)
        #expect(told.status == 1)
        #expect(
            told.errorText == """
                remit: error: the clock has gone back: pushes are undecided
                remit: hint: set the clock right; where it is right, run 'remit log clock --accept'

                """)
        let accepted = try Self.clock(scene, "--accept")
        #expect(accepted.status == 0, "\(accepted.errorText)")
        let entries = try scene.server.recorded()
        let last = try #require(entries.last)
        #expect(accepted.lines.last == "entry \(last.sequence) recorded: the clock is accepted")
        #expect(last.leaf.summary == .lifecycle(event: "clock-accepted"))
        #expect(String(decoding: last.document, as: UTF8.self).contains(#""changes":[{"key":"clock","old":""#))
        #expect(try Self.clock(scene).status == 0)
        let again = try Self.clock(scene, "--accept")
        #expect(again.status == 64)
        #expect(again.errorText == "remit: error: there is nothing to accept: the clock is not behind the ledger\n")

        expectAllowed(try scene.server.trial("main"))
        expectAllowed(try Self.push(scene, 4, later: 0))
        try Self.expectWhole(scene)
    }

    @Test func `monitor mode lets it through and says so`() throws {
        let scene = try Self.scene()
        try scene.server.configure("remit.mode", "monitor")
        let ahead = try Self.push(scene, 1, later: Self.year)
        #expect(ahead.status == 0)
        let back = try Self.push(scene, 2, later: 0)
        #expect(back.status == 0 && back.rules == ["undecided.clock"], "\(back.said)")
        try Self.expectWhole(scene)
    }

    @Test func `a clock that jumps while many push`() throws {
        let scene = try Self.scene()
        expectAllowed(try Self.push(scene, 999, later: 0))
        let offsets: [Int64] = [0, -Self.year, -2 * Self.hour, -200, 200, 2 * Self.hour, 0, -Self.hour]
        let count = 24
        for number in 0..<count { try scene.agent(["Sources/\(number)": "1\n"], on: Self.branch(number)) }
        let outputs = try PushingAtOnce(ledger: scene.server.ledgerPath, patience: 60).run(
            try (0..<count).map { number in
                .init(
                    client: scene.client, repository: scene.server.repository, ref: Self.branch(number),
                    environment: try FakeTime.environment(secondsLater: offsets[number % offsets.count]))
            })
        let entries = try scene.server.recorded()
        var (allowed, refused) = (0, 0)
        for (number, output) in outputs.enumerated() {
            let answer = try #require(Faulted.number(after: "remit: decision ", in: output.words), "\(output.words)")
            let leaf = entries[Int(answer) - 1].leaf
            // The time that the hook saw stands in its entry, wherever that stands.
            let seen = leaf.at.seconds - scene.authority.now.seconds - offsets[number % offsets.count]
            #expect((0...600).contains(seen), "push \(number)")
            #expect((output.status == 0) == (try scene.server.tip(of: Self.branch(number)) != nil))
            if output.status == 0 { allowed += 1 } else { refused += 1 }
            // Those that are far behind what was recorded first; the others saw it before one that is ahead wrote.
            let isBehind = offsets[number % offsets.count] < -Ledger.clockTolerance
            #expect((output.status != 0) == isBehind, "push \(number): \(output.words)")
            #expect(output.words.contains("undecided.clock") == isBehind, "push \(number): \(output.words)")
        }
        #expect(entries.filter { $0.leaf.kind == .decision }.count == count + 1)
        #expect(try scene.spent().pushes == allowed + 1)
        try Self.expectWhole(scene)
        print(
            "clock: \(count) pushes, \(count) answered, \(allowed) allowed, \(refused) refused, \(entries.count) entries"
        )
    }

    @Test func `a gate in CI with a ledger does not judge by a clock that has gone back`() throws {
        let scene = try Scene(try TestAuthority(), settings: Scene.gitolite)
        try scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        expectAllowed(try scene.server.trial(Scene.branch))
        try scene.approve()
        let ledger = ["--ledger", scene.server.ledgerPath]
        expectAllowed(try scene.gate(options: ledger[0], ledger[1]))
        let back = try scene.gate(
            options: ledger[0], ledger[1], environment: FakeTime.environment(secondsLater: -Self.hour / 2))
        expectRefused(back, by: ["undecided.clock"], status: 2)
        #expect(
            back.said.contains("error: the clock has gone back: it says <time>, and the ledger has an entry of <time>"))
    }

    private static func clock(_ scene: Scene, _ options: String...) throws -> Output {
        try spawn(
            [try BuiltProducts.remit, "log", "clock", "--ledger", scene.server.ledgerPath] + options,
            environment: HermeticGit.environment(home: scene.client.path))
    }

    /// Times that go back break neither the tree, nor the tracing, nor what is held against the refs.
    private static func expectWhole(_ scene: Scene) throws {
        let state = try LedgerState(at: scene.server.ledgerPath, of: scene.delegation.id)
        #expect(state.faults == [])
        #expect(state.entries.map(\.sequence) == Array(1...Int64(state.entries.count)))
        let refs = try scene.server.repository.git("for-each-ref", "--format=%(objectname) %(refname)").lines.map {
            line in
            let words = line.split(separator: " ")
            return (ByteString(String(words[1])), try #require(ObjectID(hex: String(words[0]))))
        }
        // Nothing says what stood on main before the first push to it.
        let known = refs.filter { $0.0 != ByteString("refs/heads/main") || state.history.expected[$0.0] != nil }
        let coverage = Coverage(of: state.history, refs: Dictionary(uniqueKeysWithValues: known), logs: [])
        #expect(coverage.gaps == [.beginning])
        for command in [["log", "verify"], ["trace", "\(scene.delegation.id)"], ["replay", "--all"]] {
            let output = try spawn(
                [try BuiltProducts.remit] + command + ["--ledger", scene.server.ledgerPath],
                environment: HermeticGit.environment(home: scene.client.path), directory: scene.client.path)
            #expect(output.status == 0, "\(command): \(output.text)\(output.errorText)")
        }
    }
}
