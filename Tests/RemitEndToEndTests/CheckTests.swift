import RemitModel
import RemitTestSupport
import Testing

@Suite struct CheckTests {
    /// An installed gate, and a clone that knows where the authority is.
    private static func ready() throws -> Installed {
        let installed = try Installed()
        for (key, value) in [
            ("remit.authority", installed.authority.path), ("remit.root", installed.authority.root.description),
            ("remit.repository", "payments"),
        ] { try installed.server.client.git("config", key, value) }
        return installed
    }

    @Test func `what the hook refuses, the check refuses in the same words`() throws {
        let installed = try Self.ready()
        let server = installed.server
        let delegation = try installed.authority.delegate()
        try server.commit(["Deploy/run.sh": "x\n", "Sources/A.swift": "1\n"], under: delegation)
        try server.client.git("checkout", "-q", "agent/PAY-42/work")

        let check = try installed.remit(["check"])
        #expect(check.status == 1, "\(check.errorText)")
        #expect(check.lines.first == "remit: refused: a push of this would not be accepted")
        let push = try server.push("HEAD")
        let said = push.errorText.split(separator: "\n").filter { $0.hasPrefix("remote: remit: ") }
            .map { String($0.dropFirst("remote: ".count).trimmingSuffix(while: { $0 == " " })) }
        #expect(said.first == "remit: refused: nothing of this push was accepted")
        #expect(check.lines.dropFirst().elementsEqual(said.dropFirst().dropLast()))
        #expect(said.last?.hasSuffix(" recorded") == true)
    }

    @Test func `a new branch is judged beyond what the remote's protected branches have`() throws {
        let installed = try Self.ready()
        let delegation = try installed.authority.delegate()
        let commit = try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation)
        try installed.server.client.git("checkout", "-q", "agent/PAY-42/work")
        let check = try installed.remit(["check"])
        #expect(check.status == 0, "\(check.text)\(check.errorText)")
        #expect(
            check.errorText
                == "remit: checking '\(commit.abbreviated)' as a new ref refs/heads/agent/PAY-42/work\n")
        #expect(
            check.text
                == "remit: allowed 1 commit of claude-code under delegation \(delegation.id.abbreviated) "
                + "of dana@example.org")
    }

    @Test func `local branches prove nothing about what has landed`() throws {
        let installed = try Self.ready()
        // Unlanded work of an agent on the clone's own main, below the branch that is checked.
        let stray = try installed.server.commit(
            ["Sources/B.swift": "1\n"], message: "stray\n\n\(TestServer.mark)\n")
        try installed.server.commit(["README.md": "2\n"], on: "refs/heads/topic")
        try installed.server.client.git("checkout", "-q", "topic")
        let check = try installed.remit(["check"])
        #expect(check.status == 1)
        #expect(check.text.contains("commit \(stray.abbreviated) is by agent 'claude-code' without a delegation"))
    }

    @Test func `with an upstream it is upstream to HEAD, as a push to the upstream`() throws {
        let installed = try Self.ready()
        let old = try installed.server.client.resolve("HEAD")
        let new = try installed.server.commit(["README.md": "2\n"])
        let check = try installed.remit(["check"])
        #expect(check.status == 0)
        #expect(
            check.errorText == """
                remit: checking '\(old.abbreviated)..\(new.abbreviated)' as a push to refs/heads/main
                remit: allowed, without a mark of an agent; commits judged: 1

                """)
        #expect(check.text.isEmpty)
    }

    @Test(arguments: ["origin/main..HEAD", "origin/main..", "HEAD", "HEAD~1..HEAD"])
    func `a range is what git says it is`(range: String) throws {
        let installed = try Self.ready()
        let commit = try installed.server.commit(["A.swift": "1\n"], message: "a\n\n\(TestServer.mark)\n")
        try installed.server.client.git("checkout", "-q", "main")
        let check = try installed.remit(["check", range])
        #expect(check.status == 1)
        #expect(check.errorText == "remit: checking '\(range)' as a push to refs/heads/main\n")
        #expect(check.text.contains("commit \(commit.abbreviated) is by agent 'claude-code' without a delegation"))
    }

    @Test func `a base that has moved on is compared from where the work began`() throws {
        let installed = try Self.ready()
        let delegation = try installed.authority.delegate()
        try installed.server.commit(["Sources/A.swift": "1\n"], under: delegation)
        try installed.server.commit(["README.md": "2\n"])
        let check = try installed.remit(["check", "main..agent/PAY-42/work", "--ref", "agent/PAY-42/work"])
        #expect(check.status == 0, "\(check.text)\(check.errorText)")
    }

    static let faults: [(arguments: [String], says: String)] = [
        (["a...b"], "'a...b' is a symmetric difference"),
        (["nothing..HEAD"], "'nothing' is not a commit of this repository"),
        (["HEAD~9"], "'HEAD~9' is not a commit of this repository"),
        (["--ref", "refs/heads/a..b"], "--ref 'refs/heads/a..b' is not the name of a ref: two dots in a row"),
        (["--root", "sha256:1"], "'sha256:1' is not the digest of a root"),
        (["--format", "xml"], "The value 'xml' is invalid for '--format <format>'"),
    ]

    @Test(arguments: faults) func `wrong usage ends with 64`(arguments: [String], says: String) throws {
        let installed = try Self.ready()
        let check = try installed.remit(["check"] + arguments)
        #expect(check.status == 64)
        #expect(check.errorText.hasPrefix("remit: error: \(says)"), "\(check.errorText)")
    }

    @Test func `a detached HEAD needs a ref`() throws {
        let installed = try Self.ready()
        try installed.server.client.git("checkout", "-q", "--detach")
        let check = try installed.remit(["check"])
        #expect(check.status == 64)
        #expect(
            check.errorText == """
                remit: error: HEAD is on no branch, so nothing says where it would be pushed
                remit: hint: name the ref with --ref

                """)
    }

    @Test func `an authority that cannot be believed leaves it undecided`() throws {
        let installed = try Self.ready()
        let other = try TestAuthority()
        let check = try installed.remit(["check", "--root", other.root.description])
        #expect(check.status == 2)
        #expect(check.lines.first == "remit: undecided: this could not be checked")
    }

    @Test func `a person's account can be put in for the pusher's`() throws {
        let installed = try Self.ready()
        try installed.authority.publish { $0.attribution = "authenticated" }
        try installed.server.commit(["README.md": "2\n"])
        #expect(try installed.remit(["check"]).status == 1)
        #expect(try installed.remit(["check", "--as-person", "dana"]).status == 0)
    }

    @Test func `the decision in JSON`() throws {
        let installed = try Self.ready()
        let check = try installed.remit(["check", "--format", "json"])
        #expect(check.text.hasPrefix(#"{"schema":"decision/v1","outcome":"allowed","mode":"enforce""#))
        #expect(check.errorText.isEmpty)
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
