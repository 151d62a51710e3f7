import Foundation
import Glibc

/// A program that runs beside the test, to be waited for or killed.
package final class BackgroundProcess {
    private let process = Process()
    private let directory: TemporaryDirectory

    package init(_ command: [String], environment: [String: String]) throws {
        directory = try TemporaryDirectory()
        let (stdout, stderr) = ("\(directory.path)/stdout", "\(directory.path)/stderr")
        for path in [stdout, stderr] { try writeFile([], to: path) }
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: stdout)
        process.standardError = FileHandle(forWritingAtPath: stderr)
        try process.run()
    }

    deinit { if process.isRunning { kill() } }

    /// Ends it as nothing can prevent.
    package func kill() {
        _ = Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Waits for its end.
    package func output() throws -> Output {
        process.waitUntilExit()
        return Output(
            stdout: try directory.read("stdout"), stderr: try directory.read("stderr"),
            status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus)
    }
}

package struct Impatience: Error {
    package let what: String
}

/// Waits until something is so, and gives up after a minute.
package func wait(until what: String, _ condition: () throws -> Bool) throws {
    for _ in 0..<1200 {
        if try condition() { return }
        usleep(50_000)
    }
    throw Impatience(what: what)
}
