import Foundation

/// Another time for one push: git, the hook and whatever they start read a clock that is ahead or behind.
package enum FakeTime {
    /// What a process needs in its environment to live so many seconds later, or earlier where that is negative.
    ///
    /// The clock that deadlines count on stays the real one.
    package static func environment(secondsLater seconds: Int64) throws -> [String: String] {
        [
            "LD_PRELOAD": try library.get(), "FAKETIME": "\(seconds < 0 ? "" : "+")\(seconds)s",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1", "FAKETIME_NO_CACHE": "1",
        ]
    }

    /// The library that `faketime` itself preloads.
    private static let library = Result {
        let found = try spawn(
            ["faketime", "-f", "+0s", "sh", "-c", "printf %s \"$LD_PRELOAD\""], environment: ["PATH": HermeticGit.path])
        guard found.status == 0, !found.text.isEmpty else {
            throw CommandFailure(command: ["faketime"], status: found.status, stderr: found.errorText)
        }
        return found.text
    }
}
