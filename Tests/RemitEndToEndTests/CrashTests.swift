import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// INVARIANT 7, at every single write of a push: whatever ends the hooks, the ledger stays whole, nothing that was
/// answered is lost, no ref moves without its decision, and the next push works at once.
@Suite(.serialized) struct CrashTests {
    /// Pushes with a fault at each step in turn, until a push has fewer steps.
    private static func each(_ kind: FaultInjection.Kind, _ body: (CrashScene, Faulted) throws -> Void) throws {
        let scene = try CrashScene()
        let injection = try FaultInjection(on: scene.server.directory.path)
        var figures = Figures()
        for step in 1...1000 {
            try scene.reset()
            let output = try scene.push(CrashScene.ref, environment: injection.environment(kind, at: step))
            let steps = try injection.steps()
            guard steps.count >= step else {
                // Nothing was in the way: the whole push was gone through.
                #expect(output.status == 0 && step > 50, "\(step - 1) steps: \(output.errorText)")
                let verified = try spawn(
                    [try BuiltProducts.remit, "log", "verify", "--ledger", scene.server.ledgerPath],
                    environment: HermeticGit.environment(home: scene.server.directory.path))
                #expect(verified.status == 0, "\(verified.text)")
                print("\(kind.rawValue): \(figures.text)")
                return
            }
            let faulted = Faulted(
                step: step, at: steps[step - 1], output: output, hasLanded: try scene.landed(CrashScene.ref),
                state: try scene.state())
            figures.add(faulted, of: scene)
            try body(scene, faulted)
        }
        Issue.record("no push came to its end")
    }

    @Test(arguments: [FaultInjection.Kind.killBefore, .killAfter])
    func `a hook that is killed at any step loses nothing and allows nothing`(_ kind: FaultInjection.Kind) throws {
        try Self.each(kind) { scene, faulted in
            try Self.expectWhole(scene, faulted)
            let words = faulted.output.errorText
            if faulted.output.status != 0 {
                #expect(words.contains("pre-receive hook declined"), "\(faulted.place): \(words)")
            }
            try Self.expectNextWorks(scene, faulted)
        }
    }

