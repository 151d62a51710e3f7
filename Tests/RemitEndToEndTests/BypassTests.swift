import RemitModel
import RemitTestSupport
import Testing

/// What no hook can see.
///
/// `hooks/README.md` warns of each; a change of git that mends one should be noticed here.
@Suite struct BypassTests {
    /// A clone with work of an agent that the gate would refuse.
    private static func refusable() throws -> (Installed, ObjectID) {
        let installed = try Installed()
        let commit = try installed.server.commit(
            ["Sources/A.swift": "1\n"], on: "refs/heads/topic", message: "a\n\n\(TestServer.mark)\n")
        return (installed, commit)
    }

    @Test func `not running the client's hooks changes nothing`() throws {
        let (installed, _) = try Self.refusable()
        let push = try installed.server.push("topic", options: ["--no-verify"])
        #expect(push.status == 1)
        #expect(push.errorText.contains("delegation.missing"))
    }

    @Test func `a pusher with a shell can run git without hooks`() throws {
        let (installed, commit) = try Self.refusable()
        let push = try installed.server.push(
            "topic", options: ["--receive-pack=git -c core.hooksPath=/dev/null receive-pack"])
        #expect(push.status == 0)
        #expect(try installed.server.tip(of: "refs/heads/topic") == commit)
    }

    @Test func `a fetch into the repository runs no hook`() throws {
        let (installed, commit) = try Self.refusable()
        try installed.server.repository.git("fetch", "-q", installed.server.client.path, "topic:topic")
        #expect(try installed.server.tip(of: "refs/heads/topic") == commit)
    }

    @Test func `a ref written on the server runs no hook`() throws {
        let (installed, _) = try Self.refusable()
        let main = try installed.server.repository.resolve("refs/heads/main")
        try installed.server.repository.git("update-ref", "refs/heads/topic", main.hex)
        #expect(try installed.server.tip(of: "refs/heads/topic") == main)
        #expect(try installed.server.entries().count == 1)
    }

    @Test func `landing needs a person whom the server knows`() throws {
        let installed = try Installed()
        let delegation = try installed.authority.delegate()
        try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation, on: "refs/heads/main")
        let push = try installed.server.push("main")
        #expect(push.status == 1)
        #expect(push.errorText.contains("approval.missing"), "\(push.errorText)")
    }

    @Test func `an authority or a ledger that is gone refuses as undecided`() throws {
        for key in ["remit.authority", "remit.ledger"] {
            let installed = try Installed()
            try installed.server.configure(key, "/nowhere/at-all")
            try installed.server.commit(["README.md": "2\n"])
            let push = try installed.server.push("main")
            #expect(push.status == 1)
            #expect(push.errorText.contains("remit: undecided: this push could not be checked"), "\(push.errorText)")
        }
    }
}
