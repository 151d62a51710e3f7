import Glibc
import RemitReport

/// A change of several keys of one git configuration file, which is there wholly or not at all.
///
/// Git's own `config` writes one key at a time: what is killed between two of them leaves settings that nobody chose.
struct ConfigurationChange {
    /// The file itself, where a link leads to it.
    private let path: String
    private let before: [UInt8]
    private let mode: UInt32

    /// Longest configuration that is read.
    private static let byteCount = 16 << 20

    init(of path: String) throws(AppError) {
        self.path = RealPath.of(path) ?? path
        var status = stat()
        guard unsafe stat(self.path, &status) == 0 else {
            throw AppError("cannot read '\(path)': \(Files.reason(errno))", status: .undecided)
        }
        mode = status.st_mode & 0o7777
        before = try Files.read(self.path, limit: Self.byteCount)
    }

    /// Sets keys, or takes those away that have no value.
    func make(_ values: [(key: String, value: String?)], with git: Git) throws(AppError) {
        let staged = try AtomicFile.stage(before, in: Files.parent(of: path), mode: mode)
        defer { Files.remove(staged) }
        for (key, value) in values {
            let change = value.map { ["--replace-all", key, $0] } ?? ["--unset-all", key]
            let output = try git.attempt(["config", "--file", staged] + change)
            // Status 5: there was none to be taken away.
            guard output.status == 0 || value == nil && output.status == 5 else {
                throw AppError("cannot set \(key): \(output.complaint)", status: .undecided)
            }
        }
        guard try Files.read(staged, limit: Self.byteCount) != before else { return }
        Ownership.give(staged, toOwnerOf: path)
        try replace(by: staged)
    }

    /// Keeps git's own rule: who writes `config` makes `config.lock` first, then renames it.
    private func replace(by staged: String) throws(AppError) {
        let lock = "\(path).lock"
        let descriptor = unsafe open(staged, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw AppError("cannot read '\(staged)': \(Files.reason(errno))") }
        defer { close(descriptor) }
        // As long as this process lives: by it another one knows that the lock is not a dead one's.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fsync(descriptor) == 0 else {
            throw AppError("cannot write '\(staged)': \(Files.reason(errno))", status: .undecided)
        }
        if Files.exists(lock) { try clear(lock) }
        guard unsafe link(staged, lock) == 0 else {
            guard errno == EEXIST else {
                throw AppError("cannot write '\(lock)': \(Files.reason(errno))", status: .undecided)
            }
            throw Self.busy(lock)
        }
        do throws(AppError) {
            guard try Files.read(path, limit: Self.byteCount) == before else {
                throw AppError("'\(path)' was changed meanwhile", hint: "try again", status: .undecided)
            }
            try AtomicFile.move(lock, to: path)
        } catch {
            Files.remove(lock)
            throw error
        }
    }

    /// Takes away the lock of an installation that was killed; anyone else's is respected.
    private func clear(_ lock: String) throws(AppError) {
        let directory = Files.parent(of: path)
        for name in try Files.names(in: directory) where name.hasPrefix(".remit-") {
            let other = "\(directory)/\(name)"
            guard FileState.areOne(other, lock) else { continue }
            let descriptor = unsafe open(other, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { break }
            try AtomicFile.remove(lock)
            Files.remove(other)
            return
        }
        throw Self.busy(lock)
    }

    private static func busy(_ lock: String) -> AppError {
        AppError(
            "'\(lock)' is there: another git is writing the settings, or one died doing so",
            hint: "try again; where no git runs, remove it", status: .undecided)
    }
}
