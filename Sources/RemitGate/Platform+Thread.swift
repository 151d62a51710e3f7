import Glibc

// What the watchdog needs of the operating system.
extension Platform {
    private final class Work {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// Starts a thread that nobody waits for; gives back 0, or the error's number.
    static func startThread(_ body: @escaping @Sendable () -> Void) -> Int32 {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, work.toOpaque())
        guard status == 0 else {
            unsafe work.release()
            return status
        }
        pthread_detach(thread)
        return 0
    }

    static func sleep(nanoseconds: Int) {
        var time = timespec(tv_sec: 0, tv_nsec: nanoseconds)
        unsafe nanosleep(&time, nil)
    }

    /// How long a reader is waited for that has let the pipe fill up.
    private static let patienceMilliseconds: Int32 = 100

    /// Says what is left to be said and ends the process, whatever its other threads are doing.
    ///
    /// Nothing is flushed and nothing is freed: another thread may hold any lock there is. Where nobody reads, the status
    /// still speaks.
    static func end(saying text: [UInt8], isData: Bool, status: Int32) -> Never {
        let descriptor = isData ? STDOUT_FILENO : STDERR_FILENO
        // A pipe that takes anything takes this much at once.
        var stream = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if unsafe poll(&stream, 1, patienceMilliseconds) > 0 {
            _ = unsafe text.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, Int(PIPE_BUF)))
            }
        }
        _exit(status)
    }

    /// For a thread that another one is about to end.
    static func waitForTheEnd() -> Never {
        while true { pause() }
    }
}
