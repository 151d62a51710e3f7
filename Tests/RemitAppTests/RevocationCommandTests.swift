import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// `remit revoke` and `remit suspend`: what they write, say and refuse.
@Suite struct RevocationCommandTests {
    private static let key = ["--key", "id"]

    private static func revoke(_ place: Workplace, _ more: [String]) throws -> Output {
        try place.remit(["revoke"] + more + key)
    }

    @Test func `a delegation is ended, and the person told what that stops and what not`() throws {
        let place = try Workplace()
        let id = try #require(RecordID(try place.grant().lines[0]))
        let output = try Self.revoke(place, [id.abbreviated, "--cause", "ended", "--reason", "done"])
        #expect(output.status == 0)
        #expect(output.text == "revocations/\(id.hex).toml")
        #expect(
            output.errorText == """
                remit: dana@example.org revokes delegation \(id.abbreviated) as ended
                remit: stops now: whatever is new under delegation \(id.abbreviated), and under what was handed on from it
                remit: not taken back: what was accepted already, which persons may land until its merge_by
                remit: servers know it after 'git -C \(place.authority) push'

                """)
        try place.verify(output.text, namespace: "remit-revocation")
        #expect(try place.state().first == "Revoke delegation \(id.abbreviated)")
        #expect(
            try place.remit(["show", id.description]).lines[1].hasPrefix("not in force: revoked by dana@example.org"))

        let again = try Self.revoke(place, [id.abbreviated, "--cause", "superseded", "--reason", "done"])
        #expect(again.status == 1)
        #expect(
            again.errorText == """
                remit: error: delegation \(id.abbreviated) is revoked already: 'revocations/\(id.hex).toml'
                remit: hint: nothing was written; a revocation is never changed

                """)
        let graver = try Self.revoke(place, [id.abbreviated, "--cause", "compromised", "--reason", "the key leaked"])
        #expect(graver.status == 0, "\(graver.errorText)")
        #expect(graver.text == "revocations/compromised/\(id.hex).toml")
        #expect(graver.errorText.contains("until a person approves it anew\n"))
    }

    @Test func `a revocation may come before its delegation, by its whole id`() throws {
        let place = try Workplace()
        let hex = String(repeating: "ab", count: 32)
        let early = try Self.revoke(place, ["sha256:\(hex)", "--cause", "ended", "--reason", "never"])
        #expect(early.status == 0)
        #expect(
            early.errorText.hasPrefix(
                "remit: the authority does not hold delegation abababababab yet; it will never come to life\n"))
        let short = try Self.revoke(place, ["cdcdcdcdcdcd", "--cause", "ended", "--reason", "never"])
        #expect(
            short.errorText == """
                remit: error: the authority does not hold exactly one delegation 'cdcdcdcdcdcd'
                remit: hint: one that it does not hold yet is revoked by its whole id

                """)
    }

    @Test func `a key is revoked by its fingerprint or its file`() throws {
        let place = try Workplace()
        #expect(try place.grant().status == 0)
        let output = try Self.revoke(place, ["--of-key", "task.pub", "--cause", "compromised", "--reason", "leaked"])
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.text.hasPrefix("revocations/compromised/key-"))
        #expect(output.errorText.contains("remit: stops now: everything that was ever signed with key SHA256:"))
        let print = try place.otherKey().fingerprint()
        #expect(try Self.revoke(place, ["--of-key", print, "--cause", "ended", "--reason", "x"]).status == 0)
    }

    @Test func `an agent is suspended with one word, and a graver one may follow`() throws {
        let place = try Workplace()
        let id = try place.grant().lines[0]
        let suspend = ["suspend", "claude-code", "--reason", "it deletes tests"] + Self.key
        let output = try place.remit(suspend)
        #expect(output.text == "revocations/agent-claude-code/1.toml")
        #expect(
            output.errorText == """
                remit: dana@example.org revokes agent 'claude-code' as ended
                remit: stops now: everything of agent 'claude-code', at merge and deployment too
                remit: not taken back: what has landed already
                remit: what was delegated until now stays stopped; an administrator lets new delegations in with \
                'remit agent review claude-code'
                remit: servers know it after 'git -C \(place.authority) push'

                """)
        #expect(try place.state().first == "Suspend agent 'claude-code'")
        #expect(try place.remit(["show", id]).lines[1].hasPrefix("not in force: the agent is suspended by dana"))
        #expect(
            try place.grant(taskKey: "more").errorText.contains("agent 'claude-code' is suspended: ended: it deletes"))

        let again = try place.remit(suspend)
        #expect(again.status == 1)
        #expect(again.errorText.contains("remit: error: agent 'claude-code' is suspended already, since "))
        let graver = try place.remit(suspend + ["--cause", "compromised"])
        #expect(graver.text == "revocations/agent-claude-code/2.toml", "\(graver.errorText)")
    }

    @Test func `every agent can be suspended at once`() throws {
        let place = try Workplace()
        let output = try place.remit(["suspend", "--all", "--reason", "model recall"] + Self.key)
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.text == "revocations/every-agent/1.toml")
        #expect(output.errorText.contains("remit: stops now: everything of every agent, at merge and deployment too\n"))
        try place.verify(output.text, namespace: "remit-revocation")
    }

    @Test func `the holder of a task key may end its own delegation, and no more`() throws {
        let place = try Workplace()
        let id = try #require(RecordID(try place.grant().lines[0]))
        let other = try #require(RecordID(try place.grant(taskKey: "second").lines[0]))
        func end(_ id: RecordID, _ cause: String) throws -> Output {
            let reason = ["--cause", cause, "--reason", "done", "--key", "task"]
            return try place.remit(["revoke", id.abbreviated] + reason)
        }
        let graver = try end(id, "compromised")
        #expect(
            graver.errorText == """
                remit: error: a task key may only end its delegation: --cause ended
                remit: hint: dana@example.org may say --cause compromised

                """)
        let foreign = try end(other, "ended")
        #expect(foreign.status == 1)
        #expect(
            foreign.errorText.contains(
                " is a task key, which may end its own delegation and what was handed on from it\n"))
        let ended = try end(id, "ended")
        #expect(ended.status == 0, "\(ended.errorText)")
        #expect(ended.errorText.hasPrefix("remit: claude-code revokes delegation \(id.abbreviated) as ended\n"))
        #expect(try place.remit(["show", id.description]).lines[1].hasPrefix("not in force: revoked by claude-code"))
        #expect(try place.remit(["show", other.description]).lines[1].hasPrefix("in force"))
    }

    @Test func `an operator may suspend any agent`() throws {
        let place = try Workplace()
        let kim = try SSHKey(named: "kim", in: place.directory)
        let added = try place.remit(
            ["authority", "add-person", "kim@example.org", "--public-key", "kim.pub", "--operator"] + Self.key)
        #expect(added.status == 0, "\(added.errorText)")
        let output = try place.remit(["suspend", "claude-code", "--reason", "x", "--key", kim.privatePath])
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.errorText.hasPrefix("remit: kim@example.org revokes agent 'claude-code' as ended\n"))
        #expect(try place.remit(["agent", "list"]).text.contains("suspended"))
    }

    static let refusals: [(arguments: [String], message: String, status: Int32)] = [
        (["revoke", "--cause", "ended", "--reason", "x"], "give either a delegation or --of-key SHA256:...", 64),
        (["revoke", "abcabcabcabc", "--reason", "x"], "Missing expected argument '--cause <cause>'", 64),
        (["revoke", "abcabcabcabc", "--cause", "ended"], "Missing expected argument '--reason <reason>'", 64),
        (
            ["revoke", "abcabcabcabc", "--cause", "bored", "--reason", "x"],
            "The value 'bored' is invalid for '--cause <cause>'", 64
        ),
        (
            ["revoke", "--of-key", "SHA256:short", "--cause", "ended", "--reason", "x"],
            "'SHA256:short' is not a key's fingerprint", 64
        ),
        (["suspend", "--reason", "x"], "give either an agent or --all", 64),
        (["suspend", "unheard", "--reason", "x"], "the inventory does not know agent 'unheard'", 1),
        (["suspend", "claude-code", "--reason", "a\nb"], "'reason' holds a control character", 64),
        (
            ["suspend", "claude-code", "--reason", "x", "--issuer", "sam@example.org"],
            "sam@example.org may not revoke agent 'claude-code'", 1
        ),
        (["suspend", "claude-code", "--reason", "x", "--key", "other"], "\(stranger) is nobody's key whom the", 1),
    ]

    /// Stands for the fingerprint of a key that nobody has.
    private static let stranger = "STRANGER"

    @Test(arguments: refusals.indices)
    func `what cannot be revoked is refused, and nothing is written`(row: Int) throws {
        let (arguments, message, status) = Self.refusals[row]
        let place = try Workplace()
        let fingerprint = try place.otherKey().fingerprint()
        let before = try place.state()
        let output = try place.remit(arguments.contains("--key") ? arguments : arguments + Self.key)
        #expect(output.status == status)
        let expected = message.replacingOccurrences(of: Self.stranger, with: fingerprint)
        #expect(output.errorText.hasPrefix("remit: error: \(expected)"), "\(output.errorText)")
        #expect(output.stdout.isEmpty)
        #expect(try place.state() == before)
    }

    @Test func `a revocation is effective with the next push, and races with others' changes`() throws {
        let shared = try SharedWorkplace()
        let other = try shared.clone("other")
        #expect(try shared.remit(["suspend", "claude-code", "--reason", "x"] + Self.key, in: other).status == 0)
        let mine = shared.place.authority
        let second = try shared.remit(["suspend", "--all", "--reason", "x"] + Self.key, in: mine)
        #expect(second.status == 0, "\(second.errorText)")
        let again = try shared.remit(["suspend", "claude-code", "--reason", "y"] + Self.key, in: mine)
        #expect(again.errorText.contains("is suspended already"), "\(again.errorText)")
    }
}
