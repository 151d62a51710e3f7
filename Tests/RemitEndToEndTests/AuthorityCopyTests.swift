import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// A gate's copy of the authority: a clone or a bundle, no older than the job allows.
@Suite struct AuthorityCopyTests {
    /// The authority with a timestamp, and the key that made it.
    static func stamped(_ deploying: Deploying, at seconds: Int64 = 0) throws {
        try stamp(deploying.authority, at: seconds)
    }

    static func text(_ authority: TestAuthority, at seconds: Int64, head: String, organisation: String) -> String {
        """
        type = "timestamp/v1"
        organisation = "\(organisation)"
        issued_at = \(authority.now.adding(seconds: seconds))
        head = "\(head)"

        """
    }

    static func stamp(
        _ authority: TestAuthority, at seconds: Int64 = 0, head: String? = nil, organisation: String = "example.org",
        signedBy key: SSHKey? = nil, in namespace: String = "remit-timestamp"
    ) throws {
        let head = try head ?? authority.repository.resolve("refs/heads/main").hex
        try authority.put(
            text(authority, at: seconds, head: head, organisation: organisation), at: "timestamp.toml",
            signedBy: key ?? authority.dana, namespace)
    }

    /// A bundle of the authority as it is.
    static func bundle(_ deploying: Deploying, _ revisions: String...) throws -> String {
        let file = "\(deploying.directory.path)/authority.bundle"
        let wanted = revisions.isEmpty ? ["main"] : revisions
        try deploying.authority.repository.git(["bundle", "create", "-q", file] + wanted)
        return file
    }

    static func reason(_ output: Output) -> String {
        let lines = output.lines.filter { !$0.isEmpty }
        return lines.dropFirst().first.map { String($0.dropFirst("remit: ".count)) } ?? ""
    }

