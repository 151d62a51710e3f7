import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// An environment that git would not make.
@Suite struct BadInputEnvironmentTests {
    @Test(
        arguments: [
            ("GIT_DIR", nil, "GIT_DIR: git sets it for every hook"),
            ("GIT_DIR", "", "GIT_DIR: git sets it for every hook"),
            ("GIT_DIR", String(repeating: "a", count: 5000), "GIT_DIR: 5000 bytes, at most 4096"),
            (
                "GIT_NAMESPACE", "team",
                "GIT_NAMESPACE: refs in a namespace cannot be judged; serve the repository without it"
            ),
            ("GIT_PUSH_OPTION_COUNT", "-1", "GIT_PUSH_OPTION_COUNT: not a number from 0 to 256"),
            ("GIT_PUSH_OPTION_COUNT", "01", "GIT_PUSH_OPTION_COUNT: not a number from 0 to 256"),
            ("GIT_PUSH_OPTION_COUNT", "257", "GIT_PUSH_OPTION_COUNT: not a number from 0 to 256"),
            ("GIT_PUSH_OPTION_COUNT", "1", "GIT_PUSH_OPTION_0: announced by GIT_PUSH_OPTION_COUNT"),
        ] as [(String, String?, String)])
    func `a variable that git does not set so is named`(_ name: String, value: String?, reason: String) throws {
        let scene = try BadInputScene()
        scene.environment[name] = value
        try scene.expectUndecided(.undecidedInput, "the input of the hook could not be understood: \(reason)")
    }

    @Test(arguments: [
        ("GIT_DIR", "/nowhere", "not a git directory: /nowhere"),
        ("GIT_DIR", "/", "not a git directory: /"),
        ("GIT_OBJECT_DIRECTORY", "/nowhere", "no such object directory: /nowhere"),
    ])
    func `a directory that is not there is named`(_ name: String, value: String, reason: String) throws {
        let scene = try BadInputScene()
        scene.environment[name] = value
        try scene.expectUndecided(
            .undecidedRepository, "the repository could not be read: \(reason)", hint: BadInputScene.Hint.fsck)
    }

    @Test func `a push that would make the repository shallow is undecided`() throws {
        let scene = try BadInputScene()
        scene.environment["GIT_SHALLOW_FILE"] = "\(scene.server.repository.path)/shallow.lock"
        try scene.expectUndecided(
            .undecidedRepository,
            "the repository could not be read: the push would make this repository shallow; push full history",
            hint: "fetch all of the history with 'git fetch --unshallow'")
    }

    @Test func `history that a real push cuts off is undecided`() throws {
        let scene = try BadInputScene()
        try scene.server.repository.git("config", "receive.shallowUpdate", "true")
        let source = try TestRepository()
        try source.commit(["a": "1\n"])
        try source.commit(["a": "2\n"])
        let client = try TestRepository(bare: false)
        try client.git("fetch", "-q", "--depth=1", "file://\(source.path)", "refs/heads/main:refs/heads/side")
        let push = try client.attempt(["push", "file://\(scene.server.repository.path)", "refs/heads/side"])
        #expect(push.status == 1)
        #expect(push.errorText.contains("remote: remit: undecided: this push could not be checked"))
        #expect(push.errorText.contains("push full history"), "\(push.errorText)")
        #expect(try scene.server.tip(of: "refs/heads/side") == nil)
        #expect(try scene.server.repository.attempt(["rev-parse", "--is-shallow-repository"]).text == "false")
    }

    @Test(arguments: ["a:b", "a\"b", "a b", "a'b", "ä", "a\\b"])
    func `a repository at an odd path takes and refuses pushes`(_ name: String) throws {
        let scene = try BadInputScene()
        let odd = "\(scene.server.directory.path)/\(name).git"
        let copy = try spawn(
            ["cp", "-r", scene.server.repository.path, odd], environment: HermeticGit.environment(home: "/"))
        #expect(copy.status == 0, "\(copy.errorText)")
        let delegation = try scene.authority.delegate()
        // A scheme keeps git from reading what stands before the colon as a host.
        try scene.server.client.git("remote", "set-url", "origin", "file://\(odd)")
        let work = "refs/heads/agent/PAY-42/work"
        let commit = try scene.server.commit(["Sources/Retry.swift": "let retries = 3\n"], under: delegation)
        let allowed = try scene.server.push(work)
        #expect(allowed.status == 0, "\(allowed.errorText)")
        try scene.server.commit(["Deploy/run.sh": "true\n"], under: delegation)
        let refused = try scene.server.push(work)
        #expect(refused.status == 1)
        #expect(refused.errorText.contains("remote: remit: refused: nothing of this push was accepted"))
        BadInputScene.expectNoRuntimeWords(refused.errorText)
        let tip = try HermeticGit.run(["rev-parse", work], in: odd)
        #expect(tip.text == commit.hex)
        #expect(try scene.server.entries().map(\.sequence) == [1, 2])
    }
}
