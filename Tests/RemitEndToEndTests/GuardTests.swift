import Foundation
import RemitModel
import RemitTestSupport
import Testing

@globalActor actor Guards { static let shared = Guards() }

/// Pushes to the authority itself: real git, the real hook, real signatures.
@Guards @Suite struct GuardTests {
    @Test func `every kind of record is let through`() throws {
        let scene = try Guarded()
        let authority = scene.authority
        let commit = try scene.clone.resolve(Guarded.main)
        func expectPushed(_ change: () throws -> Void, _ location: SourceLocation = #_sourceLocation) throws {
            try change()
            expectAllowed(try scene.push(), saying: "", at: location)
        }
        try expectPushed {
            try authority.register("cursor") { $0.identities = ["login:bot", "email:bot@example.org"] }
        }
        let delegation = try authority.delegate()
        try expectPushed {}
        try expectPushed { try authority.revoke(.delegation(delegation.id)) }
        try expectPushed { try authority.revoke(.agent("cursor")) }
        try expectPushed { _ = try scene.approve(commit) }
        try expectPushed { _ = try scene.except(commit) }
        try expectPushed { try authority.baseline([commit]) }
        let request = try scene.request()
        try expectPushed {}
        try expectPushed { try scene.decline(request) }
        try expectPushed { _ = try authority.add(person: "eve@example.org", logins: ["eve"]) }
        try expectPushed { try scene.root(signedBy: [authority.dana], at: "proposals/roots/2.toml") }
        try expectPushed {
            try scene.commit(["proposals/roots/2.toml": .delete, "proposals/roots/2.toml.sig": .delete])
        }
        try expectPushed { try scene.root(signedBy: [authority.dana, authority.sam]) }
        try expectPushed { try scene.commit(["README.md": "the authority\n", ".gitattributes": "* -text\n"]) }
        // A code repository decides by what was pushed.
        let server = try TestServer(authority)
        try server.commit(["Sources/A.swift": "1\n"], under: delegation)
        expectRefused(try server.trial("refs/heads/agent/PAY-42/work"), by: ["delegation.revoked"])
    }

    @Test func `a push of many commits is judged commit by commit`() throws {
        let scene = try Guarded()
        _ = try scene.authority.delegate()
        _ = try scene.authority.delegate { $0.task = "PAY-43" }
        try scene.authority.publish { $0.version = 2 }
        expectAllowed(try scene.push())
        _ = try scene.authority.delegate { $0.task = "PAY-44" }
        try scene.commit(["notes.txt": "hidden\n"])
        try scene.commit(["notes.txt": .delete])
        expectRefused(
            try scene.push(), by: ["authority.layout"],
            saying: """
                refused: nothing of this push was accepted
                error: 'notes.txt' has no place in an authority: no record lies there
                  rule     authority.layout
                  ref      refs/heads/main
                  commit   <id>
                  ask      dana@example.org
                hint: take it out with 'git rebase -i': remit writes every file where it belongs
                decision recorded
                """)
    }

    @Test func `what was there does not change`() throws {
        let scene = try Guarded()
        let delegation = try scene.authority.delegate()
        try scene.authority.revoke(.agent("claude-code"))
        expectAllowed(try scene.push())
        let path = Guarded.delegationPath(delegation.id)
        try scene.commit([path: "type = \"delegation/v1\"\n"])
        expectRefused(try scene.push(), by: ["authority.immutable"])
        try scene.startOver()
        try scene.commit(["revocations/agent-claude-code/1.toml": .delete])
        expectRefused(
            try scene.push(), by: ["authority.immutable"],
            saying: """
                refused: nothing of this push was accepted
                error: 'revocations/agent-claude-code/1.toml' stays in the authority as it is: a record is never removed
                  rule     authority.immutable
                  ref      refs/heads/main
                  commit   <id>
                  ask      dana@example.org
                hint: begin again from what the server has with 'git fetch' and 'git reset --hard @{upstream}', then add \
                a new record
                decision recorded
                """)
    }

