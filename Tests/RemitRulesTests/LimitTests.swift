import RemitAuthority
import RemitModel
@testable import RemitRules
import Testing

@Suite struct LimitTests {
    static let files = ["Sources/a", "Sources/b", "Sources/a"].map { change(ByteString($0)) }

    static func usage(_ limits: Limits) -> Usage {
        var usage = Usage(delegation: delegated(limits: limits))
        usage.add(work(1, changes: [files[0]], lines: 5, bytes: 100), on: "refs/heads/z")
        usage.add(work(2, changes: [files[1], files[2]], lines: 6, bytes: 11), on: "refs/heads/b")
        // The same commit on another ref spends nothing more.
        usage.add(work(1, changes: [files[0]], lines: 5, bytes: 100), on: "refs/heads/y")
        return usage
    }

    @Test(arguments: [
        (RuleCode.limitCommits, 2), (.limitFiles, 2), (.limitLines, 11), (.limitBytes, 111), (.limitPushes, 1),
    ])
    func `the limit itself may be used up, and no more`(code: RuleCode, used: Int) {
        func findings(limit: Int?) -> [Finding] {
            let limits = Limits(
                commits: code == .limitCommits ? limit : nil, files: code == .limitFiles ? limit : nil,
                lines: code == .limitLines ? limit : nil, bytes: code == .limitBytes ? limit : nil,
                pushes: code == .limitPushes ? limit : nil)
            return Self.rules.flatMap { $0.judge(Self.usage(limits), circumstances()) }
        }
        #expect(findings(limit: nil).isEmpty)
        #expect(findings(limit: used).isEmpty)
        for limit in [0, used - 1] {
            #expect(
                findings(limit: limit) == [
                    Finding(code, ref: "refs/heads/b", facts: .delegation(limit: limit, used: used))
                ])
        }
    }

    static let rules: [LimitRule] = [.commits, .files, .lines, .bytes, .pushes]
}