    @Test(arguments: [FaultInjection.Kind.full, .io])
    func `a disk that fails at any step refuses, and loses nothing`(_ kind: FaultInjection.Kind) throws {
        try Self.each(kind) { scene, faulted in
            try Self.expectWhole(scene, faulted)
            let words = faulted.output.errorText
            let ledger = "the ledger '\(scene.server.ledgerPath)'"
            let reasons = [
                kind == .full ? "there is no room for \(ledger): " : "\(ledger) failed: ",
                "\(ledger) cannot be opened: no file can be made beside it, such as its write-ahead log",
            ]
            func says(_ beginning: String) -> Bool { reasons.contains { words.contains(beginning + $0) } }
            if !faulted.hasLanded {
                #expect(says("remit: error: the decision could not be recorded: "), "\(faulted.place): \(words)")
                #expect(words.contains("undecided.ledger"), "\(faulted.place): \(words)")
                #expect(faulted.answered == nil, "\(faulted.place)")
            } else {
                // What the first push landed is recorded, and what this one landed, or its pusher is told.
                let isRecorded = try faulted.state.effects().count == 2
                #expect(
                    says("remit: warning: what landed is not recorded: ") == !isRecorded, "\(faulted.place): \(words)")
            }
            try Self.expectNextWorks(scene, faulted)
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs to mount a file system"))
    func `a disk that pushes fill up refuses the rest, and takes them when there is room again`() throws {
        let scene = try CrashScene()
        let disk = try SmallDisk(kilobytes: 768)
        let path = "\(disk.path)/ledger.db"
        try FileManager.default.copyItem(atPath: scene.server.ledgerPath, toPath: path)
        try scene.server.configure("remit.ledger", path)
        try writeFile([UInt8](repeating: 1, count: 256 << 10), to: "\(disk.path)/filler")
        var (answers, refused): ([ObjectID: Int64], [(ref: String, commit: ObjectID)]) = ([:], [])
        while refused.count < 3, answers.count < 40 {
            let ref = "refs/heads/agent/PAY-42/\(answers.count + refused.count)"
            let commit = try scene.scene.agent(["Sources/\(answers.count + refused.count)": "1\n"], on: ref)
            let output = try scene.push(ref)
            #expect((output.status == 0) == (try scene.server.tip(of: ref) == commit))
            if output.status == 0 {
                answers[commit] = Faulted.number(after: "remit: decision ", in: output.errorText)
            } else {
                refused.append((ref, commit))
                #expect(
                    output.errorText.contains(
                        "remit: error: the decision could not be recorded: there is no room for the ledger '\(path)': "),
                    "\(output.errorText)")
            }
        }
        #expect(refused.count == 3 && answers.count > 3)
        try FileManager.default.removeItem(atPath: "\(disk.path)/filler")
        for (ref, commit) in refused {
            let output = try scene.push(ref)
            #expect(output.status == 0, "\(output.errorText)")
            answers[commit] = Faulted.number(after: "remit: decision ", in: output.errorText)
        }
        let state = try LedgerState(at: path, of: scene.scene.delegation.id)
        #expect(state.faults == [])
        for (commit, answer) in answers { #expect(state.allowed(commit) == [answer]) }
        #expect(state.spent == LimitTests.spent(commits: answers.count, files: answers.count, pushes: answers.count))
        let verified = try spawn(
            [try BuiltProducts.remit, "log", "verify", "--ledger", path],
            environment: HermeticGit.environment(home: disk.path))
        #expect(verified.status == 0, "\(verified.text)")
        print(
            """
            small disk: \(answers.count + refused.count) pushes, \(answers.count) allowed, \(refused.count) refused \
            before there was room, \(state.entries.count) entries, \(try state.effects().count) effects
            """)
    }

    /// What must hold of every state that a fault has left.
    private static func expectWhole(_ scene: CrashScene, _ faulted: Faulted) throws {
        let (state, place) = (faulted.state, faulted.place)
        let allowed = state.allowed(scene.commit)
        #expect(state.faults == [], "\(place)")
        // Git said that the push was accepted exactly where the ref moved.
        #expect((faulted.output.status == 0) == faulted.hasLanded, "\(place)")
        #expect(allowed.count <= 1, "\(place)")
        if faulted.hasLanded || faulted.answered != nil { #expect(allowed.count == 1, "\(place)") }
        if let answered = faulted.answered { #expect(allowed == [answered], "\(place)") }
        #expect(state.spent == spent(after: allowed.count), "\(place)")
        let effects = try state.effects().dropFirst()
        #expect(effects.isEmpty || Array(effects) == allowed, "\(place)")
    }

    /// The commit and its file count once, however often it is pushed.
    private static func spent(after pushes: Int) -> Spent {
        LimitTests.spent(commits: min(pushes, 1), files: min(pushes, 1), pushes: pushes)
    }

    /// Pushes on top of what the fault has left: the same where it was refused, the next where it was not.
    private static func expectNextWorks(_ scene: CrashScene, _ faulted: Faulted) throws {
        let place = faulted.place
        let ref = faulted.hasLanded ? CrashScene.next : CrashScene.ref
        let again = try scene.push(ref)
        #expect(again.status == 0, "\(place): \(again.errorText)")
        #expect(try scene.landed(ref), "\(place)")
        let state = try scene.state()
        let before = faulted.state.allowed(scene.commit).count
        #expect(state.faults == [], "\(place)")
        // Each push has one decision of its own, and none has two.
        #expect(state.allowed(scene.commit).count == before + (faulted.hasLanded ? 0 : 1), "\(place)")
        let missing = try faulted.hasLanded && faulted.state.effects().count == 1
        #expect(try state.effects().count == (faulted.hasLanded && !missing ? 3 : 2), "\(place)")
        if !faulted.hasLanded { #expect(state.spent == spent(after: before + 1), "\(place)") }
        // What landed while its recording was killed is known to be missing.
        #expect(state.history.withoutEffect.count == before - (faulted.hasLanded && !missing ? 1 : 0), "\(place)")
    }
}
