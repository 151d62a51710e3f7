import RemitAuthority
import RemitModel
import RemitSignatures
import RemitTestSupport
import Testing

/// What `remit` writes into an authority whose directories have become wide.
@Suite struct ShelfTests {
    /// As many files in each directory as it takes.
    private static func widen(_ place: Workplace) throws {
        for number in 0..<AuthorityLayout.widestDirectory {
            let hex = RecordID(of: Array("\(number)".utf8)).hex
            for path in ["keys/\(hex)", "agents/other-\(number).txt", "revocations/\(hex).txt"] {
                try writeFile([], to: "\(place.authority)/\(path)")
            }
        }
        try place.git("add", "-A").require(["git", "add"])
        try place.git("commit", "-q", "-m", "Many").require(["git", "commit"])
    }

    @Test func `what is added to a wide directory lies on a shelf, and is found`() throws {
        let place = try Workplace()
        _ = try HermeticGit.run(["config", "user.name", "Dana"], in: place.authority)
        for directory in ["keys", "revocations"] {
            _ = try spawn(
                ["mkdir", "-p", "\(place.authority)/\(directory)"],
                environment: HermeticGit.environment(home: place.directory.path))
        }
        try Self.widen(place)
        let id = try #require(RecordID(try place.grant().lines[0]))
        let keys = try place.git("ls-files", "keys/*/*").lines
        #expect(keys.count == 1)
        let key = try #require(keys.first?.split(separator: "/").last)
        #expect(AuthorityLayout.shelf(of: "keys/\(key)") == keys.first)
        #expect(try place.remit(["show", id.description]).lines[1].hasPrefix("in force"))

        #expect(try place.add("cursor", ["--identity", "login:bot"]).status == 0)
        let record = try #require(AuthorityLayout.shelf(of: "agents/cursor.toml"))
        #expect(try place.git("ls-files", "agents/~*").lines == [record, "\(record).sig"])
        // The record is changed where it lies.
        #expect(try place.remit(["agent", "review", "cursor", "--key", "id", "--review-by", "2030-01-01"]).status == 0)
        #expect(try place.git("ls-files", "agents/~*", "agents/cursor*").lines == [record, "\(record).sig"])
        let listed = try place.remit(["agent", "list"]).text
        #expect(listed.contains("cursor") && listed.contains("claude-code") && !listed.contains("~"))

        let revoked = try place.remit(
            ["revoke", id.abbreviated, "--cause", "ended", "--reason", "done", "--key", "id"])
        #expect(revoked.text == AuthorityLayout.shelf(of: "revocations/\(id.hex).toml"))
        try place.verify(revoked.text, namespace: "remit-revocation")
        #expect(try place.remit(["show", id.description]).lines[1].hasPrefix("not in force: revoked by"))
        #expect(try place.git("status", "--short").lines == [])
    }
}
