import RemitModel
import RemitTestSupport
import Testing

@Suite struct TestSupportTests {
    @Test func `a commit of every kind of edit is what git reads back`() throws {
        let repository = try TestRepository(name: "we\"ird:r epo.git")
        let first = try repository.commit(["a": "one", "b/c": .executable("x"), "l": .symlink(to: "a")])
        let second = try repository.commit(["a": .delete, "a/b": "two", "s": .gitlink(first), "q\"\n\\": "odd"])
        #expect(try repository.resolve("main") == second)
        #expect(try repository.resolve("main^") == first)
        let listed = try repository.git("ls-tree", "-r", "-z", "main").fields
        #expect(
            listed.map { String(decoding: $0.prefix(6) + $0.drop { $0 != 9 }, as: UTF8.self) }
                == ["100644\ta/b", "100755\tb/c", "120000\tl", "100644\tq\"\n\\", "160000\ts"])
        #expect(try repository.git("config", "--list", "--show-scope").lines.allSatisfy { !$0.hasPrefix("global") })
    }

    @Test func `a commit is signed with a key of its own`() throws {
        let repository = try TestRepository()
        let key = try SSHKey(named: "task", in: repository.directory)
        let tree = try repository.writeTree([])
        let id = try repository.commitTree(tree, signedBy: key)
        #expect(try repository.git("cat-file", "-p", id.hex).text.contains("gpgsig -----BEGIN SSH SIGNATURE-----"))
        #expect(try key.fingerprint().hasPrefix("SHA256:"))
        #expect(try key.sign(Array("text".utf8), namespace: "remit-delegation").count > 100)
    }

    @Test func `large input and output do not block, and a failure keeps its words`() throws {
        let repository = try TestRepository()
        var random = SplitMix64(seed: 1)
        let bytes = random.bytes(1 << 20)
        let id = try repository.write("blob", bytes)
        #expect(try repository.git("cat-file", "blob", id.hex).stdout == bytes)
        let failure = try repository.attempt(["cat-file", "blob", "nothing"])
        #expect(failure.status == 128)
        #expect(failure.errorText.contains("Not a valid object name"))
    }
}
