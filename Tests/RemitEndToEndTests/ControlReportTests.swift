import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// `remit report` over the ledger of real pushes, its figures counted again by other means.
@Suite struct ControlReportTests {
    /// An authority, a gate, and pushes on three days: a refusal and work that lands, then what an exception lets by.
    private struct Story {
        let installed: Installed
        static let day: Int64 = 86_400

        init() throws {
            installed = try Installed("--host", "gitolite")
            let authority = installed.authority
            try authority.publish { policy in
                policy.approvers = [.init("sam@example.org")]
                policy.demands = [.init()]
            }
            let parent = try authority.delegate {
                ($0.hops, $0.model, $0.tools) = (1, "claude-opus-4-6", ["edit"])
                $0.expiresAt = authority.now.adding(seconds: 9 * Self.day)
                $0.mergeBy = nil
            }
            let child = try authority.subdelegate(parent) {
                ($0.issuedAt, $0.model, $0.tools) = (authority.now, "claude-opus-4-6", ["edit"])
                $0.expiresAt = authority.now.adding(seconds: 8 * Self.day)
                $0.mergeBy = nil
            }
            let server = installed.server
            try server.commit(["a.txt": "1\n"], on: "refs/heads/topic", message: "a person's\n")
            #expect(try push("refs/heads/topic", day: 0).status == 0)
            try server.commit(["Deploy/x": "1\n"], under: parent)
            #expect(try push(Scene.branch, day: 0).status != 0)
            try server.client.setRef(Scene.branch, to: try server.client.resolve("refs/heads/main"))

            try server.commit(["Sources/A.swift": "1\n"], under: parent)
            let first = try push(Scene.branch, day: 1)
            #expect(first.status == 0, "\(first.errorText)")
            try server.commit(["Sources/B.swift": "1\n"], under: child)
            let second = try push(Scene.branch, day: 1)
            #expect(second.status == 0, "\(second.errorText)")
            var approval = TestApproval(
                of: try server.client.resolve(Scene.branch), tree: try server.client.resolve("\(Scene.branch)^{tree}"),
                by: "sam@example.org", at: authority.now)
            approval.expiresAt = authority.now.adding(seconds: 9 * Self.day)
            try authority.approve(approval, signedBy: authority.sam)
            let landed = try push("\(Scene.branch):refs/heads/main", day: 1)
            #expect(landed.status == 0, "\(landed.errorText)")

            try server.commit(["Deploy/y": "1\n"], under: parent)
            var exception = TestException(
                for: try server.client.resolve(Scene.branch), rules: ["scope.path"], at: authority.now)
            (exception.ref, exception.expiresAt) = (Scene.branch, authority.now.adding(seconds: 5 * Self.day / 2))
            try authority.except(exception)
            let excepted = try push(Scene.branch, day: 2)
            #expect(excepted.status == 0, "\(excepted.errorText)")
            try FileManager.default.removeItem(atPath: installed.hook)
            try server.commit(["b.txt": "1\n"], on: "refs/heads/topic", message: "past the gate\n")
            #expect(try push("refs/heads/topic", day: 2).status == 0)
            try authority.revoke(.delegation(child.id))
        }

        private func push(_ refspec: String, day: Int64) throws -> Output {
            try installed.server.push(
                refspec,
                environment: Scene.pusher("dana").merging(try FakeTime.environment(secondsLater: day * Self.day)) {
                    $1
                })
        }

        func report(_ options: [String]) throws -> Output {
            try installed.remit(
                [
                    "report", "--authority", installed.authority.path, "--ledger", installed.server.ledgerPath,
                ] + options)
        }

        /// The figures of a report as JSON.
        func figures(_ options: [String]) throws -> [String: Int] {
            let output = try report(options + ["--format", "json"])
            #expect(output.status == 0, "\(output.errorText)")
            let read = try #require(JSONSerialization.jsonObject(with: Data(output.stdout)) as? [String: Any])
            let evidence = try #require(read["evidence"] as? [[String: Any]])
            return evidence.reduce(into: [:]) { all, kind in
                all.merge(kind["figures"] as? [String: Int] ?? [:]) { $1 }
            }
        }

