import Glibc
import RemitReport

/// What a child process wrote and how it ended.
package struct ChildOutput: Sendable {
    package let stdout: [UInt8]
    package let stderr: [UInt8]
    /// The exit status, or 128 plus the signal's number as a shell reports it.
    package let status: Int32

    /// Standard output as text, without its last line feed.
    package var text: String { Self.text(stdout) }

    /// What it said on standard error; empty where that was not captured.
    package var talk: String { Self.text(stderr) }

    /// The last line of what it said on standard error.
    package var complaint: String {
        String(talk.split(separator: "\n").last ?? "")
    }

    /// Itself, where the status is 0; otherwise an error in the program's own words.
    func succeeded(_ name: String) throws(AppError) -> ChildOutput {
        guard status != 0 else { return self }
        let complaint = complaint.isEmpty ? "it ended with status \(status)" : complaint
        throw AppError("\(name) failed: \(complaint)", status: .undecided)
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes, as: UTF8.self)
    }
}

/// Runs another program by its argument vector, without a shell.
package enum ChildProcess {
    /// Who sees the child's standard input and standard error.
    package enum Streams: Sendable {
        /// The child reads these bytes, and what it says is captured.
        case captured(input: [UInt8] = [])
        /// The child may talk with the person: a passphrase, a touch of a security key, a commit hook.
        case terminal
    }

    /// Runs a program found in `PATH` and waits for its end.
    ///
    /// Standard output is always captured.
    ///
    /// The streams are unlinked files rather than pipes, so that no child can block on a full one. While it runs,
    /// an interrupt from the keyboard ends the child and not us, so that we can still clean up.
    package static func run(
        _ command: [String], without dropped: [String] = [], _ streams: Streams = .captured()
    ) throws(AppError) -> ChildOutput {
        let stdout = try Stream()
        let stderr = try Stream()
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, stdout.descriptor, STDOUT_FILENO)
        if case .captured(let input) = streams {
            let stdin = try Stream(input)
            unsafe posix_spawn_file_actions_adddup2(&actions, stdin.descriptor, STDIN_FILENO)
            unsafe posix_spawn_file_actions_adddup2(&actions, stderr.descriptor, STDERR_FILENO)
            return try unsafe finish(command, dropped, &actions, stdout, stderr, kept: stdin)
        }
        return try unsafe finish(command, dropped, &actions, stdout, stderr, kept: nil)
    }

    private static func finish(
        _ command: [String], _ dropped: [String], _ actions: inout posix_spawn_file_actions_t, _ stdout: Stream,
        _ stderr: Stream, kept stdin: Stream?
    ) throws(AppError) -> ChildOutput {
        let interrupt = signal(SIGINT, SIG_IGN)
        let quit = signal(SIGQUIT, SIG_IGN)
        defer {
            signal(SIGINT, interrupt)
            signal(SIGQUIT, quit)
        }
        let child = try unsafe start(command, dropped, &actions)
        withExtendedLifetime(stdin) {}
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7F
        return ChildOutput(
            stdout: try stdout.contents(), stderr: try stderr.contents(),
            status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal)
    }

    private static func start(
        _ command: [String], _ dropped: [String], _ actions: inout posix_spawn_file_actions_t
    ) throws(AppError) -> pid_t {
        // What we ignore for our own sake, the child must not.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGPIPE, SIGINT, SIGQUIT] { unsafe sigaddset(&signals, number) }
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
        var variables = unsafe environment(without: dropped)
        defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
        var child: pid_t = 0
        let program = command.first ?? ""
        let code = unsafe posix_spawnp(&child, program, &actions, &attributes, &arguments, &variables)
        guard code == 0 else {
            throw AppError(
                "cannot run '\(program)': \(Files.reason(code))", hint: "install '\(program)', or mend PATH",
                status: .undecided)
        }
        return child
    }

    private static func environment(without dropped: [String]) -> [UnsafeMutablePointer<CChar>?] {
        var kept: [UnsafeMutablePointer<CChar>?] = unsafe []
        var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = unsafe environ
        while let entry = unsafe next.pointee {
            let isDropped = dropped.contains { name in
                unsafe strncmp(entry, name + "=", name.utf8.count + 1) == 0
            }
            if !isDropped { unsafe kept.append(strdup(entry)) }
            unsafe next += 1
        }
        return unsafe kept + [nil]
    }
}
