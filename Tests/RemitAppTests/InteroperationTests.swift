import Foundation
import RemitApp
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// What Remit signs, OpenSSH's own tool verifies with the people file.
@Suite struct InteroperationTests {
    static let kinds: [(type: String, bits: Int?)] = [
        ("ed25519", nil), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 3072),
    ]

    static let namespaces = SignatureNamespace.allCases.filter { $0 != .git }

    @Test(arguments: kinds.indices)
    func `ssh-keygen verifies what each type of key signs, for its purpose alone`(index: Int) throws {
        let place = try Workplace(agents: false, type: Self.kinds[index].type, bits: Self.kinds[index].bits)
        let signer = Signer(try SigningKey(at: place.key.privatePath))
        let record = Array("type = \"x/v1\"\n".utf8)
        for namespace in Self.namespaces {
            let file = try place.directory.write(try signer.sign(record, for: namespace), to: "record.sig")
            for other in Self.namespaces + [.git] {
                let verified = try? SSHKey.keygen(
                    [
                        "-Y", "verify", "-f", "\(place.authority)/people.allowed_signers", "-I", Workplace.person,
                        "-n", other.rawValue, "-s", file,
                    ], input: record, in: place.directory.path)
                #expect((verified != nil) == (other == namespace), "\(namespace) as \(other)")
            }
        }
    }

    /// A command that signs, and the record that it leaves.
    struct Signing: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let namespace: String
        let record: String
        /// The arguments, but for the key.
        let arguments: @Sendable (Workplace) throws -> [String]
    }

    static let signings = [
        Signing(testDescription: "agent add", namespace: "remit-authority", record: "agents/cursor.toml") { _ in
            [
                "agent", "add", "cursor", "--vendor", "Anysphere", "--model", "x", "--tool", "edit", "--owner",
                Workplace.person,
            ]
        },
        Signing(testDescription: "grant", namespace: "remit-delegation", record: "delegations/*/*.toml") { _ in
            ["grant"] + Workplace.scope + ["--new-task-key", "task"]
        },
        Signing(
            testDescription: "baseline", namespace: "remit-exception", record: "exceptions/baseline-payments.toml"
        ) { place in
            let old = try place.history().path
            return ["baseline", old, "--authority", place.authority, "--name", "payments"]
        },
        Signing(testDescription: "approve", namespace: "remit-approval", record: "approvals/*/*/*.toml") { place in
            // Commands run in the person's home, so that is where the commit is.
            let commit = try place.history(at: ".").commit
            return ["approve", commit, "--repository", "payments", "--reason", "read it"]
        },
        Signing(testDescription: "exception", namespace: "remit-exception", record: "exceptions/*/*/*.toml") { _ in
            [
                "exception", "--repository", "payments", "--ref", "refs/heads/main", "--commit",
                String(repeating: "a", count: 40), "--rule", "scope.path", "--expires", "1h", "--reason", "INC-7",
            ]
        },
        Signing(testDescription: "revoke", namespace: "remit-revocation", record: "revocations/*.toml") { _ in
            ["revoke", "sha256:" + String(repeating: "ab", count: 32), "--cause", "ended", "--reason", "x"]
        },
        Signing(testDescription: "suspend", namespace: "remit-revocation", record: "revocations/*/*.toml") { _ in
            ["suspend", "claude-code", "--reason", "x"]
        },
        Signing(testDescription: "review --decline", namespace: "remit-delegation", record: "requests/*.declined.toml")
        { place in
            let request = try place.request()
            return ["review", request.lines[0], "--decline", "--reason", "too much"]
        },
        Signing(testDescription: "review --grant", namespace: "remit-delegation", record: "delegations/*/*.toml") {
            place in
            let request = try place.request(["--new-task-key", "task"])
            return ["review", request.lines[0], "--grant"]
        },
        Signing(testDescription: "agent update", namespace: "remit-authority", record: "agents/claude-code.toml") { _ in
            ["agent", "update", "claude-code", "--add-tool", "bash"]
        },
        Signing(testDescription: "agent review", namespace: "remit-authority", record: "agents/claude-code.toml") { _ in
            ["agent", "review", "claude-code"]
        },
        Signing(testDescription: "root rotate", namespace: "remit-root", record: "roots/2.toml") { place in
            _ = try SSHKey(named: "sam", in: place.directory)
            return ["root", "rotate", "--add-administrator", "sam@example.org=sam.pub"]
        },
        Signing(testDescription: "authority propose", namespace: "remit-authority", record: "authority.toml") { place in
            let policy = String(decoding: try readFile("\(place.authority)/authority.toml"), as: UTF8.self)
                .replacingOccurrences(of: "version = 1\n", with: "version = 1\nprotected_paths = [\"Deploy/**\"]\n")
            try place.directory.write(policy, to: "edited.toml")
            return ["authority", "propose", "--policy", "edited.toml"]
        },
        Signing(testDescription: "authority add-person", namespace: "remit-authority", record: "authority.toml") { _ in
            ["authority", "add-person", "sam@example.org", "--login", "sam"]
        },
    ]

    @Test(arguments: signings)
    func `a key that only ssh-agent holds can sign`(signing: Signing) throws {
        let place = try Workplace()
        let agent = try SSHAgent()
        try agent.add(place.key)
        try FileManager.default.removeItem(atPath: place.key.privatePath)
        let arguments = try signing.arguments(place) + ["--key", place.key.publicPath]
        let without = try place.remit(arguments)
        #expect(without.status == 1)
        #expect(without.errorText.contains("ssh-keygen did not sign"))
        let output = try place.remit(arguments, environment: agent.environment)
        #expect(output.status == 0, "\(output.errorText)")
        let record = try #require(try place.git("ls-files", signing.record).lines.first { $0.hasSuffix(".toml") })
        try place.verify(record, namespace: signing.namespace)
    }

    @Test func `an authority begins with a key that only ssh-agent holds`() throws {
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "id", in: directory)
        let agent = try SSHAgent()
        try agent.add(key)
        try FileManager.default.removeItem(atPath: key.privatePath)
        let made = try Workplace.run(
            [
                "init", "authority", "--organisation", "example.org", "--administrator", Workplace.person, "--key",
                key.publicPath,
            ], in: directory, environment: agent.environment)
        #expect(made.status == 0, "\(made.errorText)")
        for (record, namespace) in [("roots/1.toml", "remit-root"), ("authority.toml", "remit-authority")] {
            try SSHKey.keygen(
                [
                    "-Y", "verify", "-f", "\(directory.path)/authority/people.allowed_signers", "-I", Workplace.person,
                    "-n", namespace, "-s", "\(directory.path)/authority/\(record).sig",
                ], input: try directory.read("authority/\(record)"), in: directory.path)
        }
    }
}
