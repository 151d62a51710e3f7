import RemitModel
import RemitTestSupport
import Testing

/// Settings of the gate, each broken by itself.
@Suite struct BadInputConfigurationTests {
    @Test(arguments: ["remit.authority", "remit.root", "remit.repository", "remit.ledger"])
    func `a key that is missing is named`(_ key: String) throws {
        let scene = try BadInputScene()
        try scene.server.repository.git("config", "--unset-all", key)
        try expectFault(scene, key, "is not set in this repository")
    }

    @Test(arguments: [
        "remit.authority", "remit.authorityRef", "remit.root", "remit.repository", "remit.ledger", "remit.mode",
        "remit.host", "remit.pusherVariable", "remit.deadline",
    ])
    func `a key that is set twice or to nothing is named`(_ key: String) throws {
        let scene = try BadInputScene()
        try scene.server.configure(key, "")
        try expectFault(scene, key, "is empty")
        try scene.server.repository.git("config", "--add", key, "x")
        try expectFault(scene, key, "is set 2 times")
    }

    @Test(arguments: [
        ("remit.authority", "authority.git", "'authority.git' is not an absolute path"),
        ("remit.ledger", "ledger.db", "'ledger.db' is not an absolute path"),
        ("remit.ledger", ":memory:", "':memory:' is not an absolute path"),
        ("remit.root", "sha256:12", "must be 'sha256:' and 64 lower-case hexadecimal digits"),
        ("remit.root", String(repeating: "0", count: 64), "must be 'sha256:' and 64 lower-case hexadecimal digits"),
        ("remit.mode", "Monitor", "'Monitor' is neither enforce nor monitor"),
        ("remit.mode", "off", "'off' is neither enforce nor monitor"),
        (
            "remit.host", "github",
            "'github' is not one of: plain, ssh, http, gitolite, gitlab, gitea, forgejo, ghes, bitbucket, gerrit, "
                + "soft-serve"
        ),
        ("remit.deadline", "0", "'0' is not a number of seconds from 1 to 86400"),
        ("remit.deadline", "-1", "'-1' is not a number of seconds from 1 to 86400"),
        ("remit.deadline", "4s", "'4s' is not a number of seconds from 1 to 86400"),
        ("remit.deadline", "86401", "'86401' is not a number of seconds from 1 to 86400"),
        ("remit.deadline", "99999999999999999999", "'99999999999999999999' is not a number of seconds from 1 to 86400"),
        ("remit.pusherVariable", "USER", "only 'ssh' takes a variable's name"),
    ])
    func `a malformed value is named with what it may be`(_ key: String, value: String, reason: String) throws {
        let scene = try BadInputScene()
        try scene.server.configure(key, value)
        try expectFault(scene, key, reason)
    }

    @Test(arguments: ["1A", "GIT_DIR", "SSH_ORIGINAL_COMMAND", "a b"])
    func `a pusher variable that the client could fill is refused`(_ variable: String) throws {
        let scene = try BadInputScene()
        try scene.server.configure("remit.host", "ssh")
        try scene.server.configure("remit.pusherVariable", variable)
        try expectFault(scene, "remit.pusherVariable", "not the name of a variable that a forced command sets")
    }

    @Test func `a value that is no text is named`() throws {
        let scene = try BadInputScene()
        let path = "\(scene.server.repository.path)/config"
        try writeFile(try readFile(path) + Array("[remit]\nmode = ".utf8) + [0xFF, 0x0A], to: path)
        try scene.expectUndecided(
            .undecidedRepository, "the repository could not be read: value of 'remit.mode' is not UTF-8",
            hint: BadInputScene.Hint.fsck)
    }

    private func expectFault(
        _ scene: BadInputScene, _ key: String, _ reason: String, location: SourceLocation = #_sourceLocation
    ) throws {
        try scene.expectUndecided(
            .undecidedConfiguration, "the configuration cannot be used: git config \(key): \(reason)",
            location: location)
    }
}
