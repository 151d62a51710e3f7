import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// INVARIANT 12: pushes at the same moment never both spend the last unit of a limit.
@Suite(.serialized) struct ConcurrentLimitTests {
    /// Many hooks on few cores: none may run out of time before it is its turn.
    private static let patience = ["remit.deadline": "120"]
    private static let pushes = 12

    private static func branch(_ number: Int) -> String { "refs/heads/agent/PAY-42/\(number)" }

    @Test(arguments: ["pushes", "commits", "files"])
    func `of many pushes at once exactly as many get through as the limit allows`(unit: String) throws {
        let scene = try Scene(try TestAuthority(), settings: Self.patience) { $0.limits = [unit: 5] }
        for number in 0..<Self.pushes { try scene.agent(["Sources/\(number)": "1\n"], on: Self.branch(number)) }
        let statuses = try Self.push(
            (0..<Self.pushes).map { (scene.server, Self.branch($0)) }, ledger: scene.server.ledgerPath)
        #expect(statuses.filter { $0 == 0 }.count == 5)
        try Self.expectLanded(statuses, scene, on: Array(repeating: scene.server, count: Self.pushes))
        #expect(try scene.spent() == LimitTests.spent(commits: 5, files: unit == "files" ? 5 : 0, pushes: 5))
    }

    @Test func `two repositories with one ledger share one limit`() throws {
        let scene = try Scene(try TestAuthority(), settings: Self.patience) { delegation in
            delegation.limits = ["commits": 5]
            var web = delegation.grants[0]
            web.repository = "web"
            delegation.grants.append(web)
        }
        let web = try TestServer(
            scene.authority, name: "web",
            settings: Self.patience.merging(["remit.ledger": scene.server.ledgerPath]) { $1 })
        let servers = (0..<Self.pushes).map { $0 % 2 == 0 ? scene.server : web }
        for (number, server) in servers.enumerated() {
            try server.commit(["Sources/\(number)": "1\n"], under: scene.delegation, on: Self.branch(number))
        }
        let statuses = try Self.push(
            servers.enumerated().map { ($1, Self.branch($0)) }, ledger: scene.server.ledgerPath)
        #expect(statuses.filter { $0 == 0 }.count == 5)
        try Self.expectLanded(statuses, scene, on: servers)
        #expect(try scene.spent() == LimitTests.spent(commits: 5, pushes: 5))
    }

    @Test func `two that were handed on cannot both spend what is left of their parent`() throws {
        let scene = try Scene(try TestAuthority(), settings: Self.patience) {
            $0.hops = 1
            $0.limits = ["commits": 5, "files": 9]
        }
        let children = try (0..<2).map { _ in
            try scene.authority.subdelegate(scene.delegation) { $0.limits = ["commits": 4, "files": 9] }
        }
        for number in 0..<Self.pushes {
            try scene.server.commit(
                ["Sources/\(number)": "1\n"], under: children[number % 2], on: Self.branch(number))
        }
        let statuses = try Self.push(
            (0..<Self.pushes).map { (scene.server, Self.branch($0)) }, ledger: scene.server.ledgerPath)
        #expect(statuses.filter { $0 == 0 }.count == 5)
        try Self.expectLanded(statuses, scene, on: Array(repeating: scene.server, count: Self.pushes))
        #expect(try scene.spent() == LimitTests.spent(commits: 5, files: 5, pushes: 5))
        let shares = try children.map { try scene.spent(of: $0) }
        #expect(shares.reduce(.nothing, +) == LimitTests.spent(commits: 5, files: 5, pushes: 5))
        #expect(shares.allSatisfy { $0.commits <= 4 })
    }

    @Test func `one commit pushed to many refs at once is counted once`() throws {
        let scene = try Scene(try TestAuthority(), settings: Self.patience) {
            $0.limits = ["commits": 1, "lines": 1]
        }
        let commit = try scene.agent(["Sources/a": "1\n"])
        for number in 0..<6 { try scene.client.setRef(Self.branch(number), to: commit) }
        let statuses = try Self.push(
            (0..<6).map { (scene.server, Self.branch($0)) }, ledger: scene.server.ledgerPath)
        #expect(statuses == [0, 0, 0, 0, 0, 0])
        #expect(try scene.spent() == LimitTests.spent(commits: 1, lines: 1, pushes: 6))
    }

    /// What a killed hook had recorded is recorded whole, and what it had not is not there at all.
    @Test func `a hook that is killed leaves totals that agree with the entries`() throws {
        let scene = try Scene(try TestAuthority(), settings: Self.patience) { $0.limits = ["commits": 100] }
        try scene.server.repository.installHook(
            "pre-receive",
            "#!/bin/sh\nexec timeout -s KILL \"0.$(cat \"$GIT_DIR/../delay\")\" '\(try BuiltProducts.hook)' pre-receive\n"
        )
        var landed = 0
        for number in 0..<16 {
            try writeFile(
                Array(String(format: "%03d", 5 + number * 12).utf8), to: "\(scene.server.repository.path)/../delay")
            try scene.agent(["Sources/\(number)": "1\n"], on: Self.branch(number))
            if try scene.server.push(Self.branch(number)).status == 0 { landed += 1 }
        }
        let allowed = try scene.server.entries().count
        #expect(try scene.spent() == LimitTests.spent(commits: allowed, pushes: allowed))
        #expect(allowed >= landed && landed < 16)
    }

    private static func push(_ pushes: [(server: TestServer, ref: String)], ledger: String) throws -> [Int32] {
        try PushingAtOnce(ledger: ledger).run(
            pushes.map { .init(client: $0.server.client, repository: $0.server.repository, ref: $0.ref) }
        ).map(\.status)
    }

    /// What landed is what was allowed, and every push left its entry.
    private static func expectLanded(_ statuses: [Int32], _ scene: Scene, on servers: [TestServer]) throws {
        for (number, server) in servers.enumerated() {
            let tip = try server.tip(of: branch(number))
            #expect((tip != nil) == (statuses[number] == 0), "push \(number)")
        }
        let entries = try scene.server.entries()
        #expect(entries.map(\.sequence) == Array(1...Int64(statuses.count)))
        let outcomes = entries.map { entry in
            String(decoding: entry.bytes, as: UTF8.self).contains(#""outcome":"allowed""#) ? "allowed" : "refused"
        }
        #expect(outcomes.filter { $0 == "allowed" }.count == statuses.filter { $0 == 0 }.count)
    }
}
