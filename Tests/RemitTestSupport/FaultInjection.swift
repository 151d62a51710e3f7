/// Kills a program at one step of its writing, or lets that step fail: each call that changes files whose paths have a
/// common beginning is a step.
///
/// Nothing of this is in the program: a library that is preloaded counts its calls.
package final class FaultInjection {
    package enum Kind: String, Sendable, CaseIterable {
        case killBefore = "kill-before"
        case killAfter = "kill-after"
        /// From the step on nothing that needs space is done.
        case full
        /// The step alone answers that the device failed.
        case io
    }

    /// One call: `write`, `sync`, `create`, `unlink`, …, and the rest of the file's path.
    package struct Step: Hashable, Sendable {
        package let call: String
        package let file: String

        package var words: String { "\(call) \(file)" }
    }

    private let directory: TemporaryDirectory
    private let files: String

    /// Watches the files whose paths begin so.
    package init(on files: String) throws {
        directory = try TemporaryDirectory()
        self.files = files
    }

    /// What the program needs in its environment; steps are counted from here, over all the processes that inherit it.
    ///
    /// Without a number nothing fails.
    package func environment(_ kind: Kind, at step: Int = 0) throws -> [String: String] {
        try writeFile([], to: log)
        return [
            "LD_PRELOAD": try Self.library.get().path, "FAULT_FILES": files, "FAULT_STEPS": log,
            "FAULT_KIND": kind.rawValue, "FAULT_AT": String(step),
        ]
    }

    /// The steps that were taken; the last one perhaps not.
    package func steps() throws -> [Step] {
        String(decoding: try readFile(log), as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            return words.first.map { Step(call: String($0), file: words.dropFirst().joined(separator: " ")) }
        }
    }

    private var log: String { "\(directory.path)/steps" }

    /// Made once, by the compiler that links every Swift program.
    private static let library = Result {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/fault.so"
        let source = "\(repositoryRoot())/Tests/Scripts/fault-injection/fault.c"
        let made = try spawn(
            ["clang", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", path, source, "-ldl"],
            environment: HermeticGit.environment(home: directory.path))
        guard made.status == 0 else {
            throw CommandFailure(command: ["clang", source], status: made.status, stderr: made.errorText)
        }
        return (directory: directory, path: path)
    }
}
