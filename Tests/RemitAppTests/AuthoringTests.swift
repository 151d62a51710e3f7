import Foundation
import RemitModel
import RemitTestSupport
import Testing

@Suite struct AuthoringTests {
    @Test func `init makes an authority whose signatures ssh-keygen accepts`() throws {
        let place = try Workplace(agents: false)
        #expect(place.pin.hasPrefix("sha256:"))
        #expect(try place.state() == ["Make the authority of example.org"])
        #expect(try place.git("config", "remit.root").text == place.pin)
        try place.verify("roots/1.toml", namespace: "remit-root")
        try place.verify("authority.toml", namespace: "remit-authority")
    }

    @Test func `a signature is good for its own kind of record only`() throws {
        let place = try Workplace(agents: false)
        #expect(throws: CommandFailure.self) {
            try place.verify("authority.toml", namespace: "remit-delegation")
        }
    }

    @Test func `agent add writes a signed record and the files that point to it`() throws {
        let place = try Workplace(agents: false)
        let output = try place.add(
            "claude-code",
            ["--identity", "email:bot@example.org", "--identity", "key:\(place.otherKey().fingerprint())"])
        #expect(output.status == 0, "\(output.errorText)")
        #expect(output.text == "claude-code")
        #expect(try place.state() == ["Register agent claude-code", "Make the authority of example.org"])
        try place.verify("agents/claude-code.toml", namespace: "remit-authority")
        let pointers = try place.git("ls-files", "keys", "identities").lines
        #expect(pointers.count == 2)
        for pointer in pointers {
            #expect(try readFile("\(place.authority)/\(pointer)") == Array("agent claude-code\n".utf8))
        }
    }

    @Test func `grant prints id and trailer, and show tells the remit`() throws {
        let place = try Workplace()
        let output = try place.grant([
            "--merge-into", "refs/heads/main", "--except", "Sources/Secrets/**", "--commits", "40", "--expires", "8h",
            "--merge-by", "7d", "--model", "claude-opus-4-6",
        ])
        #expect(output.status == 0, "\(output.errorText)")
        let id = try #require(RecordID(output.lines[0]))
        #expect(output.lines == [id.description, "Delegation: \(id.abbreviated)"])
        let path = "delegations/\(id.hex.prefix(2))/\(id.hex).toml"
        try place.verify(path, namespace: "remit-delegation")
        let keys = try place.git("ls-files", "keys").lines
        #expect(try keys.map { try readFile("\(place.authority)/\($0)") } == [Array("delegation \(id)\n".utf8)])

        let shown = try place.remit(["show", id.abbreviated])
        #expect(shown.status == 0)
        #expect(shown.lines[0] == "delegation \(id.abbreviated) of example.org: PAY-42, Retry the settlement job")
        #expect(shown.lines[1].hasPrefix("in force: the agent may act for another "))
        for line in [
            "id: \(id)", "delegated by: dana@example.org, who stays accountable; signature and role hold",
            "agent: claude-code of Anthropic, supervised, owned by dana@example.org",
            "has to hand: model claude-opus-4-6; tools: none", "in repository payments:",
            "  may push to: refs/heads/agent/PAY-42/**", "  persons may land its work in: refs/heads/main",
            "  may change: Sources/**", "  never: Sources/Secrets/**",
            "  may do: ref.create, ref.update, file.create, file.modify", "limits: at most 40 commits",
        ] {
            #expect(shown.lines.contains(line), "\(line)")
        }
    }

    @Test func `show gives the same as one JSON object`() throws {
        let place = try Workplace()
        let id = try #require(try place.grant().lines.first)
        let shown = try place.remit(["show", id, "--format", "json"])
        let object = try #require(JSONSerialization.jsonObject(with: Data(shown.stdout)) as? [String: Any])
        #expect(object["schema"] as? String == "remit/v1")
        #expect(object["id"] as? String == id)
        #expect(object["state"] as? String == "in-force")
        #expect((object["agent"] as? [String: Any])?["owners"] as? [String] == ["dana@example.org"])
    }

    @Test func `a bare repository and git config are enough to show`() throws {
        let place = try Workplace()
        let id = try #require(try place.grant().lines.first)
        #expect(try place.git("clone", "--quiet", "--bare", ".", "\(place.directory.path)/bare.git").status == 0)
        let repository = try TestRepository(bare: false)
        try repository.git("config", "remit.authority", "\(place.directory.path)/bare.git")
        let shown = try spawn(
            [BuiltProducts.remit, "show", id], environment: HermeticGit.environment(home: place.directory.path),
            directory: repository.path)
        #expect(shown.status == 0, "\(shown.errorText)")
        #expect(shown.text.contains("signature and role hold"))
    }

    @Test func `a task key is made for its owner's eyes only`() throws {
        let place = try Workplace()
        #expect(try place.grant().status == 0)
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(place.directory.path)/task")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `commits of a prepared work tree carry the task key's signature and the trailer`() throws {
        let place = try Workplace()
        let repository = try TestRepository(bare: false)
        let output = try place.grant(["--worktree", repository.path])
        #expect(output.status == 0, "\(output.errorText)")
        let (id, trailer) = (output.lines[0], output.lines[1])
        #expect(try repository.git("config", "remit.delegation").text == id)
        try repository.git("commit", "--quiet", "--allow-empty", "-m", "Retry", "--trailer", trailer)
        #expect(try repository.git("log", "--format=%(trailers:key=Delegation)").text.contains(trailer))
        let line = String(decoding: try place.directory.read("task.pub"), as: UTF8.self)
        let signers = try place.directory.write("agent namespaces=\"git\" \(line)", to: "signers")
        try repository.git("-c", "gpg.ssh.allowedSignersFile=\(signers)", "verify-commit", "HEAD")
        // An editor begins with the trailer.
        let template = try repository.git("config", "commit.template").text
        #expect(try readFile(template) == Array("\n\n\(trailer)\n".utf8))
    }
}

extension Workplace {
    /// Verifies a committed record with OpenSSH's own tool.
    func verify(_ path: String, namespace: String) throws {
        try SSHKey.keygen(
            [
                "-Y", "verify", "-f", "\(authority)/people.allowed_signers", "-I", Self.person, "-n", namespace, "-s",
                "\(authority)/\(path).sig",
            ], input: try git("cat-file", "blob", "HEAD:\(path)").stdout, in: directory.path)
    }

    func otherKey() throws -> SSHKey { try SSHKey(named: "other", in: directory) }
}
