import RemitAttribution
import RemitModel
import Testing

@Suite struct AttributorTests {
    @Test func `reports every agent, each place with its strength`() throws {
        let commit = try Sample.line("Co-authored-by: Cursor <cursoragent@cursor.com>\nAssisted-by: Claude:opus")
        let key = try #require(KeyFingerprint("SHA256:32dP45eSMmVSt/G/CGvcxl/P+MO3Nwj9xeTh/GSA2wc"))
        let attribution = Attributor().attribution(
            of: commit, key: key, ref: "refs/heads/devin/1750000000-x",
            pusher: Pusher(login: "copilot-swe-agent[bot]", vouchedBy: "test"))
        #expect(attribution.agents == ["claude-code", "copilot-coding-agent", "cursor", "devin"])
        let strengths = Dictionary(grouping: attribution.evidence, by: \.place).mapValues { Set($0.map(\.strength)) }
        #expect(
            strengths == [
                .trailer: [.declared], .signingKey: [.cryptographic], .ref: [.transport], .pusher: [.transport],
            ])
    }

    @Test func `a line outside the trailer block is the message's`() throws {
        let commit = try Sample.commit(message: "subject\n\nMade-with: Cursor\n\nprose\n")
        #expect(MarkCatalogue.builtIn.evidence(for: commit).map(\.place) == [.message])
        #expect(MarkCatalogue.builtIn.evidence(for: commit).map(\.excerpt) == ["Made-with: Cursor"])
    }

    @Test func `no mark is no evidence`() throws {
        #expect(Attributor().attribution(of: try Sample.commit(), key: nil, ref: nil, pusher: nil) == .none)
    }

    @Test func `an inventory's own marks are found, and stand in the catalogue's place`() throws {
        let key = try #require(KeyFingerprint("SHA256:32dP45eSMmVSt/G/CGvcxl/P+MO3Nwj9xeTh/GSA2wc"))
        var extra = ExtraMarks()
        extra.add(email: "Robot@Example.org", agent: "own")
        extra.add(email: "noreply@anthropic.com", agent: "own-claude")
        extra.add(email: "198982749+old@users.noreply.github.com", agent: "own-copilot")
        extra.add(email: "41898282+own[bot]@users.noreply.github.com", agent: "own-action")
        extra.add(login: "build-agent", agent: "own")
        extra.add(key: key, agent: "own-claude")
        extra.add(refPrefix: "refs/heads/robots/", agent: "own")
        let attributor = Attributor(extra: extra)
        func agents(_ identity: String) throws -> [String] {
            attributor.attribution(of: try Sample.commit(author: identity), key: nil, ref: nil, pusher: nil).agents
        }
        #expect(try agents("x <robot@example.ORG>") == ["own"])
        #expect(try agents("Claude <noreply@anthropic.com>") == ["own-claude"])
        #expect(try agents("x <198982749+Copilot@users.noreply.github.com>") == ["own-copilot"])
        #expect(try agents("x <41898282+own[bot]@users.noreply.github.com>") == ["own-action"])
        #expect(try agents("x <41898282+github-actions[bot]@users.noreply.github.com>") == [])
        let all = attributor.attribution(
            of: try Sample.commit(), key: key, ref: "refs/heads/robots/1",
            pusher: Pusher(login: "Build-Agent", vouchedBy: "test"))
        #expect(all.agents == ["own", "own-claude"])
        #expect(all.evidence.count == 3)
    }

    @Test func `the evidence of a hostile message is bounded`() throws {
        let line = "Co-authored-by: Claude <noreply@anthropic.com>"
        let many = (0..<5000).map { "\(line) \($0)" }.joined(separator: "\n")
        let scan = MarkCatalogue.builtIn.scan(try Sample.commit(message: "subject\n\n\(many)\n"))
        #expect(scan.agents.count == MarkScan.maximumEvidence)
    }
}
