import RemitModel
import RemitTestSupport
import Testing

/// `remit install` and `remit doctor` on the authority itself.
@Guards @Suite struct GuardInstallationTests {
    @Test func `an authority is installed, proved and then guards itself`() throws {
        let installed = try Installed(installs: false, baseline: false)
        let authority = installed.authority
        let ledger = "\(authority.keys.path)/ledger.db"
        let output = try installed.remit([
            "install", authority.path, "--authority", authority.path, "--root", authority.root.description, "--name",
            "authority", "--ledger", ledger,
        ])
        #expect(output.status == 0, "\(output.errorText)")
        // An authority has no history from before: no baseline is proposed.
        #expect(!output.errorText.contains("baseline"))
        let doctor = try installed.remit(["doctor", authority.path])
        #expect(
            doctor.text.contains(
                "ok   push          a probe by the unregistered agent 'openhands' was refused by Remit"),
            "\(doctor.text)")
        let clone = try TestRepository(bare: false)
        try clone.git("fetch", "-q", authority.path, "main")
        try clone.git("reset", "-q", "--hard", "FETCH_HEAD")
        try clone.commit(["notes.txt": "x\n"])
        let push = try clone.attempt(["push", authority.path, "main"])
        #expect(push.status != 0)
        #expect(push.errorText.contains("'notes.txt' has no place in an authority"), "\(push.errorText)")
    }
}
