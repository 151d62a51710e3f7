import RemitFormats
import RemitModel
import RemitTestSupport
import Testing

/// Git reads the same objects, and says the same.
@Suite struct CommitOracleTests {
    static let accepted: [[UInt8]] = [
        CommitText.plain,
        CommitText.with(author: " <> 0 -0000"),
        CommitText.with(author: "A  B   <a b@x> 1 +0530"),
        CommitText.with(author: "\u{e9}\"x\" <x@y> 4102444800 -1200"),
        CommitText.with(extra: "encoding UTF-8\nHG:extra a:b"),
        CommitText.of("tree \(CommitText.tree)", CommitText.author, CommitText.committer, message: ""),
    ]

    @Test(arguments: accepted)
    func `git and the parser read one author`(bytes: [UInt8]) throws {
        let directory = try TemporaryDirectory()
        _ = try HermeticGit.run(["init", "-q"], in: directory.path)
        let stored = try HermeticGit.run(
            ["hash-object", "-w", "--literally", "-t", "commit", "--stdin"], in: directory.path, input: bytes)
        try #require(stored.status == 0, "\(stored.errorText)")
        let shown = try HermeticGit.run(
            ["log", "-1", "--no-walk", "-z", "--format=%an%x00%ae%x00%at%x00%cn%x00%T%x00%P", stored.text],
            in: directory.path)
        let commit = try CommitParser.parse(bytes)
        let expected = [
            commit.author.name.bytes, commit.author.email.bytes, Array("\(commit.author.seconds)".utf8),
            commit.committer.name.bytes, Array(commit.tree.hex.utf8), [],
        ]
        #expect(Array(shown.fields.prefix(6)) == expected)
        #expect(try HermeticGit.run(["cat-file", "commit", stored.text], in: directory.path).stdout == bytes)
    }

    @Test func `ssh-keygen verifies the signed bytes of a commit and of a tag`() throws {
        let directory = try TemporaryDirectory()
        let key = try SSHKey(named: "key", in: directory)
        try directory.write("dana@example.org \(key.publicLine)\n", to: "allowed")
        func git(_ arguments: String...) throws -> Output {
            let signing = ["-c", "gpg.format=ssh", "-c", "user.signingKey=\(key.privatePath)"]
            let output = try HermeticGit.run(signing + arguments, in: directory.path)
            try #require(output.status == 0, "\(output.errorText)")
            return output
        }
        func verify(_ signature: [UInt8]?, _ signed: [UInt8]) throws {
            try directory.write(try #require(signature), to: "signature")
            try SSHKey.keygen(
                [
                    "-Y", "verify", "-n", "git", "-I", "dana@example.org", "-f", "\(directory.path)/allowed", "-s",
                    "\(directory.path)/signature",
                ], input: signed, in: directory.path)
        }
        _ = try git("init", "-q")
        _ = try git("commit", "-q", "-S", "--allow-empty", "-m", "signed\n\nbody")
        _ = try git("tag", "-s", "-m", "a tag", "v1")
        let commit = try CommitParser.parse(try git("cat-file", "commit", "HEAD").stdout)
        try verify(commit.signature, commit.signedBytes)
        let tag = try TagParser.parse(try git("cat-file", "tag", "v1").stdout)
        try verify(tag.signature, tag.signedBytes)
        #expect(tag.name == "v1" && tag.kind == .commit && tag.message == Array("a tag\n".utf8))
    }

    @Test(.enabled(if: sharedData("commits.tsv.gz") != nil))
    func `accepts every real commit`() throws {
        let path = try #require(sharedData("commits.tsv.gz"))
        let rows = try spawn(["gzip", "-dc", path], environment: ["PATH": HermeticGit.path]).lines.dropFirst()
        var refused: [String] = []
        for row in rows {
            let fields = row.split(separator: "\t")
            let bytes = try #require(Base64.decode(fields[3].utf8, padding: .required))
            do {
                let commit = try CommitParser.parse(bytes)
                #expect(bytes.count >= commit.signedBytes.count + (commit.signature?.count ?? 0))
            } catch {
                refused.append("\(fields[1]): \(error.reason)")
            }
        }
        #expect(rows.count > 1000)
        #expect(refused.isEmpty)
    }
}
