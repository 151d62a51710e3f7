import Glibc
import RemitHosts
package import RemitModel

/// The one file in which the hook touches the operating system.
package enum Platform {
    /// The world of this process.
    package static func world() -> World {
        var world = World(
            arguments: CommandLine.arguments, words: words(), environment: environment(), now: now(), started: .now,
            trustedOwner: sudoUser(),
            readInput: { limit, deadline throws(GateError) in try readInput(atMost: limit, until: deadline) },
            print: { write($0, to: STDOUT_FILENO) }, say: { write($0, to: STDERR_FILENO) })
        world.watchdog = Watchdog()
        return world
    }

    package static func now() -> Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Instant(seconds: Int64(time.tv_sec))
    }

    /// Every argument, as bytes: the name of a ref need not be UTF-8.
    private static func words() -> [ByteString] {
        unsafe UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).compactMap { word in
            guard let word = unsafe word else { return nil }
            return unsafe ByteString(Array(UnsafeRawBufferPointer(start: word, count: strlen(word))))
        }
    }

    /// Every variable, as bytes: a path need not be UTF-8.
    private static func environment() -> Environment {
        var variables: [ByteString: ByteString] = [:]
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            let bytes = unsafe Array(UnsafeRawBufferPointer(start: entry, count: strlen(entry)))
            if let equals = bytes.firstIndex(of: UInt8(ascii: "=")) {
                variables[ByteString(bytes[..<equals])] = ByteString(bytes[(equals + 1)...])
            }
            unsafe next += 1
        }
        return Environment(variables)
    }

    private static func sudoUser() -> UInt32? {
        guard geteuid() == 0, let text = unsafe getenv("SUDO_UID") else { return nil }
        return unsafe UInt32(String(cString: text))
    }

    /// Takes the numbers of standard streams that are closed: no file that is opened later must get one of them, and then
    /// what is meant for people.
    ///
    /// From what stands in for standard input nothing can be read either. A bare chroot has no `/dev`.
    package static func holdStreams() {
        for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
            // The lowest free number is this one: those below it are taken.
            if unsafe open("/dev/null", O_WRONLY) < 0 { _ = unsafe open("/", O_RDONLY | O_DIRECTORY) }
        }
    }

    /// Waits until standard input has something to read, or its end; whoever started us may never close it.
    private static func awaitInput(until deadline: ContinuousClock.Instant) throws(GateError) {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while true {
            let left = max(.zero, deadline - .now) / Duration.milliseconds(1)
            let ready = unsafe poll(&input, 1, Int32(min(left.rounded(.up), Double(Int32.max))))
            if ready > 0 { return }
            // A signal; and what cannot be waited for is told by reading it.
            if ready < 0 { if errno == EINTR { continue } else { return } }
            throw GateError(.undecidedInput, "standard input did not end before the time was over")
        }
    }

    /// Reads standard input to its end, or until one byte more than the limit is there.
    private static func readInput(
        atMost limit: Int, until deadline: ContinuousClock.Instant?
    ) throws(GateError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            if let deadline { try awaitInput(until: deadline) }
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            }
            if count == 0 { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw GateError(.undecidedInput, "standard input cannot be read: error \(errno)")
            }
            bytes.append(contentsOf: chunk[..<count])
        }
        return bytes
    }

    /// Writes all of a text.
    ///
    /// A reader that has gone away is not our fault, and the exit status still speaks.
    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Ends the process.
    ///
    /// A broken pipe must not kill it before it could answer.
    package static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }
}
