import RemitModel
import RemitReport
import Testing

@Suite struct RemitSheetTests {
    private static let issued = Instant(seconds: 1_795_165_200)

    private static func sheet(
        hoursLater hours: Int64, purpose: String = "Retry", fault: RemitSheet.Fault? = nil,
        status: Agent.Status = .active, reviewIn days: Int64 = 90, revoked: Bool = false
    ) throws -> RemitSheet {
        let id = try #require(Samples.delegation)
        let agent = Agent(
            organisation: "example.org", id: "claude-code", vendor: "Anthropic", models: [], tools: [],
            businessOwners: ["dana@example.org"], technicalOwners: ["dana@example.org"], identities: [],
            marks: ["claude-code"], autonomy: .supervised, status: status,
            reviewBy: issued.adding(seconds: days * 86_400), review: nil)
        let grant = Grant(
            repository: "payments", refs: [try PathPattern(ref: "refs/heads/agent/**")], mergeInto: [],
            paths: PathScope([try PathPattern(path: "Sources/**")]), operations: [.fileCreate], environments: [])
        let key = try #require(KeyFingerprint(digest: [UInt8](repeating: 1, count: 32)))
        let delegation = Delegation(
            organisation: "example.org", delegator: "dana@example.org", agent: "claude-code", task: "PAY-42",
            purpose: purpose, issuedAt: issued, expiresAt: issued.adding(seconds: 8 * 3600),
            mergeBy: issued.adding(seconds: 56 * 3600), keys: [key], hops: 0, parent: nil, context: nil,
            grants: [grant], limits: .none)
        let revocation = Revocation(
            organisation: "example.org", target: .delegation(id), cause: .ended, reason: "done", issuedAt: issued,
            issuer: "dana@example.org")
        return RemitSheet(
            id: id, delegation: delegation, fault: fault, inventory: .registered(agent, suspension: nil),
            revocation: revoked ? revocation : nil, protectedPaths: [], authority: Samples.commit(7),
            now: issued.adding(seconds: hours * 3600))
    }

    private static func standing(_ sheet: RemitSheet) -> String {
        Samples.lines(sheet.text)[1]
    }

    @Test(arguments: [
        (-1, "not in force: it begins at 2026-11-20T09:00:00Z (in 60 minutes)", "not-yet"),
        (0, "in force: the agent may act for another 8 hours", "in-force"),
        (
            11,
            "expired 3 hours ago: the agent may act no more; "
                + "persons may land what was seen in time for another 45 hours", "landing"
        ),
        (104, "not in force: expired 4 days ago", "expired"),
    ])
    func `the state is told as time goes by`(hours: Int64, words: String, state: String) throws {
        let sheet = try Self.sheet(hoursLater: hours)
        #expect(Self.standing(sheet) == words)
        #expect(sheet.state.rawValue == state)
    }

    @Test func `revocation, suspension, overdue review and faults end it`() throws {
        #expect(
            Self.standing(try Self.sheet(hoursLater: 1, revoked: true))
                == "not in force: revoked by dana@example.org at 2026-11-20T09:00:00Z as ended: done")
        #expect(
            Self.standing(try Self.sheet(hoursLater: 1, status: .retired))
                == "not in force: the agent is suspended: the inventory says retired")
        #expect(
            Self.standing(try Self.sheet(hoursLater: 1, reviewIn: 0))
                == "not in force: the agent is suspended: its review was due at 2026-11-20T09:00:00Z (60 minutes ago)")
        #expect(
            Self.standing(
                try Self.sheet(hoursLater: 1, fault: .init(rule: .delegationSignature, reason: "it has no signature")))
                == "not in force: a server would refuse it (delegation.signature): it has no signature")
    }

    @Test func `a record cannot steer the terminal on which it is shown`() throws {
        let sheet = try Self.sheet(hoursLater: 1, purpose: "\u{1B}[2J\n::error::x\u{202E}")
        let allowed = sheet.text.unicodeScalars.allSatisfy { $0 == "\n" || (0x20..<0x7F).contains($0.value) }
        #expect(allowed)
        #expect(!Samples.lines(sheet.text).contains { $0.hasPrefix("::") })
        #expect(sheet.json.encoded.allSatisfy { (0x20..<0x7F).contains($0) })
    }
}
