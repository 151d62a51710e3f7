import RemitModel
import RemitTestSupport
import Testing

/// Monitor mode judges and records everything, and refuses nothing.
@Suite struct MonitorTests {
    @Test func `what would have been refused is let through, said and recorded`() throws {
        let scene = try Scene(try TestAuthority(), settings: ["remit.mode": "monitor"])
        let commit = try scene.agent(["Deploy/run.sh": "true\n"])
        let trial = try scene.server.trial(Scene.branch)
        #expect(trial.status == 0)
        #expect(trial.hook == 0)
        #expect(trial.outcomes == ["refused"])
        #expect(try scene.server.tip(of: Scene.branch) == commit)
        #expect(
            trial.said == """
                monitor: would have refused this push
                warning: commit <id> changes 'Deploy/run.sh' outside its grant
                  rule     scope.path
                  ref      refs/heads/agent/PAY-42/work
                  granted  Sources/** Tests/** except Sources/Secrets/**
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: take the change out with 'git rebase -i', or ask dana@example.org for a wider grant
                decision recorded
                """)
    }

    @Test func `what could not be checked is let through, said and recorded`() throws {
        let server = try TestServer(
            try TestAuthority(), settings: ["remit.mode": "monitor", "remit.authorityRef": "refs/heads/nowhere"])
        let commit = try server.commit(["README.md": "1\n"])
        let trial = try server.trial("refs/heads/main")
        #expect(trial.hook == 0)
        #expect(trial.outcomes == ["undecided"])
        #expect(try server.tip(of: "refs/heads/main") == commit)
        #expect(trial.said.hasPrefix("monitor: could not check this push and would not have accepted it\n"))
    }

    /// A pusher's environment is no place to set the mode.
    @Test func `monitor mode is the administrator's to set`() throws {
        let scene = try Scene(try TestAuthority())
        let commit = try scene.agent(["Deploy/run.sh": "true\n"])
        let environment = [
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "remit.mode", "GIT_CONFIG_VALUE_0": "monitor",
            "GIT_CONFIG_PARAMETERS": "'remit.mode'='monitor'",
        ]
        let update = RefUpdate(ref: ByteString(Scene.branch), old: .zero, new: commit)
        let trial = try scene.server.receive([update], pack: [commit.hex], environment: environment)
        #expect(trial.rules == ["scope.path"])
        #expect(trial.isUntouched)
    }

    @Test(arguments: ["", "Monitor", "off", "none"])
    func `a mode that nobody knows refuses`(_ mode: String) throws {
        let server = try TestServer(try TestAuthority(), settings: ["remit.mode": mode])
        try server.commit(["README.md": "1\n"])
        expectUndecided(try server.trial("refs/heads/main"), by: ["undecided.configuration"], isRecorded: false)
    }
}
