import Foundation
import RemitModel
import RemitTestSupport
import Testing

@Suite struct GateTokenTests {
    private static func refused(_ reason: String) -> String {
        """
        remit: refused: this deployment must not happen
        remit: error: the job has not shown who it is: \(reason)
        remit:   rule     job.identity
        remit:   ref      refs/remit/deployed/production
        remit:   ask      dana@example.org
        remit: hint: give the job a token of its CI system for the audience that the policy names, \
        or ask dana@example.org for a [[job]] entry made with 'remit authority propose'
        """
    }

    @Test func `a token that is this job's lets it deploy, and its evidence is kept`() throws {
        let scene = try TokenScene()
        try scene.give()
        let output = try scene.deployWithToken(["--evidence", scene.evidencePath, "--format", "json"])
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
        let decision = try #require(try JSONSerialization.jsonObject(with: Data(output.stdout)) as? [String: Any])
        #expect(decision["outcome"] as? String == "allowed")
        let job = try #require(decision["job"] as? [String: Any])
        #expect(job["repository_id"] as? String == "1001" && job["run"] as? String == "42")
        let proof = try #require(job["proof"] as? [String: Any])
        #expect(proof["issuer"] as? String == "https://token.actions.githubusercontent.com")

        let names = try FileManager.default.contentsOfDirectory(atPath: scene.evidencePath).sorted()
        #expect(names.count == 2)
        let kept = try names.map { try Data(contentsOf: URL(fileURLWithPath: "\(scene.evidencePath)/\($0)")) }
        for (name, bytes) in zip(names, kept) {
            let digest = try spawn(["sha256sum"], input: Array(bytes), environment: ["PATH": HermeticGit.path])
            #expect(name.hasPrefix(digest.text.prefix(64)))
        }
        let token = try String(contentsOfFile: scene.tokenPath, encoding: .utf8)
        let signature = try #require(token.split(separator: ".").last).dropLast()
        for said in kept + [Data(output.stdout), Data(output.stderr)] {
            #expect(!String(decoding: said, as: UTF8.self).contains(signature))
        }
    }

    @Test func `without one it is refused`() throws {
        let scene = try TokenScene()
        let output = try scene.deploy([])
        #expect(output.status == 1)
        #expect(output.text == Self.refused("environment 'production' demands a token, and none was given"))
    }

