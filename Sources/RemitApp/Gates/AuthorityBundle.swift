import Glibc
import RemitGate
import RemitReport

/// An authority that came in one file, `git bundle create authority.bundle main`, unpacked for one judgement.
///
/// Nothing of the job's has a say in it: no configuration, no hook, no template, no variable. What the objects are
/// worth is decided from the pinned root alone.
struct AuthorityBundle {
    /// The bare repository that it was unpacked into; its `main` is the ref that was asked for.
    let repository: String
    private let directory: String

    /// The longest file that is unpacked: 256 MiB.
    static let maximumByteCount: Int64 = 256 << 20

    /// Whether what is named as the authority is a file, and so cannot be a repository.
    static func isNamed(by path: String) -> Bool {
        let file = Files.absolute(path)
        return Files.exists(file) && !Files.isDirectory(file)
    }

    init(at path: String, ref: String) throws(AppError) {
        let file = Files.absolute(path)
        try Self.requireBundle(file, named: path)
        let directory = try Files.temporaryDirectory()
        let repository = "\(directory)/authority.git"
        do throws(AppError) {
            let made = try Self.git(["init", "--quiet", "--bare", "--template=", repository])
            _ = try made.succeeded("git init")
            try Self.unpack(file, named: path, ref, into: repository)
        } catch {
            Files.removeTree(directory)
            throw error
        }
        self.repository = repository
        self.directory = directory
    }

    func remove() { Files.removeTree(directory) }

    private static func requireBundle(_ file: String, named path: String) throws(AppError) {
        let descriptor = unsafe open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw AppError("cannot read '\(path)': \(Files.reason(errno))", status: .undecided)
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw AppError("'\(path)' is neither a directory nor a file", status: .undecided)
        }
        guard Int64(status.st_size) <= maximumByteCount else {
            throw AppError("'\(path)' is longer than 256 MiB", status: .undecided)
        }
        var start = [UInt8](repeating: 0, count: 13)
        let count = unsafe start.withUnsafeMutableBytes { buffer in
            unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        }
        guard count == start.count, start.starts(with: "# v2 git bund".utf8) || start.starts(with: "# v3 git bund".utf8)
        else {
            throw AppError(
                "'\(path)' is not a git bundle", hint: "make one with 'git bundle create authority.bundle main'",
                status: .undecided)
        }
    }

    private static func unpack(
        _ file: String, named path: String, _ ref: String, into repository: String
    ) throws(AppError) {
        let heads = try git(["bundle", "list-heads", file])
        guard heads.status == 0 else {
            throw AppError("'\(path)' is a damaged bundle: \(heads.complaint)", status: .undecided)
        }
        let names = heads.text.split(separator: "\n").compactMap { $0.split(separator: " ").last.map(String.init) }
        guard names.contains(ref) else {
            throw AppError(
                "'\(path)' has no ref '\(ref)'; it has: \(names.joined(separator: ", "))",
                hint: "make it with 'git bundle create authority.bundle main', or set git config remit.authorityRef",
                status: .undecided)
        }
        // A bundle may leave out what its receiver is thought to have; this one has nothing.
        guard try git(["-C", repository, "bundle", "verify", "--quiet", file]).status == 0 else {
            throw AppError(
                "'\(path)' lacks commits that it builds upon",
                hint: "bundle the whole history with 'git bundle create authority.bundle main'", status: .undecided)
        }
        let fetched = try git([
            "-C", repository, "-c", "fetch.fsckObjects=true", "fetch", "--quiet", "--no-tags", "--no-auto-gc",
            "--no-write-fetch-head", file, "+\(ref):\(Settings.defaultAuthorityRef)",
        ])
        guard fetched.status == 0 else {
            throw AppError("'\(path)' is a damaged bundle: \(fetched.complaint)", status: .undecided)
        }
    }

    private static func git(_ arguments: [String]) throws(AppError) -> ChildOutput {
        let path = Files.variable("PATH") ?? "/usr/bin:/bin"
        return try ChildProcess.run(
            [
                "env", "-i", "PATH=\(path)", "LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "git",
                "-c", "core.hooksPath=/dev/null", "-c", "safe.directory=*",
            ] + arguments)
    }
}
