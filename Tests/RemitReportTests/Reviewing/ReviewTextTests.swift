import RemitModel
import RemitReport
import Testing

/// Each matter word by word.
@Suite struct ReviewTextTests {
    private func text(_ weight: Review.Weight, _ subject: Review.Subject, ask: [String] = []) throws -> String {
        let review = try ReviewSamples.review([Review.Matter(weight, subject, ask: ask)])
        let lines = Samples.lines(ReviewText(review).text)
        return lines.dropFirst(5).dropLast().joined(separator: "\n")
    }

    @Test func `it begins with how much there is and what was read`() throws {
        let empty = try ReviewSamples.review([])
        #expect(
            ReviewText(empty).text == """
                nothing to look at, 0 notes
                from 2026-11-13T09:00:00Z (included) to 2026-11-20T09:00:00Z (excluded)
                authority at commit \(Samples.commit(7).abbreviated)
                12 entries of that time, of 40 in here

                """)
        #expect(!empty.isPressing)
        let noted = try ReviewSamples.review([
            Review.Matter(.note, .unrecordedEffects(repository: "payments", decisions: 2), ask: [])
        ])
        #expect(ReviewText(noted).text.hasPrefix("nothing to look at, 1 note\n") && !noted.isPressing)
        let pressing = try ReviewSamples.review([
            Review.Matter(.due, .undeclaredAgent(ReviewSamples.undeclared()), ask: [])
        ])
        #expect(ReviewText(pressing).text.hasPrefix("1 thing to look at, 0 notes\n") && pressing.isPressing)
    }

    @Test func `the weightiest comes first`() throws {
        let review = try ReviewSamples.review([
            Review.Matter(.note, .landedWithoutDecision(ReviewSamples.landings()), ask: []),
            Review.Matter(.due, .refusals(ReviewSamples.refusals()), ask: []),
            Review.Matter(.due, .undeclaredAgent(ReviewSamples.undeclared()), ask: []),
            Review.Matter(.urgent, .proposal(path: "p", missing: 1), ask: []),
        ])
        #expect(review.matters.map(\.subject.kind) == [.proposal, .undeclaredAgent, .refusals, .landedWithoutDecision])
    }

    @Test func `a wide delegation is told with the clauses that suffice`() throws {
        let said = try text(.due, .wideDelegation(ReviewSamples.wide()), ask: ["dana@example.org"])
        #expect(
            said == #"""
                due     delegation 1f2e3d4c5b6a to claude-code for PAY-42 allows more than was done under it
                        used in 3 decisions; never touched, in all of the logs read:
                          paths: Tests/**
                          operations: file.create
                        these clauses would have sufficed:
                          [[grant]]
                          repository = "payments"
                          refs = ["refs/heads/agent/PAY-42/**"]
                          paths = ["Sources/Pay/**"]
                          operations = ["ref.update", "file.modify"]
                        ask dana@example.org
                        run: remit grant --agent claude-code --task PAY-42 --purpose <why> --grants <file> --new-task-key <file>
                        run: remit revoke 1f2e3d4c5b6a --cause superseded --reason "a narrower one took its place"
                """#)
    }

    @Test func `a delegation that was never used is to be ended`() throws {
        let said = try text(.due, .wideDelegation(ReviewSamples.wide(decisions: 0)))
        #expect(
            said == #"""
                due     delegation 1f2e3d4c5b6a to claude-code for PAY-42 was never used, and lasts until 2026-11-24T09:00:00Z (in 4 days)
                        ask the administrators
                        run: remit revoke 1f2e3d4c5b6a --cause ended --reason "it is not needed"
                """#)
    }

    @Test(arguments: [
        (
            Review.Unknown.repository("billing"),
            "nothing is said of billing: the evidence read has nothing of it"
        ),
        (
            .unjudged("billing", at: Samples.at),
            "nothing is said of billing: something moved there at 2026-11-20T09:00:00Z that nothing judged"
        ),
        (
            .inputs("billing", entry: ReviewSamples.entry(7), reason: "it was erased"),
            "not all is said of billing: what here#7 was about is not known: it was erased"
        ),
        (.decisions(atMost: 10), "nothing is said: more than 10 decisions were made under it"),
    ])
    func `what is not known is said`(unknown: Review.Unknown, words: String) throws {
        let said = try text(.due, .wideDelegation(ReviewSamples.wide(unknown: [unknown])))
        #expect(said.contains("        \(words)\n"), "\(said)")
    }

    @Test func `what the evidence tells`() throws {
        #expect(
            try text(.urgent, .landedWithoutDecision(ReviewSamples.landings())) == """
                URGENT  2 updates landed in payments without a decision
                        effects: here#12
                        ask the administrators
                        run: on the server: remit log coverage <repository>
                """)
        #expect(
            try text(
                .urgent,
                .gateAway(.init(repository: "payments", since: Samples.at, entry: ReviewSamples.entry(2)))) == """
                    URGENT  the gate of payments is away since 2026-11-20T09:00:00Z
                            taken away by entry here#2
                            ask the administrators
                            run: on the server: remit install <repository>
                    """)
        #expect(
            try text(.due, .undeclaredAgent(ReviewSamples.undeclared())) == """
                due     agent 'devin' was seen in 3 commits of 2 decisions and was not in the inventory
                        in payments
                        such as commit 3f2a9c1b7d4e in here#4, a push in here#5
                        ask the administrators
                        run: remit agent add devin
                """)
        #expect(
            try text(.due, .exceptionUsed(ReviewSamples.exception()), ask: ["dana@example.org"]) == """
                due     exception 1f2e3d4c5b6a of dana@example.org let 5 submissions through in payments
                        it set 9 findings aside, of ref.scope, scope.path
                        because: production is down
                        in force until 2026-11-20T07:00:00Z (2 hours ago)
                        decisions: here#1, here#2, here#3, the last of 5
                        ask dana@example.org
                """)
        #expect(
            try text(.due, .refusals(ReviewSamples.refusals())) == """
                due     scope.path refused agent 'claude-code' 7 times in payments
                        the last: commit 3f2a9c1b7d4e changes 'Deploy/prod.yml' outside its grant
                        decisions: here#8, here#9, the last of 7
                        ask the administrators
                        run: take the change out with 'git rebase -i', or ask dana@example.org for a wider grant
                """)
    }

    @Test func `what the authority tells`() throws {
        let key = try #require(ReviewSamples.key())
        let id = try #require(Samples.delegation)
        let shared = Review.SharedKey(
            key: key, holders: [.delegation(id, agent: "claude-code"), .person("dana@example.org")])
        #expect(shared.isAmongActors)
        #expect(
            try text(.urgent, .sharedKey(shared)) == """
                URGENT  key \(key) is in 2 hands: what it signs proves nobody
                        person dana@example.org
                        delegation 1f2e3d4c5b6a to claude-code
                        ask the administrators
                        run: remit revoke --of-key \(key) --cause compromised --reason "one key, several hands"
                """)
        #expect(
            try text(.due, .openRequest(.init(id: id, agent: "devin", task: "PAY-1", askedAt: Samples.at))) == """
                due     request 1f2e3d4c5b6a of agent devin for PAY-1 is open since 2026-11-20T09:00:00Z (in 0 seconds)
                        ask the administrators
                        run: remit review 1f2e3d4c5b6a
                """)
        let late = Review.AgentReview(agent: "devin", reviewBy: Samples.at.adding(seconds: -3 * 86_400))
        #expect(
            try text(.due, .agentReview(late), ask: ["olga@example.org", "tom@example.org"]) == """
                due     the review of agent devin was due at 2026-11-17T09:00:00Z (3 days ago): it may not act until then
                        ask olga@example.org or tom@example.org
                        run: remit agent review devin
                """)
        #expect(
            try text(.note, .expiredRecords(.init(.delegations, count: 4, examples: ["a", "b"]))) == """
                note    4 delegations have run out; records stay, nothing need be done
                        such as a, b
                """)
        #expect(
            try text(.due, .proposal(path: "proposals/authority.toml", missing: 2)) == """
                due     proposals/authority.toml waits for 2 more signatures
                        ask the administrators
                        run: remit authority show
                        run: remit authority sign
                """)
    }
}

/// Text that would be a command, markup or a sign elsewhere changes nothing in any form of a review.
@Suite struct ReviewHostilityTests {
    @Test(arguments: Hostile.texts.indices)
    func `no form says what the text says`(number: Int) throws {
        let review = try ReviewSamples.review(String(decoding: Hostile.texts[number], as: UTF8.self))
        let text = ReviewText(review).text
        for line in text.split(separator: "\n") {
            #expect(line.hasPrefix("        ") || line.first?.isLetter == true || line.first?.isNumber == true)
            for scalar in line.unicodeScalars { #expect(scalar.value >= 0x20 && scalar.value != 0x7F) }
        }
        #expect(!text.contains("##") && !text.contains("\u{1b}") && !text.contains("\u{202e}"))
        for line in ReviewMarkdown(review).text.split(separator: "\n") {
            guard line != "<pre>", line != "</pre>", !line.hasPrefix("#") else { continue }
            #expect(!line.contains { "<>`|".contains($0) }, "\(line)")
        }
        let json = review.json.encoded
        #expect(json.allSatisfy { (0x20..<0x7F).contains($0) })
    }
}
