import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// A busy server: everything that a ledger promises to one push, it promises to two hundred at once.
@Suite(.serialized) struct LoadTests {
    private static let pushes = 200
    private static let repositories = 50
    private static let limits = (commits: 60, pushes: 70)

    private static func branch(_ number: Int) -> String { "refs/heads/agent/PAY-42/\(number)" }

    /// Fifty repositories with one ledger, two delegations that hold in all of them, and a commit for each push.
    private struct Crowd {
        let server: TestServer
        let key: NoteKey
        let delegations: [TestDelegation.Issued]
        let repositories: [TestRepository]
        let names: [String]
        var commits: [ObjectID] = []

        init() throws {
            let authority = try TestAuthority()
            let names = (0..<LoadTests.repositories).map { "service-\($0)" }
            self.names = names
            // Until the last push has begun, the first one waits for the test and not for the server.
            server = try TestServer(authority, name: names[0], settings: ["remit.deadline": "600"])
            delegations = try [["commits": LoadTests.limits.commits], ["pushes": LoadTests.limits.pushes]].map {
                limits in
                try authority.delegate { delegation in
                    delegation.limits = limits
                    let grant = delegation.grants[0]
                    delegation.grants = names.map { name in
                        var copy = grant
                        copy.repository = name
                        return copy
                    }
                }
            }
            try server.repository.installHook(
                "post-receive", "#!/bin/sh\nexec '\(try BuiltProducts.hook)' post-receive\n")
            key = try server.makeLogKey()
            var all = [server.repository]
            for name in names.dropFirst() {
                let copy = try TestRepository(copyOf: server.repository, name: "\(name).git")
                try copy.git("config", "--replace-all", "remit.repository", name)
                all.append(copy)
            }
            repositories = all
            for number in 0..<LoadTests.pushes {
                commits.append(
                    try server.commit(
                        ["Sources/\(number)": "1\n"], under: delegation(of: number), on: LoadTests.branch(number)))
            }
        }

        func delegation(of number: Int) -> TestDelegation.Issued { delegations[number / LoadTests.repositories % 2] }
        func repository(of number: Int) -> TestRepository { repositories[number % LoadTests.repositories] }
        func name(of number: Int) -> String { names[number % LoadTests.repositories] }
    }

    @Test func `two hundred pushes at once to fifty repositories with one ledger`() throws {
        let crowd = try Crowd()
        let crowding = PushingAtOnce(ledger: crowd.server.ledgerPath, patience: 300)
        let outputs = try crowding.run(
            (0..<Self.pushes).map {
                .init(client: crowd.server.client, repository: crowd.repository(of: $0), ref: Self.branch($0))
            })
        let state = try LedgerState(
            at: crowd.server.ledgerPath, of: crowd.delegations[0].id, in: crowd.names[0])
        #expect(state.faults == [])

        // Every push was answered, by an entry of its own.
        let answers = outputs.map { Faulted.number(after: "remit: decision ", in: $0.words) }
        #expect(answers.compactMap(\.self).count == Self.pushes)
        #expect(Set(answers).count == Self.pushes)
        let decisions = state.entries.filter { $0.leaf.kind == .decision }
        #expect(decisions.count == Self.pushes)
        let outcomes = Dictionary(uniqueKeysWithValues: decisions.map { ($0.sequence, $0.leaf) })
        var (allowed, refused) = ([0, 0], 0)
        for (number, output) in outputs.enumerated() {
            let leaf = try #require(answers[number].flatMap { outcomes[$0] }, "push \(number): \(output.words)")
            #expect(leaf.repository == crowd.name(of: number), "push \(number)")
            guard case .decision(_, let outcome, _, _) = leaf.summary else { continue }
            let tip = try crowd.repository(of: number).attempt(["rev-parse", "-q", "--verify", Self.branch(number)])
            if output.status == 0 {
                allowed[number / Self.repositories % 2] += 1
                #expect(outcome == .allowed && ObjectID(hex: tip.text) == crowd.commits[number], "push \(number)")
            } else {
                refused += 1
                #expect(outcome == .refused && tip.status != 0, "push \(number): \(output.words)")
            }
        }
        #expect(allowed == [Self.limits.commits, Self.limits.pushes])
        #expect(refused == Self.pushes - Self.limits.commits - Self.limits.pushes)

        // What landed rests on the decision that its pusher was told of, each once.
        let landed = Set(outputs.indices.filter { outputs[$0].status == 0 }.compactMap { answers[$0] })
        let effects = try state.effects()
        #expect(effects.count == landed.count && Set(effects) == Set(landed))

        // Of many hooks few publish, and whoever landed something is covered by a checkpoint all the same.
        let last = state.entries.last { $0.leaf.kind == .effect }?.sequence
        let ledger = try Ledger.open(
            at: ByteString(crowd.server.ledgerPath), create: false, deadline: .now.advanced(by: .seconds(10)))
        let log = try LogVerifier(LogDirectory(ofLedgerAt: ByteString(crowd.server.ledgerPath)), key: crowd.key)
            .examine(ledger)
        #expect(log.faults.isEmpty && log.published.map { $0.size >= last ?? 0 } == true, "\(log.faults)")

        let spent = try crowd.delegations.map { issued in
            try LedgerState(at: crowd.server.ledgerPath, of: issued.id, in: crowd.names[0]).spent
        }
        #expect(spent[0] == LimitTests.spent(commits: allowed[0], pushes: allowed[0]))
        #expect(spent[1] == LimitTests.spent(commits: allowed[1], pushes: allowed[1]))
        print(
            """
            load: \(Self.pushes) pushes to \(Self.repositories) repositories, \(try crowding.begun()) hooks at once, \
            \(answers.compactMap(\.self).count) answered, \(allowed[0] + allowed[1]) allowed, \(refused) refused, \
            \(state.entries.count) entries, \(effects.count) effects, \(log.published?.size ?? 0) published
            """)
    }