    static let bad: [(changes: [String: String?], says: String)] = [
        (["repository_id": #""7""#], "the token says repository_id '7', the policy pins '1001'"),
        (
            ["aud": #""sts.amazonaws.com""#],
            "the token cannot be believed: it is not for audience 'https://remit.example.org' alone"
        ),
        (
            ["iss": #""https://gitlab.com""#],
            "the token cannot be believed: no [[job]] entry of the policy is for a token of issuer "
                + "'https://gitlab.com' here"
        ),
        (
            ["event_name": #""pull_request_target""#],
            "the token says event_name 'pull_request_target'; one of push, workflow_dispatch, schedule, release, "
                + "deployment may deploy"
        ),
    ]

    @Test(arguments: bad) func `with another's it is refused`(changes: [String: String?], says: String) throws {
        let scene = try TokenScene()
        try scene.give(changes)
        let output = try scene.deployWithToken()
        #expect(output.status == 1)
        #expect(output.text == Self.refused(says))
    }

    @Test func `with one for another environment it is refused by the rules for identity and for environments`() throws
    {
        let scene = try TokenScene()
        try scene.give(["environment": #""staging""#])
        let output = try scene.deployWithToken()
        #expect(output.status == 1)
        #expect(
            output.lines.filter { $0.hasPrefix("remit: error: ") || $0.hasPrefix("remit:   rule ") } == [
                "remit: error: the job has not shown who it is: the token is for environment 'staging', not 'production'",
                "remit:   rule     job.identity",
                "remit: error: the job must not deploy to environment 'production': "
                    + "the job's token is for environment 'staging'",
                "remit:   rule     job.environment",
            ])
    }

    @Test func `with one for another commit, or an expired or forged one, it is refused`() throws {
        let scene = try TokenScene()
        try scene.give(["sha": "\"\(scene.deployed.hex)\""])
        #expect(
            try scene.deployWithToken().text
                == Self.refused("the token is for commit '\(scene.deployed.hex)', not \(scene.commit.hex)"))

        let past = Int64(Date().timeIntervalSince1970) - 600
        try scene.give(["iat": "\(past)", "exp": "\(past + 300)"])
        #expect(
            try scene.deployWithToken().text
                == Self.refused(
                    "the token cannot be believed: it expired at \(Instant(seconds: past + 300))"))

        let forged = try TestIssuer.forger.get().token(scene.claims())
        try scene.write(Array(forged.utf8), to: scene.tokenPath)
        #expect(
            try scene.deployWithToken().text
                == Self.refused(
                    "the token cannot be believed: its signature is not made with key 'rsa-1' of its issuer"))
    }

    @Test func `variables that say otherwise than the token are refused, each by its name`() throws {
        let scene = try TokenScene()
        try scene.give()
        var variables = [
            "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "example/payments", "GITHUB_REPOSITORY_ID": "1001",
            "GITHUB_REF": "refs/heads/main", "GITHUB_SHA": scene.commit.hex, "GITHUB_RUN_ID": "42",
            "GITHUB_RUN_ATTEMPT": "1", "GITHUB_EVENT_NAME": "push",
        ]
        let agreeing = try scene.deployWithToken(environment: variables)
        #expect(agreeing.status == 0, "\(agreeing.text)\(agreeing.errorText)")
        variables["GITHUB_REPOSITORY_ID"] = "7"
        let contradicting = try scene.deployWithToken(environment: variables)
        #expect(contradicting.status == 1)
        #expect(contradicting.text == Self.refused("GITHUB_REPOSITORY_ID says 7, the token says 1001"))
    }

    @Test func `a bad token is refused even where none is demanded, and a variable may hold it`() throws {
        let scene = try TokenScene { $0.environments[0].identity = "claimed" }
        #expect(try scene.deploy([]).status == 0)
        let options = ["--jwks", scene.keysPath, "--token-variable", "JOB_TOKEN"]
        let bad = try scene.deploy(options, environment: ["JOB_TOKEN": "a.b.c"])
        #expect(bad.status == 1)
        #expect(bad.text == Self.refused("the token cannot be believed: its header is not base64url"))
        let token = try TestIssuer.rsa.get().token(scene.claims())
        #expect(try scene.deploy(options, environment: ["JOB_TOKEN": token]).status == 0)
        let missing = try scene.deploy(options)
        #expect(missing.status == 2)
        #expect(
            missing.errorText == """
                remit: error: --token-variable 'JOB_TOKEN' is not set in this job
                remit: hint: let the CI system give the job a token under that name

                """)
        let both = try scene.deploy(options + ["--token-file", scene.tokenPath])
        #expect(both.status == 64)
    }

    @Test func `keys that are too old, or no keys, leave the question open`() throws {
        let scene = try TokenScene()
        try scene.give()
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: scene.keysPath)
        let old = try scene.deployWithToken(["--jwks-max-age", "1h"])
        #expect(old.status == 2 && old.text.isEmpty)
        #expect(
            old.errorText.replacing(/\b72\d\d\b/, with: "<age>") == """
                remit: error: '\(scene.keysPath)' is <age> seconds old, more than --jwks-max-age allows: 3600
                remit: hint: fetch the issuer's keys anew: one of them may have been withdrawn

                """)
        #expect(try scene.deployWithToken().status == 0)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: 7200)], ofItemAtPath: scene.keysPath)
        #expect(try scene.deployWithToken().status == 2)
        try scene.write(Array(#"{"keys":[{"kty":"oct","k":"AA"}]}"#.utf8), to: scene.keysPath)
        let secret = try scene.deployWithToken()
        #expect(secret.status == 2)
        #expect(
            secret.errorText == """
                remit: error: '\(scene.keysPath)': the key set holds a key that should be secret: it has 'k'
                remit: hint: give the issuer's keys with --jwks FILE or --jwks URL

                """)
    }
}

@Suite struct GateKeyServerTests {
    /// A scene with a token, and a server that has the keys.
    private static func ready() throws -> (scene: TokenScene, server: KeyServer) {
        let scene = try TokenScene()
        try scene.give()
        let server = try KeyServer(
            keys: TestIssuer.keySet(try TestIssuer.rsa.get().publicKey),
            token: try TestIssuer.rsa.get().token(scene.claims()))
        return (scene, server)
    }

