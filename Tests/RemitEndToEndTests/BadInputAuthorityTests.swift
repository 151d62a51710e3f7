import Foundation
import RemitModel
import RemitTestSupport
import Testing

/// Authorities that cannot be read or must not be believed.
@Suite struct BadInputAuthorityTests {
    @Test(arguments: [
        ("remit.authority", "/nowhere", "cannot read the authority '/nowhere': no such directory: /nowhere"),
        (
            "remit.authority", "/",
            "cannot read the authority '/': not in a git repository, nor any directory above: /"
        ),
        (
            "remit.authorityRef", "refs/heads/none",
            "cannot read the authority 'AUTHORITY': it has no ref 'refs/heads/none'"
        ),
        (
            "remit.authorityRef", "HEAD~1",
            "cannot read the authority 'AUTHORITY': the given reference name 'HEAD~1' is not valid"
        ),
        (
            "remit.root", "sha256:" + String(repeating: "1", count: 64),
            "'roots/1.toml' has the digest ROOT, but remit.root pins sha256:" + String(repeating: "1", count: 64)
        ),
    ])
    func `a setting that leads to no authority is undecided`(_ key: String, value: String, reason: String) throws {
        let scene = try BadInputScene()
        try scene.server.configure(key, value)
        try expectFault(scene, reason)
    }

    /// One edit of a record, by which it is no longer what it must be.
    struct Edit: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let change: @Sendable (String) -> String
        let reason: String

        init(_ name: String, _ reason: String, _ change: @escaping @Sendable (String) -> String) {
            testDescription = name
            self.reason = reason
            self.change = change
        }
    }

    @Test(arguments: [
        Edit("CRLF", "'authority.toml' line 1: has a carriage return; save it with LF line ends") {
            $0.replacing("\n", with: "\r\n")
        },
        Edit("BOM", "'authority.toml' line 1: begins with a byte order mark; save it as UTF-8 without one") {
            "\u{FEFF}" + $0
        },
        Edit("unknown key", "'authority.toml' line 1: key 'colour': is not known") { "colour = \"red\"\n" + $0 },
        Edit(
            "duplicate key",
            "'authority.toml' line 4: Error while parsing key-value pair: cannot redefine existing integer 'version'"
        ) {
            $0.replacing("version = 1\n", with: "version = 1\nversion = 1\n")
        },
        Edit("wrong type", "'authority.toml' line 3: key 'version': must be a whole number from 1 to 2147483647") {
            $0.replacing("version = 1\n", with: "version = \"1\"\n")
        },
        Edit("control byte", "'authority.toml' line 1: has the control character 0x1b") {
            "# \u{1B}[2J\n" + $0
        },
        Edit(
            "truncated in a string",
            "'authority.toml' line 2: has a string without its end"
        ) {
            String($0[..<($0.range(of: "example.org")?.lowerBound ?? $0.endIndex)]) + "exam\n"
        },
        Edit("cut in the last line", "'authority.toml' line 26: does not end in a line feed") {
            String($0.dropLast(1))
        },
        Edit("empty", "'authority.toml': is empty") { _ in "" },
        Edit("huge", "cannot read 'authority.toml' of the authority: authority.toml is larger than 65536 bytes") {
            $0 + String(repeating: "# padding padding\n", count: 4000)
        },
    ])
    func `a policy that is not strict is undecided`(_ edit: Edit) throws {
        let scene = try BadInputScene()
        let text = try scene.authority.repository.git("show", "main:authority.toml")
        let changed = edit.change(String(decoding: text.stdout, as: UTF8.self))
        try scene.authority.put(changed, at: "authority.toml", signedBy: scene.authority.dana, "remit-authority")
        try expectFault(scene, edit.reason)
    }

    @Test(arguments: [
        ("roots/1.toml", "'roots/1.toml' is missing from the authority"),
        ("roots/1.toml.sig", "'roots/1.toml' is signed by 0 of the 1 administrators needed"),
        ("authority.toml", "'authority.toml' is missing from the authority"),
        ("authority.toml.sig", "'authority.toml' is signed by 0 of the 1 administrators needed"),
        ("people.allowed_signers", "'people.allowed_signers' is missing from the authority"),
    ])
    func `a file that is missing from the authority is named`(_ path: String, reason: String) throws {
        let scene = try BadInputScene()
        try scene.authority.repository.commit([path: .delete])
        try expectFault(scene, reason)
    }

    @Test func `an object of the authority that is damaged is undecided`() throws {
        let scene = try BadInputScene()
        let id = try scene.authority.repository.resolve("main:authority.toml")
        try scene.authority.repository.explode()
        let path = "\(scene.authority.path)/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
        #expect(FileManager.default.fileExists(atPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try writeFile(Array("garbage".utf8), to: path)
        try expectFault(
            scene, "cannot read 'authority.toml' of the authority: failed to read loose object header (\(id))")
    }

    @Test func `an object that the authority lacks is undecided`() throws {
        let scene = try BadInputScene()
        let id = try scene.authority.repository.resolve("main:authority.toml")
        try scene.authority.repository.explode()
        try FileManager.default.removeItem(
            atPath: "\(scene.authority.path)/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))")
        try expectFault(
            scene, "cannot read 'authority.toml' of the authority: object not found - cannot read header for (\(id))")
    }

    @Test(.enabled(if: geteuid() == 0, "needs to give a directory away"))
    func `an authority of another owner is undecided`() throws {
        let scene = try BadInputScene()
        #expect(unsafe chown(scene.authority.path, 12_345, 12_345) == 0)
        try expectFault(
            scene,
            "cannot read the authority 'AUTHORITY': AUTHORITY is owned by uid 12345, and this process runs as uid 0: "
                + "run it as the owner, or give the directory to uid 0")
    }

    @Test func `a policy older than one that was decided under is undecided`() throws {
        let scene = try BadInputScene()
        let old = try scene.authority.repository.resolve("main")
        try scene.authority.publish { $0.version = 2 }
        try scene.expect(0, entries: 1, [])
        try scene.authority.repository.setRef("refs/heads/main", to: old)
        try expectFault(
            scene, "policy version 1 is older than version 2, which this server has seen", entries: 2)
    }

    /// The ledger is open by the time the authority is read, so what went wrong is on record.
    private func expectFault(
        _ scene: BadInputScene, _ reason: String, entries: Int64 = 1, location: SourceLocation = #_sourceLocation
    ) throws {
        try scene.expectUndecided(
            .undecidedAuthority, "the authority could not be verified: \(reason)", entries: entries,
            location: location)
    }
}

extension TestRepository {
    /// Makes every object a file of its own, which a test can damage.
    func explode() throws {
        let packs = "\(gitDirectory)/objects/pack"
        for name in try FileManager.default.contentsOfDirectory(atPath: packs).sorted() where name.hasSuffix(".pack") {
            let bytes = try readFile("\(packs)/\(name)")
            for suffix in [".pack", ".idx", ".rev"] {
                let file = "\(packs)/\(name.dropLast(5))\(suffix)"
                if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
            }
            try git(["unpack-objects", "-q"], input: bytes)
        }
    }
}
