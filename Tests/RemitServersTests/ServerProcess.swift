import Foundation
import RemitTestSupport

/// A server that runs beside the tests on loopback, and goes when their process does.
final class ServerProcess {
    let directory: TemporaryDirectory
    private let process = Process()
    /// One end of a connection, which no other child has: the server goes when it is closed.
    private let life: FileHandle

    /// What it said so far, for a test that fails.
    var log: String { (try? String(contentsOfFile: "\(directory.path)/log", encoding: .utf8)) ?? "" }

    /// Starts a server whose words go to `log` in a directory, and comes back when `isReady` says so.
    ///
    /// A shell beside it waits for the end of a connection, so that the server ends even when the tests are killed, and ends
    /// with all its children.
    init(
        _ command: [String], in directory: TemporaryDirectory, environment: [String: String] = [:],
        isReady: () throws -> Bool
    ) throws {
        self.directory = directory
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw CommandFailure(command: ["socketpair"], status: errno, stderr: "no socket for \(command[0])")
        }
        let listening = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        life = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments =
            ["-c", Self.keeper, "\(directory.path)/log"] + command
        process.environment = HermeticGit.environment(home: directory.path).merging(environment) { $1 }
        process.standardInput = listening
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<200 {
            if try isReady() { return }
            guard process.isRunning else { break }
            usleep(50_000)
        }
        stop()
        throw CommandFailure(command: command, status: 1, stderr: "the server does not answer: \(log)")
    }

    private static let keeper = #"setsid "$@" >>"$0" 2>&1 </dev/null & server=$!; cat; kill -KILL -$server"#

    deinit { stop() }

    func stop() {
        try? life.close()
        process.waitUntilExit()
    }
}

/// A port of loopback that nobody listened on a moment ago.
enum Loopback {
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else { throw CommandFailure(command: ["bind"], status: errno, stderr: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Whether somebody listens on a port.
    static func answers(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = address(port: UInt16(port))
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        return address
    }
}
