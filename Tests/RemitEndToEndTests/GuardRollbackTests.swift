import RemitModel
import RemitTestSupport
import Testing

/// An authority that was put back: on its own server, and before the servers that read it.
@Guards @Suite struct GuardRollbackTests {
    @Test func `an older authority pushed again is refused`() throws {
        let scene = try Guarded()
        let older = try scene.clone.resolve(Guarded.main)
        try scene.authority.publish { $0.version = 2 }
        expectAllowed(try scene.push())
        _ = try scene.authority.delegate()
        expectAllowed(try scene.push())
        // Somebody on the server puts it back; what is pushed on top is still behind what was seen.
        try scene.server.repository.setRef(Guarded.main, to: older)
        let newest = try scene.clone.resolve(Guarded.main)
        try scene.clone.setRef(Guarded.main, to: older)
        _ = try scene.request()
        let trial = try scene.push()
        expectRefused(trial, by: ["authority.version"])
        #expect(trial.said.contains("policy version 1 is older than version 2, which this server has seen"))
        // What was there is brought back by a push.
        try scene.clone.setRef(Guarded.main, to: newest)
        expectAllowed(try scene.push())
    }

    @Test func `another policy under a version that was seen is refused`() throws {
        let scene = try Guarded()
        let older = try scene.clone.resolve(Guarded.main)
        try scene.authority.publish { $0.version = 2 }
        expectAllowed(try scene.push())
        _ = try scene.request()
        expectAllowed(try scene.push())
        try scene.server.repository.setRef(Guarded.main, to: older)
        try scene.startOver()
        try scene.authority.publish { $0.operators = ["sam@example.org"] }
        let trial = try scene.push()
        expectRefused(trial, by: ["authority.version"])
        #expect(trial.said.contains("policy version 2 is not the one that this server has seen under that number"))
    }

    @Test func `code repositories believe neither an older root nor another policy of the same version`() throws {
        let scene = try Guarded()
        let older = try scene.clone.resolve(Guarded.main)
        let server = try TestServer(scene.authority)
        try scene.root(signedBy: [scene.authority.dana, scene.authority.sam])
        expectAllowed(try scene.push())
        try server.commit(["README.md": "1\n"])
        expectAllowed(try server.trial(Guarded.main))
        try scene.server.repository.setRef(Guarded.main, to: older)
        try server.commit(["README.md": "2\n"])
        let root = try server.trial(Guarded.main)
        expectUndecided(root, by: ["undecided.authority"])
        #expect(root.said.contains("root version 1 is older than version 2, which this server has seen"))
    }

    @Test func `code repositories believe no other policy of the same version`() throws {
        let authority = try TestAuthority()
        let server = try TestServer(authority)
        try server.commit(["README.md": "1\n"])
        expectAllowed(try server.trial(Guarded.main))
        try authority.publish { $0.operators = ["sam@example.org"] }
        try server.commit(["README.md": "2\n"])
        let trial = try server.trial(Guarded.main)
        expectUndecided(trial, by: ["undecided.authority"])
        #expect(trial.said.contains("policy version 1 is not the one that this server has seen under that number"))
    }

    @Test func `a broken authority says how it is mended`() throws {
        let scene = try Guarded()
        let good = try scene.clone.resolve(Guarded.main)
        try scene.server.repository.commit(["authority.toml.sig": .delete])
        _ = try scene.authority.delegate()
        expectUndecided(
            try scene.push("--force"), by: ["undecided.authority"],
            saying: """
                undecided: this push could not be checked, nothing of it was accepted
                error: the authority could not be verified: 'authority.toml' is signed by 0 of the 1 administrators \
                needed; no push mends that: on the server, point refs/heads/main at a commit that verifies with \
                'git update-ref'
                  rule     undecided.authority
                hint: try 'git push' again, and if it stays so ask the administrators to run 'remit doctor' on the server
                decision recorded
                """)
        try scene.server.repository.setRef(Guarded.main, to: good)
        expectAllowed(try scene.push())
    }

    @Test func `a replaced agent's record does not come back`() throws {
        let scene = try Guarded()
        let first = try scene.clone.git("cat-file", "blob", "\(Guarded.main):agents/claude-code.toml").text + "\n"
        let signature =
            try scene.clone.git("cat-file", "blob", "\(Guarded.main):agents/claude-code.toml.sig").text + "\n"
        try scene.authority.register { $0.status = "retired" }
        expectAllowed(try scene.push())
        try scene.commit(["agents/claude-code.toml": .file(first), "agents/claude-code.toml.sig": .file(signature)])
        let trial = try scene.push()
        expectRefused(trial, by: ["authority.version"])
        #expect(trial.said.contains("it is what an earlier record of it said, and that was replaced"))
    }

    @Test func `a first push is judged whole`() throws {
        let scene = try Guarded()
        try scene.server.repository.git("update-ref", "-d", Guarded.main)
        try scene.commit(["notes.txt": "x\n"])
        expectRefused(try scene.push(), by: ["authority.layout"])
        try scene.commit(["notes.txt": .delete])
        expectAllowed(try scene.push())
    }
}
