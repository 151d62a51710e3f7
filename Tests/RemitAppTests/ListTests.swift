import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// All delegations at a glance.
@Suite struct ListTests {
    @Test func `every delegation stands with its state, the nearest end first`() throws {
        let place = try Workplace()
        try place.add("other-agent-with-a-long-name", ["--mark", "codex"])
        #expect(try place.remit(["list"]).errorText == "remit: there is no such delegation\n")
        func grant(_ more: [String], key: String) throws -> String {
            let output = try place.grant(more, taskKey: key)
            #expect(output.status == 0, "\(output.errorText)")
            return try #require(RecordID(output.lines[0])).abbreviated
        }
        let active = try grant(["--expires", "5d"], key: "a")
        let near = try grant(["--expires", "90m"], key: "b")
        let long = try grant(
            [
                "--expires", "3d", "--agent", "other-agent-with-a-long-name", "--task",
                String(repeating: "x", count: 40),
            ],
            key: "c")
        let clone = try TestRepository(bare: false)
        let ended = try grant(["--worktree", clone.path], key: "d")
        #expect(try place.remit(["task", "end", "--worktree", clone.path]).status == 0)
        let invalid = try grant([], key: "e")
        let path = try place.git("ls-files", "delegations/*/\(invalid)*.sig").text
        _ = try place.git("rm", "-q", path)
        _ = try place.git("commit", "-q", "-m", "tamper")

        let listed = try place.remit(["list"])
        #expect(listed.status == 0, "\(listed.errorText)")
        #expect(
            listed.lines.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
                "DELEGATION STATE", "\(near) expiring", "\(long) active", "\(active) active", "\(ended) revoked",
                "\(invalid) invalid",
            ])
        #expect(listed.lines.allSatisfy { $0.count <= 80 })
        #expect(listed.lines[1].hasSuffix("  89 minutes left") || listed.lines[1].hasSuffix("  90 minutes left"))
        #expect(listed.lines[2].contains("  other-agent-wit…  "), "\(listed.lines[2])")

        let chosen = try place.remit(["list", "--state", "active", "--state", "revoked", "--agent", "claude-code"])
        #expect(chosen.lines.dropFirst().map { String($0.prefix(12)) } == [active, ended])
        let json = try place.remit(["list", "--format", "json", "--state", "expiring"])
        let object = try #require(JSONSerialization.jsonObject(with: Data(json.stdout)) as? [String: Any])
        let rows = try #require(object["delegations"] as? [[String: Any]])
        #expect(rows.map { $0["state"] as? String } == ["expiring"])
        #expect((rows[0]["remit"] as? [String: Any])?["task"] as? String == "PAY-42")
    }

    @Test func `a state that does not exist is wrong usage`() throws {
        let output = try Workplace().remit(["list", "--state", "gone"])
        #expect(output.status == 64)
        #expect(output.errorText.contains("remit: error: The value 'gone' is invalid for '--state <state>'"))
    }

    @Test func `a record that cannot be read is told, and the others are listed`() throws {
        let place = try Workplace()
        #expect(try place.grant().status == 0)
        let name = String(repeating: "ab", count: 32)
        try writeFile(Array("nonsense\n".utf8), to: "\(place.authority)/delegations/ab/\(name).toml")
        _ = try place.git("add", ".")
        _ = try place.git("commit", "-q", "-m", "tamper")
        let listed = try place.remit(["list"])
        #expect(listed.status == 0)
        #expect(listed.lines.count == 2)
        #expect(
            listed.errorText
                == "remit: warning: delegation.signature: delegation abababababab: its bytes are not those of its name\n"
        )
    }
}
