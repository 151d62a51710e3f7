import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// What the deploy gate signs, read and verified by others.
@Suite struct StatementTests {
    /// Reads a bundle as any consumer could, and leaves what was signed and the signatures in files.
    static let reader = """
        import base64, json, sys
        for number, line in enumerate(open(sys.argv[1])):
            envelope = json.loads(line)
            payload = base64.b64decode(envelope["payload"], validate=True)
            kind = envelope["payloadType"].encode()
            with open(f"{sys.argv[2]}/{number}.pae", "wb") as file:
                file.write(b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload))
            with open(f"{sys.argv[2]}/{number}.sig", "wb") as file:
                file.write(base64.b64decode(envelope["signatures"][0]["sig"], validate=True))
            statement = json.loads(payload)
            print(statement["_type"], statement["predicateType"])
            print(json.dumps(statement["subject"], sort_keys=True))
            predicate = statement["predicate"]
            print(*[predicate.get(name) for name in sys.argv[3:]])
        """

    static func run(_ command: [String], in directory: TemporaryDirectory) throws -> Output {
        try spawn(
            command, environment: HermeticGit.environment(home: directory.path), directory: directory.path)
    }

    @Test(arguments: ["ed25519", "p256"])
    func `another reader reads them, and openssl verifies them`(type: String) throws {
        let deploying = try Deploying(type: type)
        let commit = try deploying.advance("1\n")
        let image = String(repeating: "ab", count: 32)
        let file = try deploying.state(
            "remit.jsonl", for: "production",
            ["--subject", "registry/pay@sha256:\(image)", "--resource", "git+https://git.example.org/payments"])
        let directory = deploying.directory
        let read = try Self.run(
            [
                "python3", "-c", Self.reader, file, directory.path, "verificationResult", "resourceUri", "environment",
                "outcome", "commit",
            ], in: directory)
        try #require(read.status == 0, "\(read.errorText)")
        let source =
            #"{"annotations": {"sourceRefs": ["refs/heads/main"]}, "digest": {"gitCommit": "\#(commit.hex)"}, "#
            + #""uri": "git+https://git.example.org/payments"}"#
        #expect(
            read.lines == [
                "https://in-toto.io/Statement/v1 https://slsa.dev/verification_summary/v1", "[\(source)]",
                "PASSED git+https://git.example.org/payments None None None",
                "https://in-toto.io/Statement/v1 https://remit.dev/decision/v1",
                #"[\#(source), {"digest": {"sha256": "\#(image)"}, "name": "registry/pay"}]"#,
                "None None production allowed \(commit.hex)",
            ])
        let pem = try directory.write(Array(deploying.publicPEM.utf8), to: "public.pem")
        for number in 0..<2 {
            let (pae, signature) = ("\(directory.path)/\(number).pae", "\(directory.path)/\(number).sig")
            let command =
                type == "ed25519"
                ? ["pkeyutl", "-verify", "-pubin", "-inkey", pem, "-rawin", "-sigfile", signature, "-in", pae]
                : ["dgst", "-sha256", "-verify", pem, "-signature", signature, pae]
            #expect(try Self.run(["openssl"] + command, in: directory).status == 0)
        }
    }

    @Test func `nothing is written of a refusal, and in monitor mode it is told`() throws {
        let deploying = try Deploying()
        try deploying.server.commit(["README.md": "2\n"], message: "change\n\n\(TestServer.mark)\n")
        let file = "\(deploying.directory.path)/remit.jsonl"
        let refused = try deploying.deploy(["--statement", file, "--sign-key", deploying.key])
        #expect(refused.status == 1, "\(refused.text)\(refused.errorText)")
        #expect(!FileManager.default.fileExists(atPath: file))
        let monitored = try deploying.deploy(
            ["--statement", file, "--sign-key", deploying.key, "--mode", "monitor"])
        #expect(monitored.status == 0, "\(monitored.text)\(monitored.errorText)")
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(
            monitored.errorText.hasPrefix(
                "remit: no statement is written: monitor mode lets the deployment through, nothing allowed it\n"))
    }

    @Test func `a token in the remote's URL is nobody's business`() throws {
        let deploying = try Deploying()
        try deploying.client.git(
            "config", "remote.origin.url", "https://gitlab-ci-token:s3cret@git.example.org/payments.git")
        let file = try deploying.state("remit.jsonl")
        let directory = deploying.directory
        let read = try Self.run(
            ["python3", "-c", Self.reader, file, directory.path, "resourceUri"], in: directory)
        #expect(read.lines[2] == "git+https://git.example.org/payments.git")
        #expect(!String(decoding: try readFile("\(directory.path)/1.pae"), as: UTF8.self).contains("s3cret"))
    }

    static let usage: [(arguments: [String], said: String)] = [
        (
            ["--statement", "DIR/old", "--sign-key", "KEY"],
            "remit: error: 'DIR/old' exists already\nremit: hint: name a file that is not there yet\n"
        ),
        (
            ["--statement", "DIR/none/x", "--sign-key", "KEY"],
            "remit: error: there is no directory to write 'DIR/none/x' in\nremit: hint: make it first\n"
        ),
        (
            ["--statement", "DIR/x", "--sign-key", "DIR/absent"],
            "remit: error: there is no key 'DIR/absent'\n"
                + "remit: hint: make one with 'remit gate key --new DIR/absent'\n"
        ),
        (
            ["--statement", "DIR/x", "--sign-key", "DIR/open"],
            "remit: error: 'DIR/open' can be read by others than its owner\nremit: hint: run 'chmod 600 DIR/open'\n"
        ),
        (
            ["--statement", "DIR/x"],
            "remit: error: --statement and --sign-key are given together\nremit: hint: 'remit gate deploy --help' shows the usage\n"
        ),
        (
            ["--resource", "git+https://a/b"],
            "remit: error: --subject and --resource need --statement\nremit: hint: 'remit gate deploy --help' shows the usage\n"
        ),
        (
            ["--statement", "DIR/x", "--sign-key", "KEY", "--subject", "pay@sha256:12"],
            "remit: error: The value 'pay@sha256:12' is invalid for '--subject <name@sha256:hex>': a name, '@sha256:' and 64 "
                + "lower-case hexadecimal digits are needed\nremit: hint: 'remit gate deploy --help' shows the usage\n"
        ),
        (
            ["--statement", "DIR/x", "--sign-key", "KEY", "--resource", "git+https://me:pw@a/b"],
            "remit: error: --resource must be 'git+' and a URL without a password\n"
                + "remit: hint: such as git+https://example.org/payments\n"
        ),
    ]

    @Test(arguments: usage.indices)
    func `wrong usage is told before anything is judged`(row: Int) throws {
        let deploying = try Deploying()
        let directory = deploying.directory.path
        try writeFile([1], to: "\(directory)/old")
        #expect(
            try Self.run(["sh", "-c", "cp gate.pem open && chmod 644 open"], in: deploying.directory).status == 0)
        let row = Self.usage[row]
        let output = try deploying.deploy(
            row.arguments.map { $0.replacing("DIR", with: directory).replacing("KEY", with: deploying.key) })
        #expect(output.status == 64)
        let said = output.errorText.replacing(directory, with: "DIR")
        #expect(said == row.said)
        #expect(!FileManager.default.fileExists(atPath: "\(directory)/x"))
    }

    @Test func `a key is its owner's alone, is told again, and never replaced`() throws {
        let deploying = try Deploying()
        let directory = deploying.directory
        #expect(try Self.run(["stat", "-c", "%a", deploying.key], in: directory).text == "600")
        let again = try deploying.remit(["gate", "key", deploying.key])
        #expect(again.text + "\n" == "\(deploying.publicLine)\n\(deploying.publicPEM)")
        let before = try readFile(deploying.key)
        let refused = try deploying.remit(["gate", "key", "--new", deploying.key])
        #expect(refused.status == 64)
        #expect(
            refused.errorText
                == "remit: error: '\(deploying.key)' exists already\nremit: hint: nothing was written\n")
        #expect(try readFile(deploying.key) == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: directory.path).allSatisfy { !$0.hasPrefix(".remit") })
    }
}
