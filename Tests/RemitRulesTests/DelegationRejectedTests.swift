import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationRejectedTests {
    static let codes: [RuleCode] = [.delegationSignature, .delegationDelegator, .delegationChain]

    @Test(arguments: codes, codes)
    func `each fault is told by its own rule alone`(fault: RuleCode, rule: RuleCode) {
        let lookup = DelegationLookup.rejected(id: delegationID, rule: fault, reason: "it has no signature")
        let row = CommitRow(
            fault.rawValue, marked([], claim: .one(lookup, named: "424242424242")),
            paths: fault == rule
                ? [
                    (
                        nil,
                        Finding.Facts(
                            delegation: delegationID, ask: ["ada@example.org"], reason: "it has no signature")
                    )
                ]
                : [])
        row.check(DelegationRejectedRule(code: rule), is: rule)
    }

    @Test(arguments: codes)
    func `a verified delegation passes`(rule: RuleCode) {
        CommitRow("verified", work()).check(DelegationRejectedRule(code: rule), is: rule)
    }

    @Test func `whatever the authority rejects has a rule that tells it`() {
        // Only these codes are given by RemitAuthority; one more would need a rule, or its refusal would be lost.
        let told = RuleBook.rules.compactMap { ($0 as? DelegationRejectedRule)?.code }
        #expect(told == Self.codes)
    }
}
