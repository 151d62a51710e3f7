import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Plains { static let shared = Plains() }

/// Where nobody vouches for the pusher: a path, `file://`, and `git daemon` that takes pushes.
@Plains @Suite struct PlainTests {
    enum Way: String, CaseIterable, CustomTestStringConvertible {
        case path, file, daemon
        var testDescription: String { rawValue }
    }

    private static let authority = Result { try TestAuthority() }
    private static let daemon = Result {
        let port = try Loopback.freePort()
        let process = try ServerProcess(
            [
                "git", "daemon", "--reuseaddr", "--listen=127.0.0.1", "--port=\(port)", "--export-all",
                "--enable=receive-pack", "--base-path=/", "--verbose",
            ], in: try TemporaryDirectory()
        ) { Loopback.answers(port) }
        return (port: port, process: process)
    }

    private static func scene(_ way: Way, _ settings: [String: String] = [:]) throws -> Scene {
        let scene = try Scene(try authority.get(), settings: settings)
        let path = scene.server.repository.path
        switch way {
        case .path: try scene.server.reach(by: path)
        case .file: try scene.server.reach(by: "file://\(path)")
        case .daemon: try scene.server.reach(by: "git://127.0.0.1:\(try daemon.get().port)\(path)")
        }
        return scene
    }

    @Test(arguments: Way.allCases)
    func `an agent is held to its remit`(_ way: Way) throws {
        let scene = try Self.scene(way)
        try scene.agent(Scene.good)
        expectAllowed(try scene.server.trial(Scene.branch))
        #expect(try scene.server.lastDecision().pusher == nil)
        try scene.agent(Scene.bad)
        expectRefused(try scene.server.trial(Scene.branch), by: ["scope.path"])
        #expect(try scene.server.lastDecision().pusher == nil)
        #expect(try !scene.server.hasLeftovers())
    }

    /// The pusher's own environment reaches the hook by a path, and by the network not.
    @Test(arguments: Way.allCases)
    func `no variable makes the pusher known`(_ way: Way) throws {
        let scene = try Self.scene(way)
        let names = ["GL_USER", "REMOTE_USER", "GL_USERNAME", "GITEA_PUSHER_NAME", "GITHUB_USER_LOGIN", "BB_USER_NAME"]
        let claims = Dictionary(uniqueKeysWithValues: names.map { ($0, "dana") })
        try scene.agent(Scene.good)
        expectAllowed(try scene.server.trial(Scene.branch, environment: claims))
        expectRefused(try scene.server.trial(Scene.landing, environment: claims), by: ["approval.missing"])
        #expect(try scene.server.lastDecision().pusher == nil)
    }

    /// Git then tells the hook names that are not those of the refs that it moves: one could stand for another.
    @Test func `refs in a namespace are not judged`() throws {
        let scene = try Self.scene(.path)
        try scene.agent(Scene.good)
        let trial = try scene.server.trial(Scene.branch, options: ["--receive-pack=git --namespace=team receive-pack"])
        expectUndecided(
            trial, by: ["undecided.input"],
            saying: """
                undecided: this push could not be checked, nothing of it was accepted
                error: the input of the hook could not be understood: GIT_NAMESPACE: refs in a namespace cannot be judged; \
                serve the repository without it
                  rule     undecided.input
                hint: try 'git push' again, and if it stays so ask the administrators to run 'remit doctor' on the server
                """, isRecorded: false)
    }

    /// A server whose gate is set up for another kind of server than it is: `git daemon` hands on no variable of the
    /// client's, so nobody is known there either.
    @Test func `the daemon hands no variable on`() throws {
        let scene = try Self.scene(.daemon, Scene.gitolite)
        try scene.agent(Scene.good)
        expectAllowed(try scene.server.trial(Scene.branch, environment: Scene.pusher("dana")))
        expectRefused(
            try scene.server.trial(Scene.landing, environment: Scene.pusher("dana")), by: ["approval.missing"])
        #expect(try scene.server.lastDecision().pusher == nil)
    }
}
