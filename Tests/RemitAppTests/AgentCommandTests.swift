import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// The life of an agent in the inventory.
@Suite struct AgentCommandTests {
    private static let key = ["--key", "id"]

    private static func agent(_ place: Workplace, _ arguments: [String]) throws -> Output {
        try place.remit(["agent"] + arguments + key)
    }

    @Test func `update changes the record and its pointers, and leaves new models unreviewed`() throws {
        let place = try Workplace(agents: false)
        #expect(try place.add("claude-code", ["--identity", "email:bot@example.org"]).status == 0)
        let fingerprint = try place.otherKey().fingerprint()
        let output = try Self.agent(
            place,
            [
                "update", "claude-code", "--add-model", "claude-opus-4-7", "--remove-tool", "edit", "--add-tool",
                "bash",
                "--add-identity", "key:\(fingerprint)", "--remove-identity", "email:bot@example.org", "--autonomy",
                "autonomous",
            ])
        #expect(output.status == 0, "\(output.errorText)")
        #expect(
            output.errorText == """
                remit: updated agent 'claude-code'
                remit: not reviewed: model 'claude-opus-4-7', tool 'bash'; 'remit agent review claude-code' lets grants \
                name it
                remit: servers know it after 'git -C \(place.authority) push'

                """)
        #expect(try place.git("ls-files", "identities").lines.isEmpty)
        #expect(try place.git("ls-files", "keys").lines.count == 1)
        try place.verify("agents/claude-code.toml", namespace: "remit-authority")
        #expect(try place.state().first == "Update agent claude-code")

