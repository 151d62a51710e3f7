import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// Gitolite's virtual ref, asked by git's `update` hook as gitolite's asks: `check_vrefs` of Hooks/Update.pm.
@Suite struct VirtualRefTests {
    /// A server whose only hook is the one that asks the virtual ref.
    private struct Gitolite {
        let scene: Scene
        let directory: TemporaryDirectory

        var server: TestServer { scene.server }
        /// Where standard output goes: gitolite looks for refexes there.
        var said: String { "\(directory.path)/said" }

        init(settings: [String: String] = Scene.gitolite) throws {
            scene = try Scene(try TestAuthority(), settings: settings)
            directory = try TemporaryDirectory()
            let file = "\(directory.path)/remit"
            try HookFile.write("gitolite/VREF/remit", to: file, program: BuiltProducts.hook)
            // The trees are the ids themselves, or git's empty tree.
            let update = """
                #!/bin/sh
                empty=4b825dc642cb6eb9a060e54bf8d69288fbee4904 none=0000000000000000000000000000000000000000
                old=$2 new=$3
                [ "$old" = $none ] && old=$empty
                [ "$new" = $none ] && new=$empty
                '\(file)' "$1" "$2" "$3" "$old" "$new" W VREF/remit >'\(directory.path)/said'

                """
            try FileManager.default.removeItem(atPath: "\(server.repository.gitDirectory)/hooks/pre-receive")
            try server.repository.installHook("update", update)
        }

        func push(_ refspecs: String..., by login: String = "dana") throws -> Output {
            let known = try server.entries().count
            let output = try scene.client.attempt(
                ["push", "origin"] + refspecs, environment: ["GL_USER": login, "GL_REPO": "payments"])
            try expectSameAgain(inLedgerAt: server.ledgerPath, after: known)
            return output
        }
    }

    @Test func `an agent's work is let through, and landed by a person`() throws {
        let gitolite = try Gitolite()
        let commit = try gitolite.scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        let pushed = try gitolite.push(Scene.branch)
        #expect(pushed.status == 0, "\(pushed.errorText)")
        #expect(
            TestServer.words(of: pushed.errorText) == """
                allowed 1 commit of claude-code under delegation <delegation> of dana@example.org
                decision recorded
                """)
        let landed = try gitolite.push("\(Scene.branch):refs/heads/main", by: "sam")
        #expect(landed.status == 0, "\(landed.errorText)")
        #expect(try gitolite.scene.server.tip(of: "refs/heads/main") == commit)
        // On standard output gitolite looks for refexes: nothing is to be there.
        #expect(try readFile(gitolite.said).isEmpty)
    }

    @Test(arguments: ["mallory", ""])
    func `nobody else lands it`(login: String) throws {
        let gitolite = try Gitolite()
        try gitolite.scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        let refused = try gitolite.push("\(Scene.branch):refs/heads/main", by: login)
        #expect(refused.status == 1 && refused.errorText.contains("approval.missing"), "\(refused.errorText)")
        #expect(refused.errorText.contains("(hook declined)"))
    }

    @Test func `each ref is judged by itself`() throws {
        let gitolite = try Gitolite()
        try gitolite.scene.agent(["Sources/Retry.swift": "let retries = 3\n"])
        try gitolite.scene.agent(["Deploy/run.sh": "1\n"], on: "refs/heads/agent/PAY-42/wide")
        let pushed = try gitolite.push(Scene.branch, "refs/heads/agent/PAY-42/wide")
        #expect(pushed.status == 1 && pushed.errorText.contains("scope.path"), "\(pushed.errorText)")
        #expect(try gitolite.scene.server.tip(of: Scene.branch) != nil)
        #expect(try gitolite.scene.server.tip(of: "refs/heads/agent/PAY-42/wide") == nil)
        #expect(try gitolite.scene.server.entries().count == 2)
    }

    @Test func `a branch is deleted by a person`() throws {
        let gitolite = try Gitolite()
        try gitolite.server.repository.git("config", "receive.denyDeleteCurrent", "ignore")
        let refused = try gitolite.push(":refs/heads/main", by: "mallory")
        #expect(refused.status == 1 && refused.errorText.contains("ref.operation"), "\(refused.errorText)")
        #expect(try gitolite.push(":refs/heads/main").status == 0)
    }

    @Test func `only gitolite calls it`() throws {
        let gitolite = try Gitolite(settings: [:])
        try gitolite.scene.agent(["Sources/A.swift": "1\n"])
        let refused = try gitolite.push(Scene.branch)
        #expect(refused.status == 1)
        #expect(
            refused.errorText.contains("git config remit.host: is 'plain', and only 'gitolite' calls vref"),
            "\(refused.errorText)")
    }
}
