import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct DelegationPossessionTests {
    static func facts(_ reason: String) -> Finding.Facts {
        .delegation(granted: [taskKey.description], reason: reason)
    }

    @Test(arguments: [
        CommitRow("signed with the task key", work()),
        CommitRow("signed with another key", work(signature: .good(key(9))), facts("it is signed with \(key(9))")),
        CommitRow(
            "signed with the delegator's own key", work(signature: .good(key(9)), signer: .person("dana@example.org")),
            facts("it is signed with \(key(9))")),
        CommitRow("not signed", work(signature: .unsigned), facts("it is not signed")),
        CommitRow("badly signed", work(signature: .bad("no")), facts("its signature is bad: no")),
        CommitRow(
            "signed otherwise", work(signature: .unsupported("openpgp")),
            facts("its openpgp signature is not supported")),
        CommitRow(
            "landing is no exception", work(signature: .unsigned, firstSeen: nine), on: update(mainBranch),
            facts("it is not signed")),
        CommitRow("no delegation", marked([inventoried()])),
    ])
    func `a trailer alone proves nothing`(row: CommitRow) {
        row.check(DelegationPossessionRule(), is: .delegationPossession)
    }

    static let certifiable = delegated(certificateAuthorities: [key(5)])

    static func under(_ signature: SignatureStatus, firstSeen: Instant? = nil) -> CommitCase {
        work(under: certifiable, signature: signature, signer: .unknown, firstSeen: firstSeen)
    }

    static func refused(_ reason: String) -> Finding.Facts {
        .delegation(granted: [taskKey.description, "certificate-authority:\(key(5))"], reason: reason)
    }

    @Test(arguments: [
        CommitRow("for this delegation", under(certified())),
        CommitRow("without the prefix", under(certified(for: [delegationID.hex]))),
        CommitRow("one principal of several", under(certified(for: ["dana", record(9).hex, delegationID.hex]))),
        CommitRow("for ever", under(certified(until: nil))),
        CommitRow("a task key, whatever its certificate says", under(certified(by: key(6), key: taskKey))),
        CommitRow("from its first second", under(certified()), in: circumstances(now: nine)),
        CommitRow("until its last second", under(certified()), in: circumstances(now: five.adding(seconds: -1))),
        CommitRow(
            "ended", under(certified()), in: circumstances(now: five), refused("its certificate ended at \(five)")),
        CommitRow(
            "not begun", under(certified()), in: circumstances(now: nine.adding(seconds: -1)),
            refused("its certificate begins at \(nine)")),
        CommitRow("seen while it was good", under(certified(), firstSeen: noon), in: circumstances(now: five)),
        CommitRow(
            "landed when it has ended", under(certified(), firstSeen: noon), on: update(mainBranch),
            in: circumstances(now: five)),
        CommitRow(
            "another authority", under(certified(by: key(6))),
            refused("its certificate is of \(key(6)), which the delegation does not list")),
        CommitRow(
            "another delegation", under(certified(for: [record(9).description])),
            refused("its certificate is for another delegation")),
        CommitRow(
            "no delegation", under(certified(for: ["dana@example.org"])),
            refused("its certificate names no delegation")),
        CommitRow("for everybody", under(certified(for: [])), refused("its certificate names no delegation")),
        CommitRow(
            "an abbreviated id", under(certified(for: [String(delegationID.hex.prefix(16))])),
            refused("its certificate names no delegation")),
        CommitRow(
            "bad", under(.bad("certificate is for a host, not for a user")),
            refused("its signature is bad: certificate is for a host, not for a user")),
        CommitRow(
            "no authority is listed", work(signature: certified(), signer: .unknown),
            facts("its certificate is of \(key(5)), which the delegation does not list")),
    ])
    func `a certificate stands for a task key`(row: CommitRow) {
        row.check(DelegationPossessionRule(), is: .delegationPossession)
    }
}