        /// The same figures, counted from the JSON of entries and documents.
        func counted(_ isIn: (String) -> Bool) throws -> [String: Int] {
            var figures: [String: Int] = [:]
            func add(_ name: String, _ count: Int = 1) { figures[name, default: 0] += count }
            let entries = try installed.server.entries()
            for (entry, document) in zip(entries, try installed.server.documents()) {
                let leaf = try #require(
                    JSONSerialization.jsonObject(with: Data(entry.bytes)) as? [String: Any])
                let at = try #require(leaf["at"] as? String)
                guard isIn(at) else { continue }
                add("entries")
                switch leaf["kind"] as? String {
                case "effect":
                    let landed = try #require(leaf["landed"] as? Int)
                    let undecided = try #require(leaf["undecided"] as? Int)
                    add("effects")
                    add("updates_landed", landed)
                    add("updates_landed_with_decision", landed - undecided)
                    add("updates_landed_without_decision", undecided)
                case "lifecycle":
                    if leaf["event"] as? String == "installed" { add("gates_installed") }
                case "decision":
                    add("decisions")
                    add("pushes_decided")
                    add("decisions_\(try #require(leaf["outcome"] as? String))")
                    if leaf["overridden"] as? Bool == true { add("decisions_overridden") }
                    add("decisions_with_authority_archived")
                    try count(
                        try #require(JSONSerialization.jsonObject(with: Data(document)) as? [String: Any]), add)
                default: Issue.record("an entry of kind \(leaf["kind"] ?? "")")
                }
            }
            return figures
        }

        private func count(_ decision: [String: Any], _ add: (String, Int) -> Void) throws {
            func list(_ name: String) -> [[String: Any]] { decision[name] as? [[String: Any]] ?? [] }
            add("commits_judged", try #require(decision["commits"] as? Int))
            for authorship in list("authorship") {
                let strength = try #require(authorship["attribution"] as? String)
                add(strength == "no-evidence" ? "commits_no_evidence" : "commits_attributed_\(strength)", 1)
            }
            if !list("delegations").isEmpty || !list("landings").isEmpty { add("decisions_under_delegation", 1) }
            if !list("ancestors").isEmpty { add("decisions_debiting_ancestor", 1) }
            if (decision["rules"] as? [String])?.contains("scope.path") == true {
                add("decisions_with_scope_judged", 1)
            }
            let scope = list("findings").filter { finding in
                let rule = finding["rule"] as? String ?? ""
                return rule.hasPrefix("scope.") || rule.hasPrefix("limit.") || rule == "ref.scope"
                    || rule == "ref.operation"
            }
            add("scope_findings", scope.count)
            if !list("approvals").isEmpty { add("decisions_with_approval", 1) }
            add("approvals_counted", list("approvals").count)
            add("findings_set_aside", list("overrides").compactMap { $0["findings"] as? Int }.reduce(0, +))
            if decision["policy_version"] is Int { add("decisions_naming_policy", 1) }
        }
    }

    /// What the authority and the log add, which no entry tells.
    private static let others: Set<String> = [
        "agents_inventoried", "agents_with_business_and_technical_owners", "agents_review_overdue",
        "agents_suspended_or_retired", "persons", "delegations_issued", "delegations_expired", "delegations_standing",
        "sub_delegations_issued", "delegations_with_context", "revocations_issued", "agents_seen",
        "entries_under_signed_checkpoint", "logs_verified", "logs_with_faults", "entries_provable",
    ]

