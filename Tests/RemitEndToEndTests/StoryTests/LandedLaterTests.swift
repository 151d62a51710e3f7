import RemitModel
import RemitTestSupport
import Testing

/// The agent works for an afternoon; people look at its work, and land it days after its time ran out.
@Stories @Suite struct LandedLaterTests {
    @Test func `a pull request is landed by a person two days after the agent's time ran out`() throws {
        let office = try Office()
        let delegation = try office.grant()
        expectAllowed(try office.work("Retry", under: delegation))
        expectAllowed(try office.work("Backoff", under: delegation))

        // Two days later the agent may not push any more, neither new work nor old work elsewhere.
        let client = office.client
        let seen = try client.resolve(Office.branch)
        let botLater = try Office.later(2, as: Office.bot)
        expectRefused(
            try office.work("Late", under: delegation, environment: botLater), by: ["delegation.expired"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> expired at <time>
                  rule     delegation.expired
                  ref      refs/heads/agent/PAY-42/work
                  commit   <id>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: ask dana@example.org for a new delegation made with 'remit grant'
                decision recorded
                """)
        expectRefused(
            try office.server.trial("\(seen.hex):refs/heads/agent/PAY-42/again", environment: botLater),
            by: ["delegation.expired"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> expired at <time>
                  rule     delegation.expired
                  ref      refs/heads/agent/PAY-42/again
                  commits  <id> <id>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: ask dana@example.org for a new delegation made with 'remit grant'
                decision recorded
                """)
        // Nor does it land what it made.
        expectRefused(
            try office.server.trial("\(seen.hex):\(Office.main)", environment: botLater), by: ["approval.missing"],
            saying: """
                refused: nothing of this push was accepted
                error: 2 commits may be landed here only by a person: the agent 'claude-code' pushes, and only a person \
                may land
                  rule     approval.missing
                  ref      refs/heads/main
                  commits  <id> <id>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: let dana@example.org run the same 'git push' over a transport by which the server knows them
                hint: or let a registered person look at it and run 'remit approve <id> --reason WHY'
                decision recorded
                """)

        // The late commit says that it is older than it is; nobody saw it in time, so it does not land.
        let samLater = try Office.later(2, as: Office.sam)
        expectRefused(
            try office.server.trial(Office.land, environment: samLater), by: ["delegation.expired"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> expired at <time>: no allowed decision shows that it was seen in time
                  rule     delegation.expired
                  ref      refs/heads/main
                  commit   <id>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: ask dana@example.org for a new delegation made with 'remit grant'
                decision recorded
                """)

        expectAllowed(
            try office.server.trial("\(seen.hex):\(Office.main)", environment: samLater),
            saying: """
                allowed to land 2 commits of claude-code under delegation <delegation> of dana@example.org
                decision recorded
                """)
        #expect(try office.server.tip(of: Office.main) == seen)
    }

    @Test func `after its last day for that not even what was seen in time lands`() throws {
        let office = try Office()
        let delegation = try office.grant()
        expectAllowed(try office.work("Retry", under: delegation))
        expectAllowed(try office.work("Backoff", under: delegation))
        let seen = try office.client.resolve(Office.branch)
        let muchLater = try Office.later(8, as: Office.sam)
        expectRefused(
            try office.server.trial("\(seen.hex):\(Office.main)", environment: muchLater), by: ["delegation.expired"],
            saying: """
                refused: nothing of this push was accepted
                error: delegation <delegation> expired at <time>: its time for landing is over
                  rule     delegation.expired
                  ref      refs/heads/main
                  commits  <id> <id>
                  by       delegation <delegation>
                  ask      dana@example.org
                hint: ask dana@example.org for a new delegation made with 'remit grant'
                decision recorded
                """)
    }

    @Test func `a merge commit that a person makes lands the branch two days later`() throws {
        let office = try Office()
        let delegation = try office.grant()
        expectAllowed(try office.work("Retry", under: delegation))
        let (main, tip) = (try office.client.resolve(Office.main), try office.client.resolve(Office.branch))
        let merge = try office.client.commitTree(
            try office.client.resolve("\(tip.hex)^{tree}"), parents: [main, tip], message: "Merge PAY-42\n")
        expectAllowed(
            try office.server.trial("\(merge.hex):\(Office.main)", environment: try Office.later(2, as: Office.sam)))
    }
}
