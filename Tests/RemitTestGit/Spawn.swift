import Glibc

/// What a child process wrote and how it ended.
package struct Output: Sendable {
    package let stdout: [UInt8]
    package let stderr: [UInt8]
    /// The exit status, or 128 plus the signal's number as a shell reports it.
    package let status: Int32

    package init(stdout: [UInt8], stderr: [UInt8], status: Int32) {
        self.stdout = stdout
        self.stderr = stderr
        self.status = status
    }

    /// Standard output as text, without its last newline.
    package var text: String {
        var text = String(decoding: stdout, as: UTF8.self)
        if text.last == "\n" { text.removeLast() }
        return text
    }

    package var errorText: String { String(decoding: stderr, as: UTF8.self) }

    package var lines: [String] { text.split(separator: "\n").map(String.init) }

    /// The NUL-terminated fields that git's `-z` prints.
    package var fields: [[UInt8]] {
        var fields = stdout.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
        if fields.last == [] { fields.removeLast() }
        return fields
    }
}

/// A child process that could not be started, or that failed where success was needed.
package struct CommandFailure: Error, CustomStringConvertible {
    package let command: [String]
    package let status: Int32
    package let stderr: String

    package init(command: [String], status: Int32, stderr: String) {
        self.command = command
        self.status = status
        self.stderr = stderr
    }

    package var description: String { "\(command.joined(separator: " ")): status \(status): \(stderr)" }
}

/// Runs a program with exactly this environment.
///
/// The streams are unlinked files, not pipes, so that no child can block on a full pipe or keep another's open.
/// Foundation's `Process` needs a run loop and several times as long.
package func spawn(
    _ command: [String], input: [UInt8] = [], environment: [String: String], directory: String? = nil
) throws -> Output {
    let (stdin, stdout, stderr) = (try Scratch(input), try Scratch(), try Scratch())
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (target, scratch) in [stdin, stdout, stderr].enumerated() {
        unsafe posix_spawn_file_actions_adddup2(&actions, scratch.descriptor, Int32(target))
    }

    // A test's thread may block signals, and a child would inherit that: `sh` then never hears of its own children.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    unsafe sigemptyset(&noSignals)
    unsafe posix_spawnattr_setsigmask(&attributes, &noSignals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    // Glibc's module does not show `posix_spawn_file_actions_addchdir_np`.
    let command = directory.map { ["env", "-C", $0] + command } ?? command
    let path = environment["PATH", default: "/usr/bin:/bin"]
    let program = command.first ?? ""
    let candidates = program.contains("/") ? [program] : path.split(separator: ":").map { "\($0)/\(program)" }
    let executable = candidates.first { unsafe access($0, X_OK) == 0 } ?? program
    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer { unsafe (arguments + variables).forEach { unsafe free($0) } }

    var child: pid_t = 0
    let code = unsafe posix_spawn(&child, executable, &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw CommandFailure(command: command, status: code, stderr: "cannot start") }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    return Output(
        stdout: try stdout.contents(), stderr: try stderr.contents(),
        status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal)
}

/// An unlinked temporary file that stands in for one end of a pipe.
private final class Scratch {
    let descriptor: Int32

    init(_ contents: [UInt8] = []) throws {
        var template = Array("/tmp/remit-stream-XXXXXX".utf8CString)
        descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else { throw CommandFailure(command: [], status: errno, stderr: "cannot make a stream") }
        unsafe unlink(&template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var written = 0
        while written < contents.count {
            let count = unsafe contents.withUnsafeBytes { bytes in
                unsafe write(descriptor, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            guard count > 0 else { throw CommandFailure(command: [], status: errno, stderr: "cannot fill a stream") }
            written += count
        }
        lseek(descriptor, 0, SEEK_SET)
    }

    func contents() throws -> [UInt8] {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        guard size >= 0 else { throw CommandFailure(command: [], status: errno, stderr: "cannot measure a stream") }
        var bytes = [UInt8](repeating: 0, count: size)
        var done = 0
        while done < size {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe pread(descriptor, buffer.baseAddress.map { unsafe $0 + done }, size - done, off_t(done))
            }
            guard count > 0 else { throw CommandFailure(command: [], status: errno, stderr: "cannot read a stream") }
            done += count
        }
        return bytes
    }

    deinit { close(descriptor) }
}