    @Test func `every figure is what counting again comes to, over all and over a part of the time`() throws {
        let story = try Story()
        let moments = try story.installed.server.recorded().map(\.leaf.at)
        let (first, last) = (try #require(moments.min()), try #require(moments.max()))
        let middle = try #require(moments.first { $0.seconds > first.seconds + Story.day / 2 })
        for (since, until) in [
            (first, last.adding(seconds: 1)), (first, last), (first.adding(seconds: 1), last), (middle, last),
            (first, middle), (last, last.adding(seconds: 1)), (last.adding(seconds: 1), last.adding(seconds: 9)),
        ] {
            let told = try story.figures(["--since", since.description, "--until", until.description])
                .filter { !Self.others.contains($0.key) && $0.value > 0 }
            let counted = try story.counted { since.description <= $0 && $0 < until.description }
                .filter { $0.value > 0 }
            #expect(told == counted, "\(since) \(until)")
        }
        let all = try story.counted { _ in true }
        for (figure, count) in [
            "decisions": 6, "decisions_refused": 1, "decisions_overridden": 1, "updates_landed_without_decision": 1,
            "decisions_debiting_ancestor": 1, "gates_installed": 1,
        ] {
            #expect(all[figure] == count, "\(figure): \(all)")
        }
        #expect(all["approvals_counted"] ?? 0 > 0 && all["commits_no_evidence"] ?? 0 > 0, "\(all)")
    }

    @Test func `what the authority holds is counted, and whether the log was verified is told`() throws {
        let story = try Story()
        let published = try story.installed.remit([
            "log", "publish", "--ledger", story.installed.server.ledgerPath,
        ])
        #expect(published.status == 0, "\(published.errorText)")
        let total = try story.installed.server.entries().count
        let day: Int64 = 86_400
        let later = story.installed.authority.now.adding(seconds: 3 * day)
        let told = try story.figures(["--until", later.description, "--verify", "--replay"])
        #expect(told["agents_inventoried"] == 1 && told["agents_with_business_and_technical_owners"] == 1)
        #expect(told["persons"] == 2 && told["agents_review_overdue"] == 0)
        #expect(told["delegations_issued"] == 2 && told["sub_delegations_issued"] == 1)
        #expect(told["delegations_with_context"] == 2 && told["delegations_standing"] == 1)
        #expect(told["revocations_issued"] == 1 && told["agents_seen"] == 1)
        #expect(told["logs_verified"] == 1 && told["logs_with_faults"] == 0)
        #expect(told["entries_under_signed_checkpoint"] == total && told["entries_provable"] == total)
        #expect(told["replays_same"] == 6 && told["replays_different"] == 0 && told["replays_impossible"] == 0)

        func damage(_ sql: String) throws {
            let changed = try spawn(
                ["sqlite3", story.installed.server.ledgerPath, sql],
                environment: HermeticGit.environment(home: story.installed.server.directory.path))
            #expect(changed.status == 0, "\(changed.errorText)")
        }
        // What a decision is found by counts too, as for 'remit log verify'.
        try damage("DELETE FROM about WHERE kind = 'agent'")
        let hidden = try story.figures(["--until", later.description, "--verify"])
        #expect(hidden["logs_verified"] == 0 && hidden["logs_with_faults"] == 1)

        // What an answer was is not what it was: the report says so and goes on.
        try damage(
            """
            DROP TRIGGER input_never_updated;
            UPDATE input SET bytes = x'00' WHERE substr(CAST(bytes AS TEXT), 1, 21) = '{"schema":"transcript';
            """)
        let faulty = try story.report(["--until", later.description, "--verify"])
        #expect(faulty.status == 0, "\(faulty.errorText)")
        #expect(faulty.text.contains("; NOT as it was written: "), "\(faulty.text)")
        let replayed = try story.figures(["--until", later.description, "--replay"])
        #expect(replayed["replays_same"] == 0 && replayed["replays_impossible"] == 6)
    }

    @Test func `each form is made, of the frameworks that were asked for`() throws {
        let installed = try Installed()
        func report(_ options: [String]) throws -> Output {
            try installed.remit(
                ["report", "--authority", installed.authority.path, "--ledger", installed.server.ledgerPath] + options)
        }
        let text = try report(["--framework", "owasp_nhi", "--framework", "slsa_source"])
        #expect(text.status == 0, "\(text.errorText)")
        #expect(text.errorText.isEmpty)
        #expect(text.lines.filter { $0.hasSuffix("[owasp_nhi]") || $0.hasSuffix("[slsa_source]") }.count == 2)
        #expect(!text.text.contains("GOVERN 1.1"))
        #expect(text.text.contains("  NHI1:2025 Improper Offboarding\n"))
        #expect(text.text.contains("\n      no evidence in this period\n"))
        let html = try report(["--format", "html"])
        #expect(html.status == 0 && html.text.hasPrefix("<!DOCTYPE html>\n"))
        #expect(html.text.ranges(of: "<table>").count == 12)
        let markdown = try report(["--format", "markdown", "--framework", "csa_maestro"])
        #expect(markdown.text.contains("| L4 | Deployment Infrastructure | "))
        for output in [text, html, markdown] {
            for claim in ["complies", "compliant"] { #expect(!output.text.lowercased().contains(claim)) }
        }
        let unknown = try report(["--framework", "iso27001"])
        #expect(unknown.status == 64)
        #expect(
            unknown.errorText.contains("none of nist_ai_rmf, nist_csf, owasp_asi, "), "\(unknown.errorText)")
        let nowhere = try installed.remit(["report", "--authority", installed.authority.path])
        #expect(nowhere.status == 64)
        #expect(nowhere.errorText.hasPrefix("remit: error: no ledger is known\n"), "\(nowhere.errorText)")
    }
}
