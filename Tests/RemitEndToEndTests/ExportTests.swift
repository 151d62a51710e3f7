import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// `remit export`, read by readers that know nothing of Remit.
@Suite struct ExportTests {
    private static let classes = [
        "decision.allowed", "decision.refused", "decision.undecided", "decision.override", "decision.monitor",
        "decision.refused", "decision.allowed", "effect.landed", "effect.undecided", "lifecycle.installed",
        "lifecycle.config-changed", "lifecycle.disabled", "anchor",
    ]

    @Test func `CEF has a line for each entry, and hostile names stay in their values`() throws {
        let lines = try ExportedLedger().read("cef")
        #expect(lines.map { $0["class"] as? String } == Self.classes)
        #expect(lines.map { $0["severity"] as? Int } == [1, 5, 5, 5, 5, 5, 1, 1, 8, 1, 5, 8, 1])
        #expect(lines.map { $0["externalId"] as? String } == (1...13).map(String.init))
        let refused = lines[1]
        #expect(refused["name"] as? String == "push refused")
        #expect(refused["outcome"] as? String == "failure" && refused["act"] as? String == "push")
        #expect(refused["suser"] as? String == #"bob|x=\\y\x1b[2J\x0aCEF:0|evil outcome=success \u{202e}\x0d"#)
        #expect(refused["cs2Label"] as? String == "refs" && refused["cs2"] as? String == #"refs/heads/a|b=c\x1b"#)
        #expect(refused["cs4Label"] as? String == "rules" && refused["cs4"] as? String == "scope.path")
        #expect(lines[4]["outcome"] as? String == "success", "monitor mode let it through")
        #expect(lines[5]["request"] as? String == "https://ci.example.org/1?a=b")
        #expect(
            lines[10]["msg"] as? String
                == #"git_directory /srv/bob|x=\\y\x1b[2J\x0aCEF:0|evil outcome=success \u{202e}\x0d, changes remit.mode"#
        )
    }

    @Test func `OCSF has the class of each entry with all that it demands`() throws {
        let events = try ExportedLedger().read("ocsf")
        #expect(
            events.map { $0["type_uid"] as? Int } == [
                200301, 200301, 200301, 200301, 200301, 200301, 200301, 99, 200401, 600201, 600299, 600207, 99,
            ])
        let codes = events.map { ($0["metadata"] as? [String: Any])?["event_code"] as? String }
        #expect(codes == Self.classes)
        let statuses = events.map { ($0["compliance"] as? [String: Any])?["status_id"] as? Int }
        #expect(statuses.prefix(7) == [1, 3, 2, 99, 3, 3, 1])
        let checks = try #require((events[1]["compliance"] as? [String: Any])?["checks"] as? [[String: Any]])
        #expect(checks.map { $0["uid"] as? String } == ["ref.name", "scope.path", "limit.pushes"])
        #expect(checks.map { $0["status_id"] as? Int } == [1, 3, 1])
        let times = Set(events.map { $0["time"] as? Int })
        #expect(times == [1_795_165_200_000])
    }

    @Test func `the decision log has decisions alone, each with what was asked and answered`() throws {
        let events = try ExportedLedger().read("decision-log")
        try #require(events.count == 7)
        #expect(
            events.map { $0["path"] as? String } == [
                "remit/push", "remit/push", "remit/push", "remit/push", "remit/push", "remit/merge",
                "remit/deployment",
            ])
        let results = try events.map { try #require($0["result"] as? [String: Any]) }
        #expect(results.map { $0["allow"] as? Bool } == [true, false, false, true, true, false, true])
        #expect(Set(events.map { $0["decision_id"] as? String }).count == 7)
        let first = try #require(events.first)
        #expect((first["input"] as? [String: Any])?["repository"] as? String == "payments")
        #expect(
            ((first["bundles"] as? [String: Any])?["authority"] as? [String: Any])?["revision"] as? String
                == ExportedLedger.id("3").hex)
        #expect(first["requested_by"] as? String == "dana")
        #expect((results[1]["findings"] as? [[String: Any]])?.first?["rule"] as? String == "scope.path")
    }

    @Test func `decisions are in-toto statements that the log's key signed`() throws {
        let ledger = try ExportedLedger()
        let statements = try ledger.read("in-toto", ["--resource", "git+https://git.example.org/*.git"])
        try #require(statements.count == 7)
        #expect(statements.allSatisfy { $0["predicateType"] as? String == "https://remit.dev/decision/v1" })
        let subjects = try statements.map { try #require(($0["subject"] as? [[String: Any]])?.first) }
        #expect(subjects[0]["uri"] as? String == "git+https://git.example.org/payments.git")
        #expect((subjects[0]["digest"] as? [String: Any])?["gitCommit"] as? String == ExportedLedger.id("2").hex)
        // Nothing moved: the entry itself is what it is about.
        #expect(subjects[2]["name"] as? String == "\(ledger.path)#3")
        let predicate = try #require(statements[1]["predicate"] as? [String: Any])
        #expect(predicate["outcome"] as? String == "refused" && predicate["findingCount"] as? Int == 1)
        #expect((predicate["log"] as? [String: Any])?["entry"] as? Int == 2)
    }

    @Test func `a revision that a push put on a branch has a summary, others have none`() throws {
        let ledger = try ExportedLedger()
        let summaries = try ledger.read("vsa", ["--resource", "git+https://git.example.org/*.git"])
        try #require(summaries.count == 2)
        let predicates = try summaries.map { try #require($0["predicate"] as? [String: Any]) }
        #expect(predicates.map { $0["verificationResult"] as? String } == ["PASSED", "PASSED"])
        #expect(
            predicates.map { $0["verifiedLevels"] as? [String] } == [
                ["ORG_SOURCE_AGENT_DELEGATED", "ORG_SOURCE_AGENT_SCOPE_ENFORCED"],
                ["ORG_SOURCE_INTERNAL_AGENT_EXCEPTION"],
            ])
        let policy = try #require(predicates[0]["policy"] as? [String: Any])
        #expect(policy["uri"] as? String == "remit://example.org/authority.toml")
        let digest = try spawn(["sha256sum"], input: ledger.policy, environment: ["PATH": HermeticGit.path])
        #expect((policy["digest"] as? [String: Any])?["sha256"] as? String == String(digest.text.prefix(64)))
        #expect(predicates[0]["timeVerified"] as? String == ExportedLedger.at.description)
    }

    @Test func `a key that is given signs instead`() throws {
        let ledger = try ExportedLedger()
        let key = "\(ledger.directory.path)/gate.pem"
        let made = try spawn(
            [try BuiltProducts.remit, "gate", "key", "--new", key], environment: ["PATH": HermeticGit.path])
        let (file, pem) = ("\(ledger.directory.path)/out.jsonl", "\(ledger.directory.path)/public.pem")
        try writeFile(Array(made.text.split(separator: "\n").dropFirst().joined(separator: "\n").utf8), to: pem)
        #expect(try ledger.remit(["export", "--as", "in-toto", "--sign-key", key, "--output", file]).status == 0)
        let read = try spawn(
            ["python3", "-c", StatementTests.reader, file, ledger.directory.path],
            environment: ["PATH": HermeticGit.path])
        #expect(read.status == 0, "\(read.errorText)")
        let verified = try spawn(
            [
                "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", pem, "-rawin", "-in",
                "\(ledger.directory.path)/0.pae", "-sigfile", "\(ledger.directory.path)/0.sig",
            ], environment: ["PATH": HermeticGit.path])
        #expect(verified.status == 0, "\(verified.errorText)")
    }

    // MARK: What was erased, and where it goes on

    @Test func `of what was erased the leaf is told, and no name`() throws {
        let ledger = try ExportedLedger()
        let erased = try ledger.remit(["log", "erase", "2", "--reason", "asked for", "--yes", "--by", "sam"])
        #expect(erased.status == 0, "\(erased.errorText)")
        let line = try ledger.read("cef")[1]
        #expect(line["class"] as? String == "decision.refused")
        #expect(line["msg"] as? String == "push refused; its document was erased")
        #expect(line["suser"] == nil && line["cs2"] == nil)
        #expect(try ledger.read("cef").last?["msg"] as? String == "by sam, reason asked for")
        let event = try ledger.read("ocsf")[1]
        #expect((event["unmapped"] as? [String: Any])?["erased"] as? Bool == true)
        let decision = try ledger.read("decision-log")[1]
        #expect(decision["erased"] as? [String] == ["/input/updates", "/result/findings"])
        #expect((decision["result"] as? [String: Any])?["outcome"] as? String == "refused")
        let statement = try ledger.read("in-toto")[1]
        #expect((statement["predicate"] as? [String: Any])?["erased"] as? Bool == true)
        // Without the policy that was decided under there is nothing to sum up.
        #expect(try ledger.remit(["log", "erase", "1", "--reason", "asked for", "--yes"]).status == 0)
        #expect(try ledger.read("vsa", ["--resource", "git+https://git.example.org/*"]).count == 1)
    }

    @Test func `an export goes on where the last one ended`() throws {
        let ledger = try ExportedLedger()
        let (state, file) = ("\(ledger.directory.path)/state", "\(ledger.directory.path)/out.cef")
        let arguments = ["export", "--as", "cef", "--state", state, "--output", file]
        #expect(try ledger.remit(arguments).errorText == "remit: exported 13 lines of 13 entries\n")
        #expect(try String(contentsOfFile: state, encoding: .utf8) == "\(ledger.path)#13\n")
        #expect(try ledger.remit(arguments).errorText == "remit: exported 0 lines of 0 entries\n")
        #expect(try ledger.remit(["log", "erase", "2", "--reason", "asked for", "--yes"]).status == 0)
        #expect(try ledger.remit(arguments).errorText == "remit: exported 1 lines of 1 entries\n")
        #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count == 14)

        let rest = try ledger.remit(["export", "--as", "cef", "--after", "\(ledger.path)#12"])
        #expect(rest.lines.count == 2)
        #expect(
            rest.errorText == """
                remit: go on with --after '\(ledger.path)#14'
                remit: exported 2 lines of 2 entries

                """)
        #expect(try ledger.remit(["export", "--as", "cef", "--after", "13"]).lines.count == 1)
    }

    @Test func `what a reader does not take is not passed over`() throws {
        let ledger = try ExportedLedger()
        let full = try spawn(
            ["sh", "-c", "\"$0\" export --as cef --ledger \"$1\" >/dev/full", try BuiltProducts.remit, ledger.path],
            environment: ["PATH": HermeticGit.path])
        #expect(full.status == 2)
        #expect(full.errorText == "remit: error: cannot write 'standard output': No space left on device\n")
    }

    @Test(arguments: [
        (["--as", "vsa"], 64, "a VSA needs --resource", "'remit export --help' shows the usage"),
        (
            ["--as", "cef", "--sign-key", "x"], 64, "--sign-key and --resource are for in-toto and vsa",
            "'remit export --help' shows the usage"
        ),
        (
            ["--as", "cef", "--after", "LOG#x"], 64, "'LOG#x' is not a position",
            "write LOG#N, as an export prints it"
        ),
        (["--as", "cef", "--after", "LOG#1"], 64, "there is no log 'LOG'", "there is: LEDGER"),
    ])
    func `what cannot be meant is refused`(arguments: [String], status: Int32, told: String, hint: String) throws {
        let ledger = try ExportedLedger()
        let output = try ledger.remit(["export"] + arguments)
        #expect(output.status == status)
        #expect(
            output.errorText.replacing(ledger.path, with: "LEDGER")
                == "remit: error: \(told)\nremit: hint: \(hint)\n")
    }
}
