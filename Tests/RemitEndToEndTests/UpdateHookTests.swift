import Foundation
import RemitEvidence
import RemitModel
import RemitTestSupport
import Testing

/// `update`, run by git where nothing else is, and beside `pre-receive`.
@Suite struct UpdateHookTests {
    static let branch = "refs/heads/agent/PAY-42/work"

    static func updating(alone: Bool = true) throws -> Installed {
        let installed = try Installed()
        let text = String(decoding: try readFile("\(repositoryRoot())/hooks/update"), as: UTF8.self)
        try installed.server.repository.installHook(
            "update", text.replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook))
        if alone { try FileManager.default.removeItem(atPath: installed.hook) }
        return installed
    }

    @Test func `each ref is judged by itself`() throws {
        let installed = try Self.updating()
        let delegation = try installed.authority.delegate()
        let good = try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation)
        try installed.server.commit(["Deploy/run.sh": "1\n"], under: delegation, on: "refs/heads/agent/PAY-42/bad")
        let push = try installed.server.push(Self.branch, "refs/heads/agent/PAY-42/bad")
        #expect(push.status == 1)
        #expect(push.errorText.contains("scope.path"), "\(push.errorText)")
        #expect(push.errorText.contains("(hook declined)"), "\(push.errorText)")
        // All or nothing is what this hook cannot do.
        #expect(try installed.server.tip(of: Self.branch) == good)
        #expect(try installed.server.tip(of: "refs/heads/agent/PAY-42/bad") == nil)
        #expect(try installed.kinds() == ["installed", "decision", "decision", "effect"])
        let effect = try #require(try installed.effects().last)
        #expect(effect.leaf.summary == .effect(landed: 1, undecided: 0))
        try expectSameAgain(inLedgerAt: installed.server.ledgerPath)
    }

    @Test func `each ref is counted as a push`() throws {
        let installed = try Self.updating()
        let delegation = try installed.authority.delegate { $0.limits = ["pushes": 1] }
        let one = try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation)
        try installed.server.client.git("branch", "agent/PAY-42/other", one.hex)
        let push = try installed.server.push(Self.branch, "refs/heads/agent/PAY-42/other")
        #expect(push.status == 1)
        #expect(push.errorText.contains("limit.pushes"), "\(push.errorText)")
    }

    @Test func `what pre-receive has let is judged once`() throws {
        let installed = try Self.updating(alone: false)
        let delegation = try installed.authority.delegate { $0.limits = ["pushes": 1] }
        let one = try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation)
        try installed.server.client.git("branch", "agent/PAY-42/other", one.hex)
        let push = try installed.server.push(Self.branch, "refs/heads/agent/PAY-42/other")
        #expect(push.status == 0, "\(push.errorText)")
        #expect(try installed.kinds() == ["installed", "decision", "effect"])
    }

    @Test func `what pre-receive has let of a signed push is judged once`() throws {
        let installed = try Self.updating(alone: false)
        let server = installed.server
        try server.repository.git("config", "receive.certNonceSeed", "0123456789abcdef0123")
        try server.client.git("config", "gpg.format", "ssh")
        try server.client.git("config", "user.signingKey", installed.authority.sam.publicPath)
        try server.commit(["README.md": "2\n"])
        let push = try server.push("main", options: ["--signed=true"])
        #expect(push.status == 0, "\(push.errorText)")
        #expect(try installed.kinds() == ["installed", "decision", "effect"])
    }

    @Test func `its own decision speaks for no later push`() throws {
        let installed = try Self.updating()
        try FileManager.default.removeItem(atPath: "\(installed.path)/hooks/post-receive")
        let delegation = try installed.authority.delegate()
        let commit = try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation)
        #expect(try installed.server.push(Self.branch).status == 0)
        // Taken away past the gate, so that the very same update can be pushed again, and revoked meanwhile.
        try installed.server.repository.git("update-ref", "-d", Self.branch)
        try installed.authority.revoke(.delegation(delegation.id))
        let push = try installed.server.push(Self.branch)
        #expect(push.status == 1)
        #expect(push.errorText.contains("delegation.revoked"), "\(push.errorText)")
        #expect(try installed.server.tip(of: Self.branch) == nil)
        #expect(commit != .zero)
    }

    @Test func `a decision of pre-receive is no longer believed once it has landed`() throws {
        let installed = try Self.updating(alone: false)
        let delegation = try installed.authority.delegate()
        try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation)
        #expect(try installed.server.push(Self.branch).status == 0)
        try installed.server.repository.git("update-ref", "-d", Self.branch)
        try FileManager.default.removeItem(atPath: installed.hook)
        try installed.authority.revoke(.delegation(delegation.id))
        let push = try installed.server.push(Self.branch)
        #expect(push.status == 1)
        #expect(push.errorText.contains("delegation.revoked"), "\(push.errorText)")
    }

    @Test func `a deletion is judged too`() throws {
        let installed = try Self.updating()
        let delegation = try installed.authority.delegate()
        try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation)
        #expect(try installed.server.push(Self.branch).status == 0)
        #expect(try installed.server.push(":\(Self.branch)").status == 0)
        #expect(try installed.server.tip(of: Self.branch) == nil)
        #expect(try installed.kinds() == ["installed", "decision", "effect", "decision", "effect"])
        try expectSameAgain(inLedgerAt: installed.server.ledgerPath)
    }

    @Test func `an older hook is asked about what Remit lets`() throws {
        let installed = try Self.updating()
        let log = "\(installed.authority.keys.path)/older"
        let text = String(decoding: try readFile("\(repositoryRoot())/hooks/update-chained"), as: UTF8.self)
        try installed.server.repository.installHook(
            "update", text.replacing("/usr/local/bin/remit-hook", with: try BuiltProducts.hook))
        try installed.server.repository.installHook("update.chained", "#!/bin/sh\necho \"$@\" >>'\(log)'\nexit 3\n")
        let delegation = try installed.authority.delegate()
        let commit = try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation)
        #expect(try installed.server.push(Self.branch).status == 1)
        #expect(
            String(decoding: try readFile(log), as: UTF8.self) == "\(Self.branch) \(ObjectID.zero) \(commit)\n")
        #expect(try installed.server.tip(of: Self.branch) == nil)
        try installed.server.commit(["Deploy/a": "1\n"], under: delegation)
        #expect(try installed.server.push(Self.branch).status == 1)
        #expect(String(decoding: try readFile(log), as: UTF8.self).split(separator: "\n").count == 1)
    }

    @Test func `a program that is gone moves no ref`() throws {
        let installed = try Self.updating()
        let text = String(decoding: try readFile("\(repositoryRoot())/hooks/update"), as: UTF8.self)
        try installed.server.repository.installHook(
            "update", text.replacing("/usr/local/bin/remit-hook", with: "/bin/true"))
        try installed.server.commit(["README.md": "2\n"])
        let push = try installed.server.push("refs/heads/main")
        #expect(push.status == 1)
        #expect(
            push.remote.contains(
                "remit: error: '/bin/true' is not the remit-hook that this hook file was written for, so this ref was not "
                    + "moved\n"), "\(push.errorText)")
    }

    @Test func `arguments that git does not give are refused`() throws {
        let scene = try BadInputScene()
        let zero = ObjectID.zero.hex
        for arguments in [[], ["a"], ["a", zero], ["a", zero, zero, "b"]] {
            scene.arguments = ["update"] + arguments
            #expect(try scene.run().status == 64)
        }
        let tip = try scene.server.repository.resolve("refs/heads/main").hex
        scene.arguments = ["update", "refs/heads/new", zero, tip]
        #expect(try scene.run().status == 0)
        scene.arguments = ["update", "refs/heads/\u{FFFD}", zero, tip]
        let output = try scene.run()
        #expect(output.status == 2)
        #expect(
            output.errorText.contains("the ref's name is not UTF-8, so 'update' cannot tell which one it is"),
            "\(output.errorText)")
        scene.arguments = ["update", "refs/heads/new", "x", tip]
        #expect(try scene.run().status == 2)
    }
}
