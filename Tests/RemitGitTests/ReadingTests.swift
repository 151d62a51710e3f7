import RemitGit
import RemitModel
import RemitTestSupport
import Testing

@Suite struct ReadingTests {
    @Test func `objects are read as their bytes are`() throws {
        let repository = try TestRepository()
        let text = Array("tree 1\n\nmessage\0cut here by others\n".utf8)
        let hostile = try repository.write("commit", text)
        let blob = try repository.write("blob", Array("content".utf8))
        let ours = try repository.open()
        #expect(try ours.read(hostile, expecting: .commit) == text)
        #expect(try ours.read(hostile, expecting: .commit) { $0.byteCount } == text.count)
        #expect(try ours.kind(of: blob) == .blob)
        #expect(try ours.size(of: blob) == 7)
        let kind = try gitError { _ = try ours.read(blob, expecting: .commit) }
        #expect(kind.code == .wrongKind)
        #expect(kind.reason == "object \(blob) is a blob, not a commit")
        #expect(try gitError { _ = try ours.size(of: hostile) }.code == .wrongKind)
        let missing = try gitError { _ = try ours.read(.zero, expecting: .blob) }
        #expect(missing.code == .missingObject)
        #expect(missing.reason.contains(ObjectID.zero.hex))
        #expect(try gitError { _ = try ours.tree(of: hostile) }.code == .corrupt)
    }

    @Test func `an object that is damaged on disk is corrupt`() throws {
        let repository = try TestRepository()
        let blob = try repository.write("blob", Array("content".utf8))
        let file = "\(repository.gitDirectory)/objects/\(blob.hex.prefix(2))/\(blob.hex.dropFirst(2))"
        _ = try spawn(["chmod", "u+w", file], environment: HermeticGit.environment(home: "/"))
        try writeFile(Array("not zlib at all".utf8), to: file)
        #expect(try gitError { _ = try repository.open().read(blob, expecting: .blob) }.code == .corrupt)
    }

    @Test func `a commit larger than the limit is refused`() throws {
        let repository = try TestRepository()
        let huge = try repository.write("commit", [UInt8](repeating: 0x61, count: ObjectLimit.text + 1))
        let error = try gitError { _ = try repository.open().read(huge, expecting: .commit) }
        #expect(error.code == .limit)
    }

    @Test func `references are found one by one and by prefix`() throws {
        let repository = try TestRepository()
        let one = try repository.commit(["a": "x"])
        let two = try repository.commit(["a": "y"], on: "refs/heads/agent/x")
        try repository.git("pack-refs", "--all")
        try repository.setRef("refs/heads/main", to: two)
        try repository.git("symbolic-ref", "refs/heads/alias", "refs/heads/agent/x")
        try repository.git("symbolic-ref", "refs/heads/dangling", "refs/heads/nowhere")
        let ours = try repository.open()
        #expect(try ours.reference("HEAD") == two)
        #expect(try ours.reference("refs/heads/alias") == two)
        #expect(try ours.reference("refs/heads/dangling") == nil)
        #expect(try ours.reference("refs/heads/absent") == nil)
        #expect(try ours.reference("refs/heads/agent") == nil)
        let all = try ours.references(prefix: "refs/heads/")
        let expected = try repository.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/").lines
        #expect(all.map { "\(String(decoding: $0.name.bytes, as: UTF8.self)) \($0.id)" } == expected)
        #expect(try ours.references(prefix: "refs/heads/agent/").map(\.name) == ["refs/heads/agent/x"])
        #expect(one != two)
    }

    @Test(arguments: ["garbage\n", "", "ref: \n", "1234\n"])
    func `a broken reference is an error`(content: String) throws {
        let repository = try TestRepository()
        try repository.commit(["a": "x"])
        try writeFile(Array(content.utf8), to: "\(repository.gitDirectory)/refs/heads/broken")
        let ours = try repository.open()
        #expect(throws: GitError.self) { try ours.reference("refs/heads/broken") }
        #expect(throws: GitError.self) { try ours.references() }
    }

    @Test func `paths are looked up and directories listed`() throws {
        let repository = try TestRepository()
        let commit = try repository.commit([
            "agents/claude.toml": "x = 1", "agents/link": .symlink(to: "claude.toml"), "top": .executable("run"),
            "caf\u{E9}/e": "1",
        ])
        let ours = try repository.open()
        #expect(try ours.blob(at: "agents/claude.toml", inTree: commit) == Array("x = 1".utf8))
        #expect(try ours.blob(at: "top", inTree: repository.resolve("main^{tree}")) == Array("run".utf8))
        for path in ["absent", "agents/absent", "top/below", "", "/top", "agents/", "agents//claude.toml", "./top"] {
            #expect(try ours.blob(at: ByteString(path), inTree: commit) == nil, "\(path)")
        }
        #expect(try ours.entry(at: "agents", inTree: commit)?.mode == .tree)
        #expect(try ours.entry(at: "caf\u{E9}/e", inTree: commit)?.mode == .regular)
        #expect(try ours.list("agents", inTree: commit)?.map(\.name) == ["claude.toml", "link"])
        #expect(try ours.list("", inTree: commit)?.count == 3)
        #expect(try ours.list("top", inTree: commit) == nil)
        #expect(try gitError { _ = try ours.blob(at: "agents/link", inTree: commit) }.code == .wrongKind)
        #expect(try gitError { _ = try ours.blob(at: "agents", inTree: commit) }.code == .wrongKind)
        #expect(try gitError { _ = try ours.blob(at: "top", inTree: commit, limit: 2) }.code == .limit)
    }
}
