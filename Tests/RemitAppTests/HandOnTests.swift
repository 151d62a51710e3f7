import RemitModel
import RemitTestSupport
import Testing

/// An agent hands on a part of what it may do.
@Suite struct HandOnTests {
    private static func child(_ parent: String, _ more: [String] = [], key: String = "task") -> [String] {
        ["grant"] + Workplace.scope + [
            "--parent", parent, "--key", key, "--new-task-key", "child", "--expires", "1h",
        ] + more
    }

    @Test func `the chain is told up to the person, and falls with the parent`() throws {
        let place = try Workplace()
        let parent = try #require(RecordID(try place.grant(["--hops", "1"]).lines[0]))
        #expect(try place.remit(["show", parent.description]).lines.contains("may be handed on: once"))
        let granted = try place.remit(Self.child(parent.abbreviated))
        #expect(granted.status == 0, "\(granted.errorText)")
        #expect(granted.errorText.hasPrefix("remit: dana@example.org delegates PAY-42 to agent 'claude-code' until "))
        let child = granted.lines[0]
        let shown = try place.remit(["show", child]).lines
        for line in [
            "handed on by: agent claude-code under delegation \(parent.abbreviated)",
            "  which has it from: dana@example.org in person",
        ] {
            #expect(shown.contains(line), "\(shown)")
        }
        #expect(try place.remit(["show", child, "--format", "json"]).text.contains("\"chain\":[{\"id\":\"\(parent)\""))

        let clone = try TestRepository(bare: false)
        #expect(try place.remit(["task", "start", "--key", "task", "--worktree", clone.path]).status == 0)
        #expect(try place.remit(["task", "end", "--worktree", clone.path]).status == 0)
        let fallen = try place.remit(["show", child]).lines[1]
        #expect(
            fallen.hasPrefix(
                "not in force: revoked with delegation \(parent.abbreviated) above it, by claude-code at "), "\(fallen)"
        )
    }

    static let refusals: [(more: [String], message: String, status: Int32)] = [
        (["--path", "Deploy/run.sh"], "its path Deploy/run.sh is outside its parent's", 1),
        (["--key", "id"], " is not a task key of delegation ", 1),
        (["--parent", "abcdefabcdef"], "the authority does not hold exactly one delegation 'abcdefabcdef'", 1),
        (
            ["--delegator", "dana@example.org"],
            "--delegator cannot stand with --parent, whose delegator stays accountable", 64
        ),
        (["--hops", "17"], "'hops' must be a whole number from 0 to 16", 64),
    ]

    @Test(arguments: refusals.indices)
    func `what is wider, or not the agent's to give, is refused`(row: Int) throws {
        let (more, message, status) = Self.refusals[row]
        let place = try Workplace()
        let parent = try place.grant(["--hops", "1"]).lines[0]
        let before = try place.state()
        let output = try place.remit(Self.child(parent, more))
        #expect(output.status == status)
        #expect(output.errorText.split(separator: "\n").first?.contains(message) == true, "\(output.errorText)")
        #expect(try place.state() == before)
    }

    @Test func `a delegation without hops is not handed on`() throws {
        let place = try Workplace()
        let parent = try place.grant().lines[0]
        let output = try place.remit(Self.child(parent))
        #expect(output.status == 1)
        #expect(output.errorText.hasPrefix("remit: error: delegation.chain: "), "\(output.errorText)")
    }
}
