import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// A task ends before its time, by the word of whoever may say so; what was seen until then still lands.
@Stories @Suite struct EndedTests {
    @Test func `the agent ends its own task, and what it pushed is landed by a person`() throws {
        let office = try Office()
        let clone = office.client
        let home = office.guarded.directory.path
        let granted = try office.remit(
            ["grant", "--task", "PAY-42", "--new-task-key", "\(home)/task", "--worktree", clone.path] + Office.scope)
        let trailer = granted.lines[1]
        func commit(_ name: String, with options: [String] = []) throws {
            try writeFile(Array("let made = 1\n".utf8), to: "\(clone.path)/Sources/\(name).swift")
            try clone.git("add", "Sources")
            try clone.git(
                options + ["commit", "--quiet", "-m", "Retry", "--trailer", trailer, "--trailer", TestServer.mark])
        }
        try clone.git("checkout", "--quiet", "-b", "agent/PAY-42/work")
        try commit("Retry")
        expectAllowed(try office.server.trial(Office.branch, environment: Office.bot))
        // Somebody keeps a copy of the task key.
        let spare = "\(home)/spare"
        try FileManager.default.copyItem(atPath: "\(home)/task", toPath: spare)

        let ended = try spawn(
            [BuiltProducts.remit, "task", "end", "--worktree", clone.path],
            environment: HermeticGit.environment(home: home)
                .merging(["REMIT_AUTHORITY": office.guarded.client.path]) { $1 },
            directory: clone.path)
        #expect(ended.status == 0, "\(ended.errorText)")
        #expect(!FileManager.default.fileExists(atPath: "\(home)/task"))

        // The key is gone from the clone; with the copy the next push is refused all the same.
        try commit(
            "More", with: ["-c", "gpg.format=ssh", "-c", "user.signingKey=\(spare)", "-c", "commit.gpgSign=true"])
        expectRefused(
            try office.server.trial(Office.branch, environment: Office.bot), by: ["delegation.revoked"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> was revoked: ended: the task is done
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
        expectRefused(
            try office.server.trial(Office.land, environment: Office.sam), by: ["delegation.revoked"])
        expectAllowed(try office.server.trial("\(Office.branch)~1:\(Office.main)", environment: Office.sam))
    }

    @Test(arguments: ["ended", "superseded"])
    func `a delegator ends it, and what was seen lands, squashed too`(_ cause: String) throws {
        let office = try Office()
        let delegation = try office.grant()
        expectAllowed(try office.work("Retry", under: delegation))
        try office.remit(["revoke", delegation.id.description, "--cause", cause, "--reason", "PAY-43 has it all"])
        let tree = try office.client.resolve("\(Office.branch)^{tree}")
        expectRefused(
            try office.work("More", under: delegation), by: ["delegation.revoked"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> was revoked: \(cause): PAY-43 has it all
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
        let squash = try office.squash(tree, of: delegation)
        expectAllowed(try office.server.trial("\(squash.hex):\(Office.main)", environment: Office.sam))
    }
}
