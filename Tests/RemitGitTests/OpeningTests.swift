import Glibc
import RemitGit
import RemitModel
import RemitTestSupport
import Testing

@Suite struct OpeningTests {
    @Test(
        arguments: [
            (
                ["extensions.objectFormat", "sha256"], .unsupportedFormat,
                "use a repository made with --object-format=sha1"
            ),
            (
                ["extensions.compatObjectFormat", "sha256"], .unsupportedFormat,
                "object format 'sha256' is not supported"
            ),
            (["extensions.refStorage", "reftable"], .unsupportedFormat, "run 'git refs migrate --ref-format=files'"),
            (["extensions.partialClone", "origin"], .partialClone, "make a full clone, without --filter"),
            (["extensions.later", "true"], .unsupportedFormat, "extension 'later' is not known: remove it to go on"),
            (["remote.origin.promisor", "true"], .partialClone, "(remote.origin.promisor is set)"),
            (["remote.a.b.promisor", "maybe"], .corrupt, "value of 'remote.a.b.promisor' is not a boolean"),
            (
                ["core.repositoryFormatVersion", "2"], .unsupportedFormat,
                "repository format version '2' is not supported"
            ),
        ] as [([String], GitError.Code, String)])
    func `a format that would be misread is refused with its cure`(
        setting: [String], code: GitError.Code, reason: String
    ) throws {
        let repository = try TestRepository()
        try repository.git(["config", "-f", "\(repository.gitDirectory)/config"] + setting)
        let error = try gitError { _ = try repository.open() }
        #expect(error.code == code)
        #expect(error.reason.contains(reason), "\(error.reason)")
    }

    @Test func `a real sha256 repository is refused`() throws {
        let repository = try TestRepository(arguments: ["--object-format=sha256"])
        #expect(try gitError { _ = try repository.open() }.code == .unsupportedFormat)
    }

    @Test(arguments: [
        ["extensions.objectFormat", "sha1"], ["extensions.worktreeConfig", "true"], ["extensions.noop", "true"],
        ["extensions.preciousObjects", "true"], ["remote.origin.promisor", "false"],
    ])
    func `a harmless setting is read past`(setting: [String]) throws {
        let repository = try TestRepository()
        let commit = try repository.commit(["a": "x"])
        try repository.git(["config"] + setting)
        #expect(try repository.open().reference("refs/heads/main") == commit)
    }

    @Test func `a shallow clone is refused with its cure`() throws {
        let repository = try TestRepository()
        for number in 0..<3 { try repository.commit(["a": .file("\(number)")]) }
        let clone = "\(repository.directory.path)/clone"
        try repository.git("clone", "-q", "--depth", "1", "--bare", "file://\(repository.path)", clone)
        let error = try gitError {
            _ = try Repository(at: RepositoryLocation(gitDirectory: ByteString(clone)))
        }
        #expect(error.code == .shallow)
        #expect(error.reason.contains("git fetch --unshallow"))
        #expect(error.reason.contains("set the fetch depth of the job to 0"))
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a directory away"))
    func `a repository of somebody else is refused`() throws {
        let repository = try TestRepository()
        #expect(unsafe chown(repository.gitDirectory, 12_345, 12_345) == 0)
        let error = try gitError { _ = try repository.open() }
        #expect(error.code == .foreignOwner)
        #expect(error.reason.contains("is owned by uid 12345, and this process runs as uid 0"))
        let location = try RepositoryLocation(gitDirectory: ByteString(repository.gitDirectory))
        #expect(throws: Never.self) { _ = try Repository(at: location, trustedOwner: 12_345) }
        #expect(try gitError { _ = try Repository(at: location, trustedOwner: 54_321) }.code == .foreignOwner)
    }

    @Test func `a directory that is no repository is not found`() throws {
        let directory = try TemporaryDirectory()
        let path = ByteString(directory.path)
        #expect(try gitError { _ = try RepositoryLocation(gitDirectory: path) }.code == .notFound)
        #expect(try gitError { _ = try RepositoryLocation(gitDirectory: "/nowhere/at/all") }.code == .notFound)
        #expect(try gitError { _ = try RepositoryLocation.discover(from: path) }.code == .notFound)
        #expect(try gitError { _ = try RepositoryLocation(gitDirectory: ByteString([0x2F, 0])) }.code == .notFound)
    }

    @Test func `a repository is found from below, from a worktree, and by its own directory`() throws {
        let repository = try TestRepository(bare: false, name: "we\"ird:r epo")
        let commit = try repository.commit(["a/b": "x"])
        try repository.git("checkout", "-q", "-f", "main")
        let worktree = "\(repository.directory.path)/linked"
        try repository.git("worktree", "add", "-q", "-b", "linked", worktree)
        for place in ["\(repository.path)/a", repository.path, repository.gitDirectory, worktree, "\(worktree)/a"] {
            let location = try RepositoryLocation.discover(from: ByteString(place))
            #expect(location.commonDirectory == ByteString(repository.gitDirectory))
            let ours = try Repository(at: location)
            #expect(try ours.reference("HEAD") == commit)
            #expect(try ours.reference("refs/heads/main") == commit)
        }
        let linked = try RepositoryLocation.discover(from: ByteString(worktree))
        #expect(linked.gitDirectory == ByteString("\(repository.gitDirectory)/worktrees/linked"))
    }

    @Test func `only the repository's own configuration counts`() throws {
        let repository = try TestRepository()
        try repository.git("config", "remit.Authority", "one")
        try repository.git("config", "--add", "remit.authority", "two")
        try repository.git("config", "remit.Sub.Key.flag", "x")
        try writeFile(
            readFile("\(repository.gitDirectory)/config") + Array("[remit]\n\tbare\n\tbytes = \"".utf8) + [0xFF]
                + Array("\"\n".utf8), to: "\(repository.gitDirectory)/config")
        let ours = try repository.open()
        #expect(try ours.configuration("Remit.AUTHORITY") == ["one", "two"])
        #expect(try ours.configuration("remit.Sub.Key.FLAG") == ["x"])
        #expect(try ours.configuration("remit.sub.key.flag") == [])
        #expect(try ours.configuration("remit.bare") == ["true"])
        #expect(try ours.configuration("user.name") == [])
        #expect(try gitError { _ = try ours.configuration("remit.bytes") }.code == .corrupt)
    }

    @Test func `a config that cannot be parsed is an error`() throws {
        let repository = try TestRepository()
        try writeFile(Array("[core\n".utf8), to: "\(repository.gitDirectory)/config")
        #expect(try gitError { _ = try repository.open() }.code == .corrupt)
    }
}
