import RemitAuthority
import RemitModel
import Testing

/// Delegations and agents are shared, and still equal by what they say alone.
@Suite struct SharedRecordTests {
    @Test func `equal records are equal, each made by itself`() {
        #expect(delegated() == delegated())
        #expect(Set([delegated(), delegated()]).count == 1)
        #expect(inventoried() == inventoried())
        #expect(Set([inventoried(), inventoried()]).count == 1)
    }

    @Test func `every member tells two delegations apart`() {
        let others = [
            delegated(id: record(0x43)), delegated(to: inventoried("codex")), delegated(until: nextWeek),
            delegated(revocation: revocation(.compromised)), delegated(below: [delegated(id: record(0x43))]),
        ]
        for other in others { #expect(other != delegated()) }
        #expect(Set(others).count == others.count)
    }

    @Test func `every member tells two agents apart`() {
        let others = [
            inventoried("codex"), inventoried(status: .suspended), inventoried(suspension: revocation(.compromised)),
        ]
        for other in others { #expect(other != inventoried()) }
        #expect(Set(others).count == others.count)
    }
}