    /// Whoever is killed while others wait for the ledger leaves it to them as it must be.
    @Test func `of sixty pushes at once a third is killed, and the others do not notice`() throws {
        let (count, each) = (60, 3)
        let scene = try Scene(try TestAuthority(), settings: ["remit.deadline": "600"])
        try scene.server.repository.installHook(
            "post-receive", "#!/bin/sh\nexec '\(try BuiltProducts.hook)' post-receive\n")
        try scene.server.makeLogKey()
        let commits = try (0..<count).map { try scene.agent(["Sources/\($0)": "1\n"], on: Self.branch($0)) }
        // One for each, since each counts its own steps; they are spread over all that a push takes.
        let injections = try (0..<count).map { _ in try FaultInjection(on: scene.server.directory.path) }
        let outputs = try PushingAtOnce(ledger: scene.server.ledgerPath, patience: 60).run(
            try (0..<count).map { number in
                let environment =
                    number % each == 0
                    ? try injections[number].environment(.killBefore, at: 1 + number) : [:]
                return .init(
                    client: scene.client, repository: scene.server.repository, ref: Self.branch(number),
                    environment: environment)
            })
        let state = try LedgerState(at: scene.server.ledgerPath, of: scene.delegation.id)
        #expect(state.faults == [])
        var (answered, landed, refused, decided) = (0, 0, 0, 0)
        for (number, output) in outputs.enumerated() {
            let answer = Faulted.number(after: "remit: decision ", in: output.words)
            let allowed = state.allowed(commits[number])
            let tip = try scene.server.tip(of: Self.branch(number))
            #expect((output.status == 0) == (tip == commits[number]), "push \(number): \(output.words)")
            if number % each != 0 { #expect(output.status == 0 && answer != nil, "push \(number): \(output.words)") }
            #expect(allowed.count <= 1, "push \(number)")
            if tip != nil || answer != nil { #expect(allowed.count == 1, "push \(number)") }
            if let answer { #expect(allowed == [answer], "push \(number)") }
            answered += answer == nil ? 0 : 1
            landed += tip == nil ? 0 : 1
            refused += output.status == 0 ? 0 : 1
            decided += allowed.count
        }
        // Some were killed before their decision was written, and some after.
        #expect(refused > 0 && decided > landed - 1 && decided < count)
        #expect(state.spent == LimitTests.spent(commits: decided, pushes: decided))
        let effects = try state.effects()
        #expect(effects.count <= landed && !effects.contains(nil) && Set(effects).count == effects.count)
        print(
            """
            killed among others: \(count) pushes, \(count / each) with a kill, \(answered) answered, \(landed) allowed \
            and landed, \(refused) refused, \(state.entries.count) entries, \(decided) decisions, \(effects.count) effects
            """)
    }
}
