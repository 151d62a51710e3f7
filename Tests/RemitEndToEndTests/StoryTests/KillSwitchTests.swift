import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// Somebody pulls the plug with one command, and the very next push of the agent is refused.
@Stories @Suite struct KillSwitchTests {
    /// The command after which nothing more comes in, by the person who may run it.
    struct Switch: Sendable, CustomTestStringConvertible {
        let name: String
        let arguments: @Sendable (TestDelegation.Issued) -> [String]
        let isOperators: Bool
        let rule: String
        let said: String
        var testDescription: String { name }
    }

    private nonisolated static let switches = [
        Switch(
            name: "remit suspend AGENT",
            arguments: { _ in ["suspend", "claude-code", "--reason", "it deletes tests"] },
            isOperators: true, rule: "delegation.suspended", said: "it deletes tests"),
        Switch(
            name: "remit suspend --all",
            arguments: { _ in ["suspend", "--all", "--reason", "the model was recalled"] },
            isOperators: true, rule: "delegation.suspended", said: "the model was recalled"),
        Switch(
            name: "remit revoke DELEGATION",
            arguments: { ["revoke", $0.id.description, "--cause", "compromised", "--reason", "the key leaked"] },
            isOperators: false, rule: "delegation.revoked", said: "the key leaked"),
        Switch(
            name: "remit revoke --of-key KEY",
            arguments: {
                ["revoke", "--of-key", $0.taskKey.publicPath, "--cause", "compromised", "--reason", "the key leaked"]
            }, isOperators: false, rule: "delegation.revoked", said: "the key leaked"),
    ]

    @Test(arguments: switches)
    func `the very next push is refused`(_ plug: Switch) throws {
        let office = try Office()
        let delegation = try office.grant()
        let clone = try office.clone("operator")
        // The agent commits before anybody hears of anything, and pushes commit by commit.
        var tips: [ObjectID] = []
        for name in ["One", "Two", "Three", "Four"] {
            tips.append(
                try office.server.commit(["Sources/\(name).swift": "let made = 1\n"], under: delegation))
        }
        func push(_ index: Int) throws -> Trial {
            try office.server.trial("\(tips[index].hex):\(Office.branch)", environment: Office.bot)
        }
        for index in 0..<2 { expectAllowed(try push(index)) }
        let start = ContinuousClock.now
        try office.remit(
            plug.arguments(delegation), by: plug.isOperators ? office.authority.sam : nil, in: clone)
        let commanded = ContinuousClock.now
        let next = try push(2)
        let answered = ContinuousClock.now
        expectRefused(next, by: [plug.rule])
        #expect(next.said.contains(plug.said), "\(next.said)")
        expectRefused(try push(3), by: [plug.rule])
        #expect(try office.server.tip(of: Office.branch) == tips[1])
        print(
            "kill switch: '\(plug.name)': \(Self.milliseconds(commanded - start)) ms from start to end, "
                + "2 pushes allowed before, push 1 after it refused \(Self.milliseconds(answered - commanded)) ms later"
        )
    }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    }

    @Test func `a revocation that arrives before its delegation stops its first push`() throws {
        let office = try Office()
        // Dana has signed it, and not pushed it yet.
        let laptop = try office.clone("laptop")
        let delegation = try office.grant("PAY-42", ["--no-push"], in: laptop)
        try office.remit(["revoke", delegation.id.description, "--cause", "ended", "--reason", "the task is cancelled"])
        try HermeticGit.run(["pull", "--quiet", "--rebase"], in: laptop).mustSucceed()
        try HermeticGit.run(["push", "--quiet"], in: laptop).mustSucceed()
        expectRefused(
            try office.work("Retry", under: delegation), by: ["delegation.revoked"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> was revoked: ended: the task is cancelled
                  rule     delegation.revoked
                  ref      refs/heads/agent/PAY-42/work
                  commit   <id>
                  by       delegation <delegation>
                  since    <time>
                  ask      dana@example.org
                hint: see the revocation with 'remit show <delegation>', and ask dana@example.org for a new delegation made \
                with 'remit grant'
                decision recorded
                """)
    }

    /// Once the agent is resumed, the suspension's cause says what becomes of work that was seen before it.
    @Test(arguments: [("ended", true), ("compromised", false)])
    func `a review resumes the agent for what is delegated anew, and the old stays stopped`(
        _ cause: String, _ lands: Bool
    ) throws {
        let office = try Office()
        let old = try office.grant()
        expectAllowed(try office.work("Retry", under: old))
        let seen = try office.client.resolve(Office.branch)
        func land() throws -> Trial {
            try office.server.trial("\(seen.hex):\(Office.main)", environment: Office.sam)
        }
        try office.remit(["suspend", "claude-code", "--cause", cause, "--reason", "it deletes tests"])
        expectRefused(try office.work("More", under: old), by: ["delegation.suspended"])
        expectRefused(try land(), by: ["delegation.suspended"])

        // Moments are whole seconds: the resumption and what follows it must be of later ones.
        Thread.sleep(forTimeInterval: 1.1)
        try office.remit(["agent", "review", "claude-code"])
        Thread.sleep(forTimeInterval: 1.1)
        let new = try office.grant("PAY-43")
        expectAllowed(try office.work("Anew", under: new, on: "refs/heads/agent/PAY-42/anew"))
        expectRefused(
            try office.work("Again", under: old), by: ["delegation.revoked"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> was revoked: \(cause): agent 'claude-code' was suspended: it deletes tests
                  rule     delegation.revoked
                  ref      refs/heads/agent/PAY-42/work
                  commits  <id> <id>
                  by       delegation <delegation>
                  since    <time>
                  ask      dana@example.org
                hint: see the revocation with 'remit show <delegation>', and ask dana@example.org for a new delegation made \
                with 'remit grant'
                decision recorded
                """)
        if lands { expectAllowed(try land()) } else { expectRefused(try land(), by: ["delegation.revoked"]) }
    }

    @Test func `a policy resumes every agent for what is delegated anew`() throws {
        let office = try Office()
        let old = try office.grant()
        try office.remit(["suspend", "--all", "--reason", "the model was recalled"])
        expectRefused(try office.work("Retry", under: old), by: ["delegation.suspended"])
        Thread.sleep(forTimeInterval: 1.1)
        try office.remit(["authority", "propose", "--resume"])
        Thread.sleep(forTimeInterval: 1.1)
        let new = try office.grant("PAY-43")
        expectAllowed(try office.work("Anew", under: new, on: "refs/heads/agent/PAY-42/anew"))
        expectRefused(try office.work("Again", under: old), by: ["delegation.revoked"])
    }
}