    @Test func `keys are fetched over https, from a server whose certificate is good, and from nowhere else`() throws {
        let (scene, server) = try Self.ready()
        func fetch(_ url: String, trusts: Bool = true) throws -> Output {
            try scene.deploy(
                ["--jwks", url, "--token-file", scene.tokenPath],
                environment: trusts ? ["CURL_CA_BUNDLE": server.authority] : [:])
        }
        let good = try fetch(server.url("keys"))
        #expect(good.status == 0, "\(good.text)\(good.errorText)")
        func error(_ output: Output) -> String { String(output.errorText.prefix { $0 != "\n" }) }

        // The user's own configuration of curl is not read.
        try scene.write(Array("insecure\n".utf8), to: "\(scene.directory.path)/.curlrc")
        let stranger = try fetch(server.url("keys"), trusts: false)
        #expect(stranger.status == 2)
        #expect(error(stranger).hasPrefix("remit: error: cannot fetch '\(server.url("keys"))': curl: (60) "))
        let moved = try fetch(server.url("moved"))
        #expect(moved.status == 2)
        #expect(
            error(moved)
                == "remit: error: cannot fetch '\(server.url("moved"))': it answers with another status than 200")
        let missing = try fetch(server.url("nothing"))
        #expect(missing.status == 2)
        #expect(error(missing).hasPrefix("remit: error: cannot fetch '\(server.url("nothing"))': curl: (22) "))
        let endless = try fetch(server.url("endless"))
        #expect(endless.status == 2)
        #expect(error(endless).hasPrefix("remit: error: cannot fetch '\(server.url("endless"))': "))
        let plain = try fetch("http://127.0.0.1:\(server.port)/keys")
        #expect(plain.status == 2)
        #expect(error(plain) == "remit: error: 'http://127.0.0.1:\(server.port)/keys' is not an https URL")
    }

    @Test func `without curl it says what to do`() throws {
        let (scene, server) = try Self.ready()
        let tools = "\(scene.directory.path)/tools"
        try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: false)
        for tool in ["git", "env"] {
            let path = try spawn(["sh", "-c", "command -v \(tool)"], environment: ["PATH": HermeticGit.path]).text
            try FileManager.default.createSymbolicLink(atPath: "\(tools)/\(tool)", withDestinationPath: path)
        }
        let output = try scene.deploy(
            ["--jwks", server.url("keys"), "--token-file", scene.tokenPath], environment: ["PATH": tools])
        #expect(output.status == 2)
        #expect(
            output.errorText == """
                remit: error: cannot run 'curl': No such file or directory
                remit: hint: install 'curl', or mend PATH
                remit: hint: give the issuer's keys with --jwks FILE or --jwks URL

                """)
    }

    @Test func `where the environment demands one, GitHub is asked for a token, and its secret is not shown`() throws {
        let (scene, server) = try Self.ready()
        var variables = [
            "CURL_CA_BUNDLE": server.authority, "ACTIONS_ID_TOKEN_REQUEST_TOKEN": KeyServer.bearer,
            "ACTIONS_ID_TOKEN_REQUEST_URL": server.url("token?api-version=2.0"),
        ]
        let output = try scene.deploy(["--jwks", scene.keysPath], environment: variables)
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
        variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "another-secret"
        let refused = try scene.deploy(["--jwks", scene.keysPath], environment: variables)
        #expect(refused.status == 2)
        #expect(refused.errorText.contains("': curl: (22) "))
        #expect(!refused.errorText.contains("another-secret"))
        variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "a\"\nurl = \"file:///etc/passwd"
        let hostile = try scene.deploy(["--jwks", scene.keysPath], environment: variables)
        #expect(hostile.status == 2)
        #expect(
            hostile.errorText == "remit: error: the bearer token holds characters that cannot stand in one\n")
    }
}