    @Test func `the history only grows`() throws {
        let scene = try Guarded()
        _ = try scene.authority.delegate()
        expectAllowed(try scene.push())
        let tip = try scene.clone.resolve(Guarded.main)
        let root = try scene.clone.resolve("\(Guarded.main)~2")
        try scene.clone.setRef(Guarded.main, to: root)
        let rewind = try scene.push("--force")
        expectRefused(rewind, by: ["authority.immutable"])
        #expect(
            rewind.said.contains("the history of an authority only grows: commits that the server has are taken back"))
        let deletion = try scene.server.trial(":\(Guarded.main)")
        expectRefused(deletion, by: ["authority.immutable"])
        #expect(deletion.said.contains("the history of an authority only grows: it is not deleted"))
        let tree = try scene.clone.resolve("\(tip)^{tree}")
        let merge = try scene.clone.commitTree(tree, parents: [tip, root])
        try scene.clone.setRef(Guarded.main, to: merge)
        let merged = try scene.push()
        expectRefused(merged, by: ["authority.immutable"])
        #expect(merged.said.contains("its commits follow each other one by one, without merges"))
        var last = tip
        for _ in 0..<1_001 { last = try scene.clone.commit([:], on: "refs/scratch", parents: [last]) }
        try scene.clone.setRef(Guarded.main, to: last)
        let many = try scene.push()
        expectRefused(many, by: ["authority.immutable"])
        #expect(many.said.contains("1001 commits at once are more than 1000"))
    }

    @Test func `an authority has one ref`() throws {
        let scene = try Guarded()
        for ref in ["refs/heads/other", "refs/tags/v1", "refs/notes/x"] {
            expectRefused(
                try scene.server.trial("\(Guarded.main):\(ref)"), by: ["authority.layout"],
                saying: """
                    refused: nothing of this push was accepted
                    error: ref '\(ref)' has no place in an authority: an authority has one ref, refs/heads/main
                      rule     authority.layout
                      ref      \(ref)
                      granted  refs/heads/main
                      ask      dana@example.org
                    hint: push to the one that it has with 'git push origin HEAD:refs/heads/main'
                    decision recorded
                    """)
        }
    }

    @Test func `links and foreign files`() throws {
        let scene = try Guarded()
        try scene.commit(["README.md": .symlink(to: "/etc/passwd")])
        expectRefused(try scene.push(), by: ["authority.layout"])
        try scene.startOver()
        try scene.commit(["authority.toml": .executable("x\n")])
        expectRefused(try scene.push(), by: ["authority.layout"])
        try scene.startOver()
        try scene.commit([".github/workflows/ci.yml": "x\n"])
        expectRefused(try scene.push(), by: ["authority.layout"])
    }

    /// Git's own comparisons pass over it, and no record could be put there any more.
    @Test func `an empty directory in the place of a suspension`() throws {
        let scene = try Guarded()
        let tip = try scene.clone.resolve(Guarded.main)
        let empty = try scene.clone.writeTree([])
        let inner = try scene.clone.writeTree([("40000", Array("1.toml".utf8), empty)])
        let outer = try scene.clone.writeTree([("40000", Array("agent-claude-code".utf8), inner)])
        var entries: [(mode: String, name: [UInt8], id: ObjectID)] = []
        for line in try scene.clone.git("ls-tree", Guarded.main).lines {
            let fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            let mode = fields[0].drop { $0 == "0" }
            entries.append((String(mode), Array(fields[3].utf8), try #require(ObjectID(hex: String(fields[2])))))
        }
        entries.append(("40000", Array("revocations".utf8), outer))
        let tree = try scene.clone.writeTree(
            entries.sorted { $0.name.lexicographicallyPrecedes($1.name) })
        try scene.clone.setRef(Guarded.main, to: try scene.clone.commitTree(tree, parents: [tip]))
        let trial = try scene.push()
        expectRefused(trial, by: ["authority.layout"])
        #expect(
            trial.said.contains(
                "'revocations/agent-claude-code/1.toml' has no place in an authority: it is an empty directory, and "
                    + "records are plain files"))
    }

    @Test func `a client that says that the authority stands where it stood before`() throws {
        let scene = try Guarded()
        let older = try scene.clone.resolve(Guarded.main)
        try scene.authority.publish { $0.version = 2 }
        expectAllowed(try scene.push())
        try scene.clone.setRef(Guarded.main, to: older)
        _ = try scene.request()
        let new = try scene.clone.resolve(Guarded.main)
        let trial = try scene.server.receive(
            [RefUpdate(ref: ByteString(Guarded.main), old: older, new: new)], pack: ["\(older.hex)..\(new.hex)"])
        #expect(trial.rules == ["authority.immutable"], "\(trial.terminal)")
        #expect(trial.said.contains("it is not at <id> any more"))
        #expect(trial.isUntouched)
    }

    @Test func `an authority knows itself by whatever path it is named`() throws {
        let scene = try Guarded()
        let link = "\(scene.authority.keys.path)/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: scene.authority.path)
        for path in [link, "\(scene.authority.path)/", "\(scene.authority.path)/objects/.."] {
            try scene.server.configure("remit.authority", path)
            try scene.startOver()
            try scene.commit(["notes.txt": "x\n"])
            expectRefused(try scene.push(), by: ["authority.layout"])
        }
    }

    @Test func `who may write what`() throws {
        let scene = try Guarded()
        let (authority, stranger) = (scene.authority, try scene.authority.newKey())
        // An agent that registers itself, with its own signature.
        try authority.register("rogue", signedBy: stranger)
        expectRefused(
            try scene.push(), by: ["authority.signature"],
            saying: """
                refused: nothing of this push was accepted
                error: 'agents/rogue.toml' lacks the signatures that it needs: no administrator signed it
                  rule     authority.signature
                  ref      refs/heads/main
                  commit   <id>
                  ask      dana@example.org
                hint: ask dana@example.org to sign it with 'remit authority sign'
                decision recorded
                """)
        try scene.startOver()
        _ = try authority.delegate(signedBy: authority.sam) { $0.delegator = "sam@example.org" }
        expectRefused(try scene.push(), by: ["delegation.delegator"])
        try scene.startOver()
        _ = try authority.delegate { $0.grants[0].environments = ["moon"] }
        expectRefused(try scene.push(), by: ["delegation.delegator"])
        try scene.startOver()
        _ = try scene.approve(try scene.clone.resolve(Guarded.main), signedBy: stranger)
        expectRefused(try scene.push(), by: ["authority.signature"])
    }

    @Test func `no key and no account is shared`() throws {
        let scene = try Guarded()
        let key = try scene.authority.newKey().fingerprint()
        try scene.authority.register { $0.identities = ["key:\(key)"] }
        expectAllowed(try scene.push())
        try scene.authority.register("cursor") { $0.identities = ["key:\(key)"] }
        let trial = try scene.push()
        expectRefused(trial, by: ["authority.record"])
        #expect(
            trial.said.contains(
                "key:<key> is of agent 'claude-code' and of agent 'cursor', and nothing is shared"))
        try scene.startOver()
        _ = try scene.authority.delegate { $0.keys = [key] }
        expectRefused(try scene.push(), by: ["authority.record"])
    }

    @Test func `a policy rises, and needs all its signatures`() throws {
        let scene = try Guarded()
        let authority = scene.authority
        try authority.publish { $0.operators = ["sam@example.org"] }
        expectRefused(try scene.push(), by: ["authority.version"])
        try scene.startOver()
        try scene.root(signedBy: [authority.dana, authority.sam])
        expectAllowed(try scene.push())
        try authority.publish { $0.version = 2 }
        // Sam's signature is of the policy before.
        try scene.commit(["authority.toml.sig.2": .delete])
        let trial = try scene.push()
        expectRefused(trial, by: ["authority.signature"])
        #expect(trial.said.contains("'authority.toml' is signed by 1 of the 2 administrators needed"))
    }

    @Test func `what an agent asks for is never authority`() throws {
        let scene = try Guarded()
        let request = try scene.request()
        expectAllowed(try scene.push())
        // The request in the place of a delegation.
        let text = String(
            decoding: try scene.clone.git("cat-file", "blob", "\(Guarded.main):requests/\(request.hex).toml").stdout,
            as: UTF8.self)
        try scene.commit([Guarded.delegationPath(request): .file(text)])
        expectRefused(try scene.push(), by: ["delegation.signature"])
    }

    @Test func `a policy may demand that the server knows who pushes`() throws {
        let scene = try Guarded(settings: Scene.gitolite) {
            try $0.publish { $0.repositories = [.init("authority", attribution: "authenticated")] }
        }
        _ = try scene.request()
        expectRefused(try scene.push(), by: ["attribution.unattributed"])
        expectRefused(try scene.push(environment: Scene.pusher("mallory")), by: ["attribution.unattributed"])
        expectAllowed(try scene.push(environment: Scene.pusher("sam")))
    }
}
