import Foundation
import RemitEvidence
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// A ledger with an entry of every kind, some with names that were made to harm whoever reads them.
struct ExportedLedger {
    static let at = Instant(seconds: 1_795_165_200)
    /// What a log's reader could take for the end of a value, a key, a command, or another line.
    static let hostile = "bob|x=\\y\u{1B}[2J\nCEF:0|evil outcome=success \u{202E}\r"

    let directory: TemporaryDirectory
    let policy: [UInt8]
    /// The public key of its log.
    let publicKey: String

    var path: String { "\(directory.path)/ledger.db" }

    static func id(_ digit: Character) -> ObjectID { ObjectID(hex: String(repeating: digit, count: 40)) ?? .zero }

    init() throws {
        directory = try TemporaryDirectory()
        let authority = try TestAuthority()
        policy = try authority.repository.git("show", "main:authority.toml").stdout
        let path = "\(directory.path)/ledger.db"
        var ledger = try Ledger.open(
            at: ByteString(path), create: true, deadline: .now.advanced(by: .seconds(10)))
        let drafts = try Self.drafts(policy)
        try ledger.transaction { transaction throws(LedgerError) in
            for draft in drafts { _ = try transaction.append(draft) }
        }
        let key = try spawn(
            [
                try BuiltProducts.remit, "log", "key", "--name", "git.example.org/decisions", "--ledger", path,
            ], environment: ["PATH": HermeticGit.path])
        #expect(key.status == 0, "\(key.errorText)")
        publicKey = key.text
    }

    private static func decision(
        _ outcome: Outcome, mode: Mode = .enforce, pusher: String = "dana", ref: ByteString = "refs/heads/main",
        findings: [Finding] = [], overrides: [Decision.Override] = [], submission: Submission = .push,
        job: Job? = nil, updates: [RefUpdate]? = nil
    ) throws -> Decision {
        let delegation = try #require(RecordID(bytes: [UInt8](repeating: 0xAB, count: 32)))
        return Decision(
            outcome: outcome, mode: mode, repository: "payments",
            pusher: job == nil ? Pusher(login: ByteString(pusher), vouchedBy: "gitolite") : nil, decidedAt: at,
            updates: updates ?? [RefUpdate(ref: ref, old: id("1"), new: id("2"))], commits: 1, findings: findings,
            findingCount: findings.count, agents: [.init(agent: "claude-code", commits: 1, strength: .cryptographic)],
            delegations: outcome == .allowed
                ? [.init(delegation: delegation, agent: "claude-code", delegator: "dana@example.org", commits: 1)] : [],
            authority: id("3"), policyVersion: 4, overrides: overrides, submission: submission, job: job,
            rules: [.refName, .scopePath, .limitPushes])
    }

    private static func drafts(_ policy: [UInt8]) throws -> [EntryDraft] {
        let bytes = ByteString(hostile)
        let exception = Decision.Override(
            exception: try #require(RecordID(bytes: [UInt8](repeating: 0xCD, count: 32))), issuer: "sam@example.org",
            reason: hostile, expiresAt: at, rule: .scopePath, ref: "refs/heads/main", findings: 1)
        var job = Job(system: .github)
        (job.actor, job.url, job.run) = (hostile, "https://ci.example.org/1?a=b", "42")
        let path = Finding(.scopePath, ref: "refs/heads/main", commit: id("2"), path: bytes)
        let decisions = [
            try decision(.allowed),
            try decision(
                .refused, pusher: hostile, ref: ByteString("refs/heads/a|b=c\u{1B}"), findings: [path]),
            try decision(
                .undecided, findings: [Finding(.undecidedDeadline, facts: .init(reason: hostile))], updates: []),
            try decision(.allowed, overrides: [exception]),
            try decision(.refused, mode: .monitor, findings: [path]),
            try decision(.refused, findings: [path], submission: .merge, job: job),
            try decision(
                .allowed, ref: "refs/remit/deployed/production", submission: .deployment(environment: "production"),
                job: job),
        ]
        var drafts = decisions.map {
            EntryDraft(
                of: $0, by: "remit-hook 0.1.0", inputs: [("record:authority.toml", policy)])
        }
        let update = RefUpdate(ref: "refs/heads/main", old: id("1"), new: id("2"))
        for decision in [1, nil] as [Int64?] {
            let effect = Effect(
                repository: "payments", pusher: Pusher(login: bytes, vouchedBy: "gitolite"), at: at,
                landed: [.init(update, by: decision)])
            drafts.append(EntryDraft(of: effect, by: "remit-hook 0.1.0"))
        }
        for event in [Lifecycle.Event.installed, .configChanged, .disabled] {
            var lifecycle = Lifecycle(event, at: at, repository: "payments", gitDirectory: "/srv/\(hostile)")
            if event == .configChanged { lifecycle.changes = [.init(key: "remit.mode", old: nil, new: "monitor")] }
            drafts.append(lifecycle.draft(by: "remit 0.1.0"))
        }
        drafts.append(
            EntryDraft(
                .anchor(size: 12), at: at, program: "remit 0.1.0", repository: "", document: Array("{}".utf8)))
        return drafts
    }

    func remit(_ arguments: [String]) throws -> Output {
        try spawn(
            [try BuiltProducts.remit] + arguments + ["--ledger", path],
            environment: HermeticGit.environment(home: directory.path), directory: directory.path)
    }

    /// What a reader of others understands of an export, a line each.
    func read(_ form: String, _ options: [String] = []) throws -> [[String: Any]] {
        let file = "\(directory.path)/export-\(UUID().uuidString)"
        let output = try remit(["export", "--as", form, "--output", file] + options)
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.stdout.isEmpty)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Scripts/check-export.py").path
        let arguments = ["in-toto", "vsa"].contains(form) ? ["statements", file, publicKey] : [form, file]
        let checked = try spawn(
            ["python3", script] + arguments, environment: HermeticGit.environment(home: directory.path))
        #expect(checked.status == 0, "\(checked.errorText)")
        return try checked.lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }
}