        let refused = try place.grant(["--model", "claude-opus-4-7"])
        #expect(refused.errorText.contains("model 'claude-opus-4-7' is not among those for which agent 'claude-code'"))
        #expect(try Self.agent(place, ["review", "claude-code"]).status == 0)
        #expect(try place.grant(["--model", "claude-opus-4-7"]).status == 0)
    }

    @Test func `an entry never becomes what it was, byte by byte`() throws {
        let place = try Workplace()
        #expect(try Self.agent(place, ["update", "claude-code", "--add-tool", "bash"]).status == 0)
        #expect(try Self.agent(place, ["update", "claude-code", "--remove-tool", "bash"]).status == 0)
        let blobs = try place.git("log", "--format=%H", "--", "agents/claude-code.toml").lines
            .map { try place.git("rev-parse", "\($0):agents/claude-code.toml").text }
        #expect(Set(blobs).count == 3)
    }

    @Test func `review renews the day, and resumes the agent for what is delegated from then on`() throws {
        let place = try Workplace()
        let old = try place.grant().lines[0]
        #expect(try place.remit(["suspend", "claude-code", "--reason", "it deletes tests"] + Self.key).status == 0)
        // Moments are whole seconds: what is delegated next must be of a later one.
        Thread.sleep(forTimeInterval: 1.1)
        let output = try Self.agent(place, ["review", "claude-code", "--review-by", "2030-01-01"])
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.errorText.contains("it deletes tests; what was delegated until then stays stopped\n"))
        #expect(
            output.errorText.contains("reviewed agent 'claude-code', to be reviewed again by 2030-01-01T00:00:00Z\n"))
        let record = String(decoding: try readFile("\(place.authority)/agents/claude-code.toml"), as: UTF8.self)
        #expect(record.contains("\nresumed_at = "))
        #expect(output.lines[0] == "agent claude-code of Anthropic, supervised")
        #expect(
            try place.remit(["show", old]).lines[1].hasPrefix(
                "not in force: revoked with everything of agent claude-code, by dana@example.org"))
        let new = try place.grant(taskKey: "second")
        #expect(try place.remit(["show", new.lines[0]]).lines[1].hasPrefix("in force"), "\(new.errorText)")
    }

    @Test func `suspend and retire set the status, and review ends the one but not the other`() throws {
        let place = try Workplace()
        let suspended = try Self.agent(place, ["suspend", "claude-code"])
        #expect(
            suspended.errorText.hasPrefix(
                "remit: agent 'claude-code' is suspended in the inventory: servers refuse what it does until its review\n"
            ))
        #expect(try place.grant().errorText.contains("the inventory says suspended"))
        #expect(
            try Self.agent(place, ["suspend", "claude-code"]).errorText.hasPrefix(
                "remit: error: the inventory says already that agent 'claude-code' is suspended\n"))
        let reviewed = try Self.agent(place, ["review", "claude-code"])
        #expect(reviewed.errorText.hasPrefix("remit: the inventory called it suspended; it is active again\n"))
        #expect(try place.grant().status == 0)

        #expect(try Self.agent(place, ["retire", "claude-code"]).status == 0)
        #expect(
            try Self.agent(place, ["review", "claude-code"]).errorText == """
                remit: error: agent 'claude-code' is retired
                remit: hint: register it under another id with 'remit agent add'

                """)
        #expect(
            try Self.agent(place, ["suspend", "claude-code"]).errorText.hasPrefix(
                "remit: error: the inventory says already that agent 'claude-code' is retired\n"))
    }

    @Test func `list and show tell the inventory`() throws {
        let place = try Workplace()
        _ = try place.add("team/codex", ["--autonomy", "assistant"])
        _ = try Self.agent(place, ["retire", "team/codex"])
        let list = try place.remit(["agent", "list"])
        #expect(list.status == 0)
        let lines = list.lines.map { $0.split(separator: " ").map(String.init) }
        #expect(
            lines.map { [$0[0], $0[1], $0[2]] } == [
                ["AGENT", "STATE", "AUTONOMY"], ["claude-code", "active", "supervised"],
                ["team/codex", "retired", "assistant"],
            ])
        let json = try place.remit(["agent", "list", "--format", "json"])
        let object = try #require(JSONSerialization.jsonObject(with: Data(json.stdout)) as? [String: Any])
        let agents = try #require(object["agents"] as? [[String: Any]])
        #expect(agents.map { $0["state"] as? String } == ["active", "retired"])

        let shown = try place.remit(["agent", "show", "claude-code"])
        #expect(shown.lines[1] == "active")
        #expect(shown.lines.contains("answers for its use: dana@example.org"))
        #expect(shown.lines.contains("models: claude-opus-4-6"))
        let missing = try place.remit(["agent", "show", "unheard"])
        #expect(missing.status == 1)
        #expect(missing.errorText.hasPrefix("remit: error: the inventory does not know agent 'unheard'\n"))
    }

    @Test func `an entry that no administrator signed is shown as such, and review signs it anew`() throws {
        let place = try Workplace()
        _ = try place.git("rm", "-q", "agents/claude-code.toml.sig")
        _ = try place.git("commit", "-q", "-m", "tamper")
        let fault = "'agents/claude-code.toml' is not signed by an administrator"
        #expect(try place.remit(["agent", "list"]).text.contains("not-believed"))
        #expect(
            try place.remit(["agent", "show", "claude-code"]).errorText == """
                remit: error: \(fault)
                remit: hint: 'remit agent review claude-code' signs it anew

                """)
        #expect(try Self.agent(place, ["update", "claude-code", "--add-tool", "x"]).errorText.contains(fault))
        let reviewed = try Self.agent(place, ["review", "claude-code"])
        #expect(
            reviewed.errorText.hasPrefix("remit: servers did not believe the entry: \(fault); this signs it anew\n"))
        #expect(try place.remit(["agent", "show", "claude-code"]).status == 0)
    }

    static let refusals: [(arguments: [String], message: String, status: Int32)] = [
        (["update", "claude-code"], "nothing is to be changed", 64),
        (["update", "unheard", "--vendor", "x"], "the inventory does not know agent 'unheard'", 1),
        (["review", "unheard"], "the inventory does not know agent 'unheard'", 1),
        (["review", "claude-code", "--review-by", "2020-01-01"], "--review-by 2020-01-01T00:00:00Z is not in the", 64),
        (["update", "claude-code", "--add-tool", "edit"], "tool 'edit' is in the entry already", 1),
        (["update", "claude-code", "--remove-tool", "fly"], "tool 'fly' is not in the entry", 1),
        (["update", "claude-code", "--remove-owner", "sam@example.org"], "owner 'sam@example.org' is not in the", 1),
        (
            ["update", "claude-code", "--add-owner", "sam@example.org"],
            "'sam@example.org' is not a person of the authority", 1
        ),
        (
            ["update", "claude-code", "--remove-owner", "dana@example.org"],
            "the record cannot be written: 'business_owners' names no person", 64
        ),
        (
            ["update", "codex", "--add-identity", "login:claude-bot"],
            "login:claude-bot belongs to agent 'claude-code' already", 1
        ),
    ]

    @Test(arguments: refusals.indices)
    func `what the inventory cannot hold is refused, and nothing is written`(row: Int) throws {
        let (arguments, message, status) = Self.refusals[row]
        let place = try Workplace(agents: false)
        #expect(try place.add("claude-code", ["--identity", "login:claude-bot"]).status == 0)
        #expect(try place.add("codex").status == 0)
        let before = try place.state()
        let output = try Self.agent(place, arguments)
        #expect(output.status == status)
        #expect(output.errorText.hasPrefix("remit: error: \(message)"), "\(output.errorText)")
        #expect(try place.state() == before)
    }
}
