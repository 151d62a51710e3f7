import RemitModel
import RemitReport
import Testing

@Suite struct GrantDifferenceTests {
    private static func grant(
        _ refs: [String] = ["refs/heads/agent/**"], into: [String] = [], paths: [String] = ["Sources/**"],
        except: [String] = [], _ operations: Set<RemitModel.Operation> = [.fileModify],
        environments: Set<String> = [], repository: String = "payments"
    ) throws -> Grant {
        Grant(
            repository: repository, refs: try refs.map { try PathPattern(ref: $0) },
            mergeInto: try into.map { try PathPattern(ref: $0) },
            paths: PathScope(
                try paths.map { try PathPattern(path: $0) }, except: try except.map { try PathPattern(path: $0) }),
            operations: operations, environments: environments)
    }

    private static func lines(
        _ old: [Grant]?, _ new: [Grant], from: Limits = .none, to: Limits = .none
    ) -> [String] {
        GrantDifference(from: old.map { ($0, from) }, to: new, limits: to).lines.map(\.text)
    }

    @Test func `the same is no difference`() throws {
        let grants = [try Self.grant(), try Self.grant(paths: ["Tests/**"])]
        #expect(Self.lines(grants, grants.reversed()).isEmpty)
        #expect(GrantDifference(from: (grants, .none), to: grants, limits: .none).isEmpty)
    }

    @Test func `beside nothing, all is gained`() throws {
        let grant = try Self.grant(into: ["refs/heads/main"], except: ["Sources/Secrets/**"], environments: ["test"])
        let limits = Limits(commits: 4, files: 9, lines: nil, bytes: nil, pushes: nil)
        #expect(
            Self.lines(nil, [grant], to: limits) == [
                "in repository payments, on refs/heads/agent/** and 1 more:", "+ may push to 'refs/heads/agent/**'",
                "+ may have its work landed by persons in 'refs/heads/main'", "+ may change 'Sources/**'",
                "- may never change 'Sources/Secrets/**'", "+ may do file.modify", "+ may reach environment 'test'",
                "+ at most 4 commits, 9 files", "+ as many lines, bytes, pushes as it likes",
            ])
    }

    @Test func `a clause beside the others is told whole, but for refs that another covers`() throws {
        let added = try Self.grant(["refs/heads/agent/x"], paths: ["Deploy/run.sh"])
        #expect(
            Self.lines([try Self.grant()], [try Self.grant(), added]) == [
                "in repository payments, on refs/heads/agent/x:", "+ may also change 'Deploy/run.sh'",
                "+ may also do file.modify",
            ])
        let elsewhere = try Self.grant(["refs/heads/other"], into: ["refs/heads/agent/x"], paths: ["Deploy/run.sh"])
        #expect(
            Self.lines([try Self.grant()], [try Self.grant(), elsewhere]) == [
                "in repository payments, on refs/heads/other and 1 more:", "+ may also push to 'refs/heads/other'",
                "+ may also have its work landed by persons in 'refs/heads/agent/x'",
                "+ may also change 'Deploy/run.sh'", "+ may also do file.modify",
            ])
    }

    @Test func `a clause that changed is told by what changed`() throws {
        let old = try Self.grant(except: ["Sources/A/**"], [.fileModify, .fileDelete], environments: ["test"])
        let new = try Self.grant(
            ["refs/heads/agent/**", "refs/heads/x"], paths: ["Tests/**"], except: ["Tests/B"], [.fileModify, .fileMode])
        #expect(
            Self.lines([old], [new]) == [
                "in repository payments, on refs/heads/agent/** and 1 more:", "+ may also push to 'refs/heads/x'",
                "+ may also change 'Tests/**'", "- may no longer change 'Sources/**'", "- may never change 'Tests/B'",
                "+ is no longer kept from changing 'Sources/A/**'", "+ may also do file.mode",
                "- may no longer do file.delete", "- may no longer reach environment 'test'",
            ])
    }

    @Test func `another repository is never compared with this one`() throws {
        #expect(
            Self.lines([try Self.grant(repository: "ledger")], [try Self.grant()]).first
                == "in repository payments, on refs/heads/agent/**:")
        #expect(
            Self.lines([try Self.grant(repository: "ledger")], [try Self.grant()]).contains(
                "- may no longer push to 'refs/heads/agent/**'"))
    }

    @Test(arguments: [
        (1, 2, ["+ at most 2 commits instead of 1"]), (2, 1, ["- at most 1 commits instead of 2"]), (1, 1, []),
        (nil, 1, ["- at most 1 commits, so far not limited"]), (1, nil, ["+ as many commits as it likes instead of 1"]),
        (nil, nil, []),
    ])
    func `limits are compared one by one`(old: Int?, new: Int?, lines: [String]) throws {
        func limits(_ commits: Int?) -> Limits {
            Limits(commits: commits, files: 3, lines: nil, bytes: nil, pushes: nil)
        }
        #expect(Self.lines([try Self.grant()], [try Self.grant()], from: limits(old), to: limits(new)) == lines)
    }

    @Test func `a record cannot steer the terminal`() throws {
        let grant = try Self.grant(paths: ["a'b"], environments: ["\u{1B}[2J"])
        #expect(Self.lines(nil, [grant]).contains(#"+ may change 'a\x27b'"#))
        #expect(Self.lines(nil, [grant]).contains(#"+ may reach environment '\x1b[2J'"#))
    }
}
