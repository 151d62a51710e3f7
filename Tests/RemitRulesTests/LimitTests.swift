import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct LimitTests {
    static let files = ["Sources/a", "Sources/b", "Sources/a"].map { change(ByteString($0)) }

    static func charges(under delegation: VerifiedDelegation) -> Charges {
        var charges = Charges()
        charges.add(work(1, changes: [files[0]], lines: 5, bytes: 100), under: delegation, on: "refs/heads/z")
        charges.add(work(2, changes: [files[1], files[2]], lines: 6, bytes: 11), under: delegation, on: "refs/heads/b")
        // The same commit on another ref spends nothing more.
        charges.add(work(1, changes: [files[0]], lines: 5, bytes: 100), under: delegation, on: "refs/heads/y")
        return charges
    }

    static func findings(_ limited: Limits, after past: Past = .none) -> [Finding] {
        charges(under: delegated(limits: limited)).all.flatMap { charge in
            rules.flatMap { $0.judge(Usage(charge, after: past), circumstances()) }
        }
    }

    static func only(_ code: RuleCode, _ limit: Int?) -> Limits {
        Limits(
            commits: code == .limitCommits ? limit : nil, files: code == .limitFiles ? limit : nil,
            lines: code == .limitLines ? limit : nil, bytes: code == .limitBytes ? limit : nil,
            pushes: code == .limitPushes ? limit : nil)
    }

    static let units: [(RuleCode, Int)] = [
        (.limitCommits, 2), (.limitFiles, 2), (.limitLines, 11), (.limitBytes, 111), (.limitPushes, 1),
    ]

    @Test(arguments: units)
    func `the limit itself may be used up, and no more`(code: RuleCode, used: Int) {
        #expect(Self.findings(Self.only(code, nil)).isEmpty)
        #expect(Self.findings(Self.only(code, used)).isEmpty)
        for limit in [0, used - 1] {
            #expect(
                Self.findings(Self.only(code, limit)) == [
                    Finding(code, ref: "refs/heads/b", facts: .delegation(limit: limit, used: used))
                ])
        }
    }

    @Test(arguments: units)
    func `what was spent before is out of the limit`(code: RuleCode, used: Int) {
        let before = spent(commits: 7, files: 7, lines: 7, bytes: 7, pushes: 7)
        let past = Past(spent: [delegationID: before, record(9): before], commits: [], files: [:])
        #expect(Self.findings(Self.only(code, used + 7), after: past).isEmpty)
        #expect(
            Self.findings(Self.only(code, used + 6), after: past) == [
                Finding(code, ref: "refs/heads/b", facts: .delegation(limit: used + 6, used: used + 7))
            ])
    }

    @Test func `what was counted before is not counted again`() {
        let past = Past(
            spent: [:], commits: [object(1)], files: [delegationID: ["Sources/b"], record(9): ["Sources/a"]])
        let all = limits(commits: 9, files: 9, lines: 999, bytes: 999, pushes: 9)
        let charges = Self.charges(under: delegated(limits: all)).all
        #expect(
            charges.map { $0.expense(after: past).used }
                == [spent(commits: 1, files: 1, lines: 6, bytes: 11, pushes: 1)])
        #expect(charges.map { $0.newFiles(after: past) } == [["Sources/a"]])
    }

    /// A limit that an exception let pass is no reason to refuse what takes nothing more out of it.
    @Test func `a limit that is passed refuses only what takes more of it`() {
        let past = Past(
            spent: [delegationID: spent(commits: 9, pushes: 9)], commits: [object(1), object(2)], files: [:])
        #expect(Self.findings(limits(commits: 3), after: past).isEmpty)
        #expect(Self.findings(limits(pushes: 3), after: past).map(\.rule) == [.limitPushes])
    }

    @Test func `files, lines and bytes are counted only where something limits them`() {
        let charges = Self.charges(under: delegated()).all
        #expect(charges.map { $0.expense(after: .none).used } == [spent(commits: 2, pushes: 1)])
        #expect(charges.allSatisfy { $0.files.isEmpty })
    }

    @Test func `a total that cannot be held stays at the greatest number`() {
        let most = spent(commits: .max, files: .max, lines: .max, bytes: .max, pushes: .max)
        #expect(most + spent(commits: 1, files: 1, lines: 1, bytes: 1, pushes: 1) == most)
    }

    static let rules: [LimitRule] = [.commits, .files, .lines, .bytes, .pushes]
}
