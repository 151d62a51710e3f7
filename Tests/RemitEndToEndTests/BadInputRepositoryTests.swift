import Foundation
import RemitLedger
import RemitModel
import RemitTestSupport
import Testing

/// Repositories and objects that cannot be judged, or only with effort.
@Suite struct BadInputRepositoryTests {
    @Test(arguments: [
        (
            "extensions.objectFormat", "sha256",
            "object format 'sha256' is not supported: use a repository made with --object-format=sha1"
        ),
        (
            "extensions.refStorage", "reftable",
            "reference storage 'reftable' is not supported: run 'git refs migrate --ref-format=files'"
        ),
        ("extensions.sparkle", "true", "extension 'sparkle' is not known: remove it to go on"),
        (
            "extensions.partialClone", "origin",
            "the clone is partial (extensions.partialclone names remote 'origin'): objects may be missing; "
                + "make a full clone, without --filter"
        ),
        (
            "remote.origin.promisor", "true",
            "the clone is partial (remote.origin.promisor is set): objects may be missing; "
                + "make a full clone, without --filter"
        ),
        ("core.repositoryFormatVersion", "2", "repository format version '2' is not supported: use 0 or 1"),
    ])
    func `a format that is not supported is named with what mends it`(
        _ key: String, value: String, reason: String
    ) throws {
        let scene = try BadInputScene()
        let path = "\(scene.server.repository.path)/config"
        // By hand, since git itself would no longer open such a repository to undo it.
        let parts = key.split(separator: ".")
        let section = parts.count == 3 ? "\(parts[0]) \"\(parts[1])\"" : "\(parts[0])"
        let config = try readFile(path)
        try writeFile(config + Array("[\(section)]\n\(parts.last ?? "") = \(value)\n".utf8), to: path)
        let output = try scene.run()
        #expect(output.status == 2)
        #expect(
            output.errorText.split(separator: "\n").map(String.init)
                == BadInputScene.undecided(
                    .undecidedRepository, "the repository could not be read: \(reason)", hint: BadInputScene.Hint.fsck))
        #expect(try scene.server.entries().isEmpty)
    }

    @Test func `a shallow repository is undecided`() throws {
        let scene = try BadInputScene()
        let main = try scene.server.repository.resolve("refs/heads/main")
        try writeFile(Array("\(main)\n".utf8), to: "\(scene.server.repository.path)/shallow")
        try expectFault(
            scene,
            "the history is cut off (REPOSITORY/shallow is not empty); run 'git fetch --unshallow', "
                + "or set the fetch depth of the job to 0", entries: 0, ref: nil)
    }

    @Test(.enabled(if: geteuid() == 0, "needs to give a directory away"))
    func `a repository of another owner is undecided`() throws {
        let scene = try BadInputScene()
        #expect(unsafe chown(scene.server.repository.path, 12_345, 12_345) == 0)
        try expectFault(
            scene,
            "REPOSITORY is owned by uid 12345, and this process runs as uid 0: "
                + "run it as the owner, or give the directory to uid 0", entries: 0, ref: nil)
    }

    @Test func `a config that is none is undecided`() throws {
        let scene = try BadInputScene()
        let path = "\(scene.server.repository.path)/config"
        try writeFile(try readFile(path) + Array("[remit\n".utf8), to: path)
        let output = try scene.run()
        #expect(output.status == 2)
        #expect(output.errorText.contains("remit: error: the repository could not be read: "), "\(output.errorText)")
        BadInputScene.expectNoRuntimeWords(output.errorText)
    }

    @Test func `a pushed object that is missing is undecided`() throws {
        let scene = try BadInputScene()
        let missing = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
        scene.input = BadInputScene.line(to: missing)
        try expectFault(scene, "object not found - cannot read header for (\(missing))")
    }

    @Test(arguments: ["parent", "tree", "blob"])
    func `history with a hole is undecided`(_ hole: String) throws {
        let scene = try BadInputScene()
        let repository = scene.server.repository
        let missing = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
        let main = try repository.resolve("refs/heads/main")
        let tree = hole == "tree" ? missing : try repository.writeTree([("100644", Array("a".utf8), missing)])
        let parent = hole == "parent" ? missing : main
        let text = """
            tree \(tree)
            parent \(parent)
            author A <a@example.org> 1 +0000
            committer A <a@example.org> 1 +0000

            Co-Authored-By: Claude <noreply@anthropic.com>

            """
        scene.input = BadInputScene.line(to: try repository.write("commit", text.utf8))
        let output = try scene.run()
        // A blob that is not looked at is not missed: the agent's commit is refused for want of a delegation.
        #expect(output.status == (hole == "blob" ? 1 : 2), "\(output.errorText)")
        if hole != "blob" {
            #expect(output.errorText.contains("remit: error: the repository could not be read: object not found"))
            #expect(output.errorText.contains(missing.hex))
        }
        BadInputScene.expectNoRuntimeWords(output.errorText)
        #expect(try scene.server.entries().map(\.sequence) == [1])
    }

    @Test(arguments: [16, 17, 20])
    func `a chain of tags has a bound`(_ depth: Int) throws {
        let scene = try BadInputScene()
        let repository = scene.server.repository
        var id = try repository.resolve("refs/heads/main")
        for level in 1...depth {
            let kind = level == 1 ? "commit" : "tag"
            id = try repository.write(
                "tag",
                "object \(id)\ntype \(kind)\ntag t\(level)\ntagger A <a@example.org> 1 +0000\n\nt\n".utf8)
        }
        scene.input = BadInputScene.line(to: id, on: "refs/tags/deep")
        guard depth > 16 else { return try scene.expect(0, entries: 1, []) }
        try expectFault(scene, "tag \(id) leads through more than 16 tags", ref: "refs/tags/deep")
    }

    @Test func `a commit with five thousand parents is refused`() throws {
        let scene = try BadInputScene()
        let repository = scene.server.repository
        let main = try repository.resolve("refs/heads/main")
        let tree = try repository.resolve("refs/heads/main^{tree}")
        let parents = String(repeating: "parent \(main)\n", count: 5000)
        let id = try repository.write(
            "commit",
            "tree \(tree)\n\(parents)author A <a@example.org> 1 +0000\ncommitter A <a@example.org> 1 +0000\n\nm\n".utf8)
        scene.input = BadInputScene.line(to: id)
        try scene.expect(
            1, entries: 1,
            [
                "remit: refused: nothing of this push was accepted",
                "remit: error: commit \(id.abbreviated) is malformed: more than 4096 parents",
                "remit:   rule     attribution.malformed",
                "remit:   ref      refs/heads/new",
                "remit: hint: look with 'git cat-file -p \(id.abbreviated)', "
                    + "then write the commits anew with 'git rebase --force-rebase <base>'",
                "remit: decision 1 recorded",
            ])
    }

    @Test(arguments: [4000, 5000])
    func `a tree of many levels does not exhaust the stack`(_ depth: Int) throws {
        let scene = try BadInputScene()
        let repository = scene.server.repository
        let main = try repository.resolve("refs/heads/main")
        let message = "Deep\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n"
        let blob = try repository.write("blob", "x\n".utf8)
        let leaf = try repository.writeTree([("100644", Array("f".utf8), blob)])
        let tree = try DeepTree.write(depth: depth, over: leaf, to: repository)
        let id = try repository.commitTree(tree, parents: [main], message: message)
        scene.input = BadInputScene.line(to: id, on: "refs/heads/agent/x")
        let output = try scene.run()
        BadInputScene.expectNoRuntimeWords(output.errorText)
        #expect(output.status == (depth > 4096 ? 2 : 1), "\(output.errorText)")
        if depth > 4096 {
            #expect(
                output.errorText.contains(
                    "remit: error: the repository could not be read: directories are nested more than 4096 deep"))
        } else {
            #expect(output.errorText.contains("delegation.missing"), "\(output.errorText)")
        }
        #expect(try scene.server.entries().map(\.sequence) == [1])
    }

    private func expectFault(
        _ scene: BadInputScene, _ reason: String, entries: Int64 = 1, ref: String? = BadInputScene.ref,
        location: SourceLocation = #_sourceLocation
    ) throws {
        try scene.expectUndecided(
            .undecidedRepository, "the repository could not be read: \(reason)", hint: BadInputScene.Hint.fsck,
            ref: ref, entries: entries, location: location)
    }
}

enum DeepTree {
    /// Stores so many directories, each the only entry of the next, with one process.
    static func write(depth: Int, over tree: ObjectID, to repository: TestRepository) throws -> ObjectID {
        let program = """
            import hashlib, os, sys, zlib
            tree = bytes.fromhex(sys.argv[2])
            for _ in range(int(sys.argv[3])):
                body = b'40000 d\\0' + tree
                data = b'tree %d\\0' % len(body) + body
                digest = hashlib.sha1(data)
                tree = digest.digest()
                name = digest.hexdigest()
                path = os.path.join(sys.argv[1], 'objects', name[:2])
                os.makedirs(path, exist_ok=True)
                with open(os.path.join(path, name[2:]), 'wb') as file:
                    file.write(zlib.compress(data))
            print(tree.hex())
            """
        let output = try spawn(
            ["python3", "-c", program, repository.gitDirectory, tree.hex, "\(depth)"],
            environment: HermeticGit.environment(home: "/"))
        return try repository.id(output)
    }
}
