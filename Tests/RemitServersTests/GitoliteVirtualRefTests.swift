import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor VirtualRefs { static let shared = VirtualRefs() }

/// Gitolite 3 over SSH: Remit as a virtual ref, asked about each ref by itself.
@VirtualRefs @Suite struct GitoliteVirtualRefTests {
    private static let authority = Result { try TestAuthority() }
    private static let branch = Scene.branch

    private static func scene() throws -> (Scene, Gitolite) {
        let scene = try Scene(try authority.get(), settings: Scene.gitolite)
        // A test server has the hook, which is not to be asked as well.
        try FileManager.default.removeItem(atPath: "\(scene.server.repository.path)/hooks/pre-receive")
        let gitolite = try Gitolite(scene.server, users: ["dana", "ghost"], asking: .virtualRef)
        return (scene, gitolite)
    }

    private static func push(
        _ refspecs: String..., to scene: Scene, _ gitolite: Gitolite, by user: String
    ) throws -> Output {
        try scene.client.attempt(
            ["push", gitolite.ssh.url("/payments")] + refspecs, environment: try gitolite.login(user))
    }

    @Test func `an agent is held to its remit`() throws {
        let (scene, gitolite) = try Self.scene()
        let good = try scene.agent(Scene.good)
        let allowed = try Self.push(Self.branch, to: scene, gitolite, by: "ghost")
        #expect(allowed.status == 0, "\(allowed.errorText)")
        try scene.agent(Scene.bad)
        let refused = try Self.push(Self.branch, to: scene, gitolite, by: "ghost")
        #expect(refused.status == 1)
        #expect(refused.errorText.contains("scope.path"), "\(refused.errorText)")
        #expect(refused.errorText.contains("FATAL: VREF/remit: helper program exit status"), "\(refused.errorText)")
        #expect(try scene.server.tip(of: Self.branch) == good)
        #expect(try scene.server.entries().count == 2)
    }

    @Test func `each ref is judged by itself`() throws {
        let (scene, gitolite) = try Self.scene()
        let good = try scene.agent(Scene.good)
        try scene.agent(Scene.bad, on: "refs/heads/agent/PAY-42/bad")
        let push = try Self.push(Self.branch, "refs/heads/agent/PAY-42/bad", to: scene, gitolite, by: "ghost")
        #expect(push.status == 1)
        #expect(try scene.server.tip(of: Self.branch) == good)
        #expect(try scene.server.tip(of: "refs/heads/agent/PAY-42/bad") == nil)
    }

    /// What was refused lies among the repository's objects by then.
    @Test func `what was refused is refused again`() throws {
        let (scene, gitolite) = try Self.scene()
        try scene.agent(Scene.bad)
        for refspec in [Self.branch, Scene.landing, Self.branch] {
            let push = try Self.push(refspec, to: scene, gitolite, by: "dana")
            #expect(push.status == 1)
            #expect(push.errorText.contains("scope.path"), "\(push.errorText)")
        }
    }

    @Test func `gitolite vouches for the pusher`() throws {
        let (scene, gitolite) = try Self.scene()
        let good = try scene.agent(Scene.good)
        #expect(try Self.push(Self.branch, to: scene, gitolite, by: "ghost").status == 0)
        let refused = try Self.push(Scene.landing, to: scene, gitolite, by: "ghost")
        #expect(refused.status == 1)
        #expect(refused.errorText.contains("approval.missing"), "\(refused.errorText)")
        let landed = try Self.push(Scene.landing, to: scene, gitolite, by: "dana")
        #expect(landed.status == 0, "\(landed.errorText)")
        #expect(try scene.server.tip(of: "refs/heads/main") == good)
    }

    @Test func `without its file gitolite refuses`() throws {
        let (scene, gitolite) = try Self.scene()
        try gitolite.removeVirtualRef()
        try scene.agent(Scene.good)
        #expect(try Self.push(Self.branch, to: scene, gitolite, by: "dana").status == 1)
        #expect(try scene.server.tip(of: Self.branch) == nil)
    }
}
