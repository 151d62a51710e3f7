import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// A task key leaks; what it signed does not land, by whatever way, until an approver has looked at it.
@Stories @Suite struct CompromisedTests {
    @Test func `a compromised key's unmerged work does not land until it is approved anew`() throws {
        let office = try Office()
        let delegation = try office.grant()
        expectAllowed(try office.work("Retry", under: delegation))
        let client = office.client
        let squash = try office.squash(try client.resolve("\(Office.branch)^{tree}"), of: delegation)
        // Bob looked at it while nobody knew.
        try approve(Office.branch, in: office)

        let revoked = try office.remit([
            "revoke", "--of-key", delegation.taskKey.publicPath, "--cause", "compromised", "--reason",
            "it was in a log",
        ])
        #expect(revoked.text.hasPrefix("revocations/compromised/key-"), "\(revoked.text)")

        expectRefused(
            try office.server.trial(Office.land, environment: Office.sam),
            by: ["approval.stale", "delegation.revoked"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> was revoked: compromised: its task key <key> was revoked: it was in a log
                  rule     delegation.revoked
                  ref      refs/heads/main
                  commit   <id>
                  by       delegation <delegation>
                  since    <time>
                  ask      dana@example.org
                hint: see the revocation with 'remit show <delegation>', and ask dana@example.org for a new delegation made \
                with 'remit grant'
                hint: or let an approver look at it and run 'remit approve <id> --reason WHY'
                error: an approval does not count for commit <id>: that of bob@example.org is from before the revocation at \
                <time>
                  rule     approval.stale
                  ref      refs/heads/main
                  ask      bob@example.org
                hint: let bob@example.org look at it as it is now and run 'remit approve <id> --reason WHY'
                decision recorded
                """)
        expectRefused(
            try office.server.trial("\(squash.hex):\(Office.main)", environment: Office.sam),
            by: ["delegation.revoked"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> was revoked: compromised: its task key <key> was revoked: it was in a log
                  rule     delegation.revoked
                  ref      refs/heads/main
                  commit   <id>
                  by       delegation <delegation>
                  since    <time>
                  ask      dana@example.org
                hint: see the revocation with 'remit show <delegation>', and ask dana@example.org for a new delegation made \
                with 'remit grant'
                hint: or let an approver look at it and run 'remit approve <id> --reason WHY'
                decision recorded
                """)
        expectRefused(try office.work("More", under: delegation), by: ["delegation.revoked"])
        try client.setRef(Office.branch, to: try client.resolve("\(Office.branch)~1"))

        // Moments are whole seconds: what is approved next must be of a later one.
        Thread.sleep(forTimeInterval: 1.1)
        try approve(squash.hex, in: office)
        expectRefused(
            try office.server.trial(Office.land, environment: Office.sam),
            by: ["approval.stale", "delegation.revoked"])
        expectAllowed(try office.server.trial("\(squash.hex):\(Office.main)", environment: Office.sam))
    }

    @Test func `merged, it lands by an approval of its tip`() throws {
        let office = try Office()
        let delegation = try office.grant()
        expectAllowed(try office.work("Retry", under: delegation))
        try office.remit([
            "revoke", delegation.id.description, "--cause", "compromised", "--reason", "the laptop was stolen",
        ])
        expectRefused(
            try office.server.trial(Office.land, environment: Office.sam), by: ["delegation.revoked"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> was revoked: compromised: the laptop was stolen
                  rule     delegation.revoked
                  ref      refs/heads/main
                  commit   <id>
                  by       delegation <delegation>
                  since    <time>
                  ask      dana@example.org
                hint: see the revocation with 'remit show <delegation>', and ask dana@example.org for a new delegation made \
                with 'remit grant'
                hint: or let an approver look at it and run 'remit approve <id> --reason WHY'
                decision recorded
                """)
        // The delegator is its author, and her word is none.
        Thread.sleep(forTimeInterval: 1.1)
        try approve(Office.branch, in: office, by: office.authority.dana)
        let own = try office.server.trial(Office.land, environment: Office.sam)
        #expect(own.rules.contains("delegation.revoked"), "\(own.terminal)")
        #expect(own.isUntouched)
        try approve(Office.branch, in: office)
        expectAllowed(try office.server.trial(Office.land, environment: Office.sam))
    }

    private func approve(_ revision: String, in office: Office, by key: SSHKey? = nil) throws {
        try office.remit(
            ["approve", revision, "--repository", "payments", "--reason", "read every line"], by: key ?? office.bob)
    }
}
