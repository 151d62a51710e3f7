import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor SignedWebPushes { static let shared = SignedWebPushes() }

/// `git push --signed` over HTTP, where the nonce comes with one request and is sent back with another.
@SignedWebPushes @Suite struct SignedWebPushTests {
    private static let authority = Result { try TestAuthority() }

    /// Lands an agent's work with a signature that takes two seconds, on a server that knows nobody.
    private static func land(settings: [String: String]) throws -> (scene: Scene, push: Output) {
        let authority = try authority.get()
        let web = try WebServer(accounts: [])
        let seed = ["receive.certNonceSeed": "a secret of more than sixteen bytes"]
        let open = ["remit.host": "http", "http.receivepack": "true"].merging(seed) { $1 }
        let scene = try Scene(authority, settings: open.merging(settings) { $1 })
        try scene.server.reach(by: web.url(scene.server.repository.path, account: nil))
        try scene.agent(Scene.good)
        try scene.client.git("config", "gpg.format", "ssh")
        try scene.client.git("config", "user.signingKey", authority.sam.publicPath)
        // Git calls it between the two requests.
        try scene.client.installHook("pre-push", "#!/bin/sh\nsleep 2\n")
        return (scene, try scene.server.push(Scene.landing, options: ["--signed=true"]))
    }

    @Test func `a signature makes the pusher known`() throws {
        let (scene, push) = try Self.land(settings: ["receive.certNonceSlop": "60"])
        #expect(push.status == 0, "\(push.errorText)")
        #expect(try scene.server.tip(of: "refs/heads/main") == scene.client.resolve(Scene.branch))
    }

    @Test func `without receive.certNonceSlop it comes too late`() throws {
        let (scene, push) = try Self.land(settings: [:])
        let main = try scene.client.resolve("main")
        #expect(push.status == 1, "\(push.errorText)")
        #expect(push.errorText.contains("attribution.certificate"), "\(push.errorText)")
        #expect(push.errorText.contains("receive.certNonceSlop"), "\(push.errorText)")
        #expect(try scene.server.tip(of: "refs/heads/main") == main)
    }
}
