import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// The scenery that every other test stands on: if these fail, look here first.
@Suite struct TestServerTests {
    @Test func `a push within its delegation reaches the server`() throws {
        let authority = try TestAuthority()
        let server = try TestServer(authority)
        let delegation = try authority.delegate()
        let commit = try server.commit(["Sources/Retry.swift": "let retries = 3\n"], under: delegation)
        let push = try server.push("refs/heads/agent/PAY-42/work")
        #expect(push.status == 0, "\(push.errorText)")
        #expect(push.errorText.contains("remit: allowed 1 commit of claude-code under delegation"))
        #expect(try server.tip(of: "refs/heads/agent/PAY-42/work") == commit)
        #expect(try server.entries().map(\.kind) == [.decision])
    }

    @Test func `a push outside its delegation does not`() throws {
        let authority = try TestAuthority()
        let server = try TestServer(authority)
        let delegation = try authority.delegate()
        try server.commit(["Deploy/run.sh": "rm -r /\n"], under: delegation)
        let push = try server.push("refs/heads/agent/PAY-42/work")
        #expect(push.status == 1)
        #expect(push.errorText.contains("remote: remit: refused: nothing of this push was accepted"))
        #expect(push.errorText.contains("scope.path"))
        #expect(try server.tip(of: "refs/heads/agent/PAY-42/work") == nil)
    }

    @Test func `what a person pushes without any mark is let through in silence`() throws {
        let server = try TestServer(try TestAuthority())
        let commit = try server.commit(["README.md": "payments and more\n"])
        let push = try server.push("refs/heads/main")
        #expect(push.status == 0, "\(push.errorText)")
        #expect(!push.errorText.contains("refused"))
        #expect(try server.tip(of: "refs/heads/main") == commit)
    }
}