    static func words(_ text: String) -> String {
        text.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "<time>").replacing(/\b[0-9a-f]{40}\b/, with: "<id>")
    }

    @Test func `a bundle is unpacked, believed from the pinned root, and removed`() throws {
        let deploying = try Deploying()
        try Self.stamped(deploying)
        let file = try Self.bundle(deploying)
        let place = try TemporaryDirectory()
        let allowed = try deploying.remit(
            ["gate", "deploy", "--environment", "production", "--max-age", "1h"] + deploying.settings(authority: file),
            environment: ["TMPDIR": place.path])
        #expect(allowed.status == 0, "\(allowed.text)\(allowed.errorText)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == [])
        var settings = deploying.settings(authority: file)
        settings[3] = "sha256:" + String(repeating: "0", count: 64)
        let other = try deploying.remit(
            ["gate", "deploy", "--environment", "production", "--max-age", "none"] + settings)
        #expect(other.status == 2)
        #expect(other.text.contains("but remit.root pins sha256:0000"))
    }

    @Test func `a merge is judged by a bundle too`() throws {
        let deploying = try Deploying()
        try Self.stamped(deploying)
        let file = try Self.bundle(deploying)
        try deploying.server.commit(["README.md": "2\n"], on: "refs/heads/topic")
        let output = try deploying.remit(
            ["gate", "merge", "--target", "main", "--base", "origin/main", "--head", "topic", "--max-age", "1h"]
                + deploying.settings(authority: file))
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
    }

    struct BadBundle: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let said: String
        let make: @Sendable (Deploying, String) throws -> Void
    }

    static let bad: [BadBundle] = [
        BadBundle(
            testDescription: "another file",
            said: "'FILE' is not a git bundle\n"
                + "remit: hint: make one with 'git bundle create authority.bundle main'"
        ) { try writeFile(Array("# v2 git bundl\n".utf8.dropLast(3)), to: $1) },
        BadBundle(
            testDescription: "no main",
            said: "'FILE' has no ref 'refs/heads/main'; it has: refs/heads/other\n"
                + "remit: hint: make it with 'git bundle create authority.bundle main', or set git config "
                + "remit.authorityRef"
        ) { (deploying, file) throws in
            try deploying.authority.repository.git("branch", "other", "main")
            try deploying.authority.repository.git("bundle", "create", "-q", file, "other")
        },
        BadBundle(
            testDescription: "half a history",
            said: "'FILE' lacks commits that it builds upon\n"
                + "remit: hint: bundle the whole history with 'git bundle create authority.bundle main'"
        ) { try $0.authority.repository.git("bundle", "create", "-q", $1, "main~1..main") },
    ]

    @Test(arguments: bad)
    func `what is no whole bundle is told in clear words`(row: BadBundle) throws {
        let deploying = try Deploying()
        let file = "\(deploying.directory.path)/authority.bundle"
        try row.make(deploying, file)
        let output = try deploying.deploy(["--max-age", "none"], authority: file)
        #expect(output.status == 2)
        #expect(output.errorText.replacing(file, with: "FILE") == "remit: error: \(row.said)\n")
    }

    @Test func `a bundle that was changed on its way is refused`() throws {
        let deploying = try Deploying()
        let file = try Self.bundle(deploying)
        var bytes = try readFile(file)
        bytes[bytes.count - 40] ^= 1
        try writeFile(bytes, to: file)
        let output = try deploying.deploy(["--max-age", "none"], authority: file)
        #expect(output.status == 2)
        #expect(output.errorText.contains("' is a damaged bundle: "))
    }

    @Test func `how old a bundle may be is said`() throws {
        let deploying = try Deploying()
        let file = try Self.bundle(deploying)
        let output = try deploying.deploy(authority: file)
        #expect(output.status == 64)
        #expect(
            output.errorText == """
                remit: error: '\(file)' is a bundle, and nothing says how old it may be
                remit: hint: give --max-age, such as 24h; or 'none', where an old one may hide what was revoked since

                """)
        #expect(try deploying.deploy(["--max-age", "none"], authority: file).status == 0)
        #expect(try deploying.deploy().status == 0)
    }

    @Test func `the root is pinned, not taken from the copy`() throws {
        let deploying = try Deploying()
        let output = try deploying.remit([
            "gate", "deploy", "--environment", "production", "--authority", deploying.authority.path, "--repository",
            "payments",
        ])
        #expect(output.status == 64)
        #expect(
            output.errorText == """
                remit: error: no root is pinned, and what the copy of the authority says of itself proves nothing
                remit: hint: give --root sha256:..., the digest that 'remit init' printed, or set git config remit.root

                """)
    }

    @Test func `an authority that is the judged repository is refused`() throws {
        let deploying = try Deploying()
        // An older state of the authority, in the history of what is judged.
        try deploying.client.git("fetch", "-q", deploying.authority.path, "main:refs/heads/authority")
        try deploying.client.git("checkout", "-q", "authority")
        let output = try deploying.deploy(["--format", "json"], authority: deploying.client.path)
        #expect(output.status == 2)
        let object = try JSONSerialization.jsonObject(with: Data(output.stdout)) as? [String: Any]
        let finding = (object?["findings"] as? [[String: Any]])?.first
        #expect(finding?["rule"] as? String == "undecided.configuration")
        #expect(
            finding?["reason"] as? String
                == "the authority '\(deploying.client.path)' is part of the repository that is judged; clone the "
                + "authority by itself, outside of it")
    }

    /// A timestamp that does not help, and why.
    struct Stale: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let said: String
        let make: @Sendable (TestAuthority) throws -> Void
    }

    static let run = "; run 'remit authority timestamp' in a clone of the authority, then bring a new copy of it here"

    static let stale: [Stale] = [
        Stale(testDescription: "none", said: "the authority has no timestamp, and --max-age demands one" + run) { _ in
        },
        Stale(
            testDescription: "an old one",
            said: "the authority's timestamp is of <time>, older than --max-age allows at <time>: what was revoked "
                + "since may be missing" + run
        ) { try stamp($0, at: -7200) },
        Stale(
            testDescription: "one of the future",
            said: "the authority's timestamp is of <time>, which is still to come: it is <time> here" + run
        ) { try stamp($0, at: 600) },
        Stale(
            testDescription: "one that git signed",
            said: "'timestamp.toml': its signature is bad: signed in the namespace git"
        ) { try stamp($0, in: "git") },
        Stale(
            testDescription: "one that an agent signed",
            said: "'timestamp.toml': <key> may not say how fresh the authority is"
        ) { try stamp($0, signedBy: $0.delegate().taskKey) },
        Stale(
            testDescription: "one of another organisation",
            said: "'timestamp.toml' is of organisation 'other.org'"
        ) { try stamp($0, organisation: "other.org") },
        Stale(
            testDescription: "one of a commit that the copy does not have",
            said:
                "cannot read the history of the authority since its timestamp: object not found - cannot read header for (<id>)"
        ) { try stamp($0, head: String(repeating: "ab", count: 20)) },
    ]

    @Test(arguments: stale)
    func `a copy that nobody vouches for is refused where its age counts`(row: Stale) throws {
        let deploying = try Deploying()
        try row.make(deploying.authority)
        let output = try deploying.deploy(["--max-age", "1h", "--format", "json"])
        #expect(output.status == 2)
        let said = try Self.undecided(output)
        #expect(said == row.said)
        #expect(try deploying.deploy(["--max-age", "none"]).status == 0)
    }

    /// The reason of the one finding `undecided.authority`.
    static func undecided(_ output: Output) throws -> String {
        let object = try JSONSerialization.jsonObject(with: Data(output.stdout)) as? [String: Any]
        let findings = object?["findings"] as? [[String: Any]] ?? []
        #expect(findings.map { $0["rule"] as? String } == ["undecided.authority"])
        return words(findings.first?["reason"] as? String ?? "")
            .replacing(/SHA256:[A-Za-z0-9+\/]{43}/, with: "<key>")
    }

    @Test func `a stale mirror hides no revocation`() throws {
        let deploying = try Deploying()
        try Self.stamped(deploying, at: -7200)
        let mirror = try Self.bundle(deploying)
        try deploying.authority.revoke(.everyAgent, number: 1)
        try Self.stamped(deploying)
        let old = try deploying.deploy(["--max-age", "1h", "--format", "json"], authority: mirror)
        #expect(old.status == 2)
        #expect(
            try Self.undecided(old)
                == "the authority's timestamp is of <time>, older than --max-age allows at <time>: what was revoked "
                + "since may be missing" + Self.run)
        let new = try deploying.deploy(["--max-age", "1h"], authority: Self.bundle(deploying))
        #expect(new.status == 0, "\(new.text)\(new.errorText)")
    }

    @Test func `a timestamp on top of an older state is refused`() throws {
        let deploying = try Deploying()
        let repository = deploying.authority.repository
        let old = try repository.resolve("refs/heads/main^{tree}")
        try deploying.authority.revoke(.everyAgent, number: 1)
        let head = try repository.resolve("refs/heads/main")
        try Self.stamped(deploying)
        // Whoever has the mirror lays the state from before the revocation over the newest commit, with its timestamp.
        try repository.commit(
            [
                "timestamp.toml": .file(
                    String(decoding: try repository.git("show", "main:timestamp.toml").stdout, as: UTF8.self)),
                "timestamp.toml.sig": .file(
                    String(decoding: try repository.git("show", "main:timestamp.toml.sig").stdout, as: UTF8.self)),
            ],
            on: "refs/heads/scratch", parents: [try repository.commitTree(old, parents: [], message: "old\n")])
        let forged = try repository.commitTree(
            try repository.resolve("refs/heads/scratch^{tree}"), parents: [head], message: "forged\n")
        try repository.setRef("refs/heads/main", to: forged)
        let output = try deploying.deploy(["--max-age", "1h", "--format", "json"])
        #expect(output.status == 2)
        #expect(
            try Self.undecided(output)
                == "commit <id> of the authority, after its timestamp, would not pass its own guard: "
                + "'revocations/every-agent/1.toml': a record is never removed")
    }

    @Test func `a timestamp of a commit that does not lead here is refused`() throws {
        let deploying = try Deploying()
        let repository = deploying.authority.repository
        let before = try repository.resolve("refs/heads/main")
        try deploying.authority.revoke(.everyAgent, number: 1)
        let head = try repository.resolve("refs/heads/main")
        try repository.setRef("refs/heads/main", to: before)
        try Self.stamp(deploying.authority, head: head.hex)
        let output = try deploying.deploy(["--max-age", "1h", "--format", "json"])
        #expect(output.status == 2)
        #expect(
            try Self.undecided(output)
                == "'timestamp.toml' of the authority vouches for commit <id>, which does not lead to commit <id>")
    }

    @Test func `what the guard let in after the timestamp counts`() throws {
        let deploying = try Deploying()
        try Self.stamped(deploying)
        try deploying.authority.revoke(.everyAgent, number: 1)
        let output = try deploying.deploy(["--max-age", "1h"])
        #expect(output.status == 0, "\(output.text)\(output.errorText)")
    }
}
