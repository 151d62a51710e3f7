import RemitAuthority
import RemitModel
import RemitRules
import Testing

@Suite struct StandingTests {
    static let acting = grant(mergeInto: [])
    static let landing = grant(refs: [], mergeInto: ["refs/heads/main", "refs/heads/release/**"])
    static let both = grant(refs: ["refs/heads/**"], mergeInto: ["refs/heads/main"])
    static let elsewhere = grant("web", refs: ["refs/heads/**"])

    static func standing(_ ref: ByteString, _ grants: [Grant], in repository: String = "payments") -> Standing {
        Standing(of: delegated(grants: grants).delegation, on: ref, in: repository)
    }

    @Test(
        arguments: [
            (agentBranch, [acting, landing], .acting([acting])),
            (mainBranch, [acting, landing], .landing([landing])),
            ("refs/heads/release/1", [acting, landing], .landing([landing])),
            (otherBranch, [acting, landing], .outside([acting, landing])),
            ("refs/heads/agent/PAY-42", [acting], .outside([acting])),
            // Where the agent may push itself, nobody needs to land.
            (mainBranch, [both], .acting([both])),
            (mainBranch, [landing, both], .acting([both])),
            // Grants for other repositories never count.
            (otherBranch, [acting, elsewhere], .outside([acting])),
            (otherBranch, [elsewhere], .elsewhere),
            (mainBranch, [elsewhere], .elsewhere),
        ] as [(ByteString, [Grant], Standing)])
    func `acting before landing, and only by grants of the repository`(
        ref: ByteString, grants: [Grant], expected: Standing
    ) {
        #expect(Self.standing(ref, grants) == expected)
    }

    @Test(arguments: ["Payments", "payments2", "pay", "team/payments", ""])
    func `a repository's name is compared whole`(repository: String) {
        #expect(Self.standing(agentBranch, [Self.acting], in: repository) == .elsewhere)
    }

    @Test func `only acting and landing have grants to judge by`() {
        #expect(Self.standing(agentBranch, [Self.acting]).grants == [Self.acting])
        #expect(Self.standing(mainBranch, [Self.landing]).grants == [Self.landing])
        #expect(Self.standing(otherBranch, [Self.acting]).grants.isEmpty)
        #expect(Self.standing(otherBranch, [Self.elsewhere]).grants.isEmpty)
    }
}
