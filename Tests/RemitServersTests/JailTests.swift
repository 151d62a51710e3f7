import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Jails { static let shared = Jails() }

/// The hook as GitHub Enterprise Server runs it.
@Jails @Suite(.enabled(if: geteuid() == 0, "needs root, for chroot"))
struct JailTests {
    private static let authority = Result { try TestAuthority() }
    private nonisolated static let branch = Scene.branch

    @Test func `nothing but the hook and a shell is there`() throws {
        let jail = try Jail(try Self.authority.get())
        let seen = try jail.run(["/bin/sh", "-c", "echo /*"])
        #expect(seen.text.split(separator: " ").filter { $0 == "/dev" || $0 == "/proc" || $0 == "/etc" }.isEmpty)
        #expect(try jail.run(["/opt/remit/remit-hook", "--version"]).text.hasPrefix("remit-hook "))
    }

    @Test func `an agent is held to its remit`() throws {
        let jail = try Jail(try Self.authority.get())
        try jail.scene.agent(Scene.good)
        expectAllowed(try jail.push(Self.branch, by: "ghost"))
        #expect(try jail.scene.server.lastDecision().pusher?.login == "ghost")
        try jail.scene.agent(Scene.bad)
        expectRefused(try jail.push(Self.branch, by: "ghost"), by: ["scope.path"])
        #expect(try !jail.scene.server.hasLeftovers())
    }

    @Test func `a person whom the appliance vouches for lands its work`() throws {
        let jail = try Jail(try Self.authority.get())
        try jail.scene.agent(Scene.good)
        expectAllowed(try jail.push(Self.branch, by: "ghost"))
        expectRefused(try jail.push(Scene.landing, by: "ghost"), by: ["approval.missing"])
        expectAllowed(try jail.push(Scene.landing, by: "dana"))
    }

    /// The fork's objects are found by a relative path, from a quarantine that lies elsewhere.
    @Test(arguments: [false, true])
    func `what lies in a fork is judged`(isAllowed: Bool) throws {
        let jail = try Jail(try Self.authority.get())
        try jail.scene.agent(isAllowed ? Scene.good : Scene.bad)
        try jail.fork(Self.branch)
        let trial = try jail.push(Self.branch, by: "ghost")
        if isAllowed { expectAllowed(trial) } else { expectRefused(trial, by: ["scope.path"]) }
    }

    @Test(arguments: ["1", "100000"])
    func `packed and loose objects are read`(unpackLimit: String) throws {
        let jail = try Jail(try Self.authority.get(), settings: ["receive.unpackLimit": unpackLimit])
        try jail.scene.agent(Scene.good)
        expectAllowed(try jail.push(Self.branch, by: "ghost"))
    }

    /// The parser of TOML is C++ and throws; the static program finds who catches that without a table of addresses.
    @Test func `a record that is no TOML is told with its line`() throws {
        let authority = try TestAuthority()
        let root = #"v = "\q""# + "\n"
        try authority.repository.commit(["roots/1.toml": .file(root)], message: "roots/1.toml\n")
        let jail = try Jail(authority, settings: ["remit.root": EvidenceDigest(of: Array(root.utf8)).description])
        try jail.scene.agent(Scene.good)
        let trial = try jail.push(Self.branch, by: "ghost")
        #expect(trial.rules == ["undecided.authority"], "\(trial.terminal)")
        #expect(
            trial.terminal.contains(
                "'roots/1.toml' line 1: Error while parsing string: unknown escape sequence '\\q'"), "\(trial.terminal)"
        )
        #expect(trial.status == 1 && trial.isUntouched)
    }

    /// The appliance ends all hooks of a push after 5 seconds; the answer has to be there before, with its reason.
    @Test func `the answer comes within the four seconds that are ours`() throws {
        let jail = try Jail(try Self.authority.get())
        try jail.scene.agent(Scene.good)
        let holding = try jail.holdLedger()
        defer { holding.kill() }
        let start = ContinuousClock.now
        let trial = try jail.push(Self.branch, by: "ghost")
        let took = ContinuousClock.now - start
        #expect(took > .seconds(3.5) && took < .seconds(8), "\(took)")
        #expect(trial.rules == ["undecided.deadline"], "\(trial.terminal)")
        #expect(
            trial.terminal.contains(
                "judging this push took longer than the 4 seconds that it has with remit.host ghes; git config "
                    + "remit.deadline sets another time; the ledger '/var/lib/remit/ledger.db' was busy until then"))
        #expect(trial.status == 1 && trial.hook != 0 && trial.outcomes.isEmpty && trial.isUntouched)
    }
}
