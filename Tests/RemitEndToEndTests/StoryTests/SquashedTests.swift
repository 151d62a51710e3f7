import RemitModel
import RemitTestSupport
import Testing

/// A host squashes a branch: nobody's signature is left, and what was seen still lands.
@Stories @Suite struct SquashedTests {
    @Test func `three pushes are squashed and landed two days later, and one more line is not`() throws {
        let office = try Office()
        let delegation = try office.grant()
        for name in ["Retry", "Backoff", "Jitter"] {
            expectAllowed(try office.work(name, under: delegation))
        }
        let client = office.client
        let tip = try client.resolve(Office.branch)
        let samLater = try Office.later(2, as: Office.sam)

        // One more line is smuggled into a file that the branch made.
        let scratch = "refs/scratch/smuggled"
        try client.commit(
            ["Sources/Retry.swift": "let made = 1\nlet backdoor = 1\n"], on: scratch, parents: [tip])
        let smuggled = try office.squash(try client.resolve("\(scratch)^{tree}"), of: delegation)
        expectRefused(
            try office.server.trial("\(smuggled.hex):\(Office.main)", environment: samLater),
            by: ["delegation.expired", "delegation.possession"],
            saying: """
                refused: nothing of this push was accepted
                error: commit <id> claims delegation <delegation> without a signature that proves it: it is not signed, \
                and no allowed decision has seen exactly this change
                  rule     delegation.possession
                  ref      refs/heads/main
                  granted  <key>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: bring the branch up to date and push it, then land it again with 'git merge', unchanged
                error: delegation <delegation> expired at <time>: no allowed decision shows that it was seen in time
                  rule     delegation.expired
                  ref      refs/heads/main
                  commit   <id>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: ask dana@example.org for a new delegation made with 'remit grant'
                decision recorded
                """)

        let squash = try office.squash(try client.resolve("\(tip.hex)^{tree}"), of: delegation)
        expectAllowed(
            try office.server.trial("\(squash.hex):\(Office.main)", environment: samLater),
            saying: """
                allowed to land 1 commit of claude-code under delegation <delegation> of dana@example.org
                decision recorded
                """)
        #expect(try office.server.tip(of: Office.main) == squash)

        // The same line on top of what has landed, still under the branch's name: nobody saw it either.
        let onTop = try office.squash(
            try client.resolve("\(scratch)^{tree}"), of: delegation, onto: squash.hex)
        expectRefused(
            try office.server.trial("\(onTop.hex):\(Office.main)", environment: samLater),
            by: ["delegation.expired", "delegation.possession"])
    }
}
