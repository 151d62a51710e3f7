import Foundation

/// Git, cut off from the configuration, the identity and the environment of whoever runs the tests.
package enum HermeticGit {
    /// The first date of every test: 2026-11-20T09:00:00Z.
    package static let epoch: Int64 = 1_795_165_200

    package static let path = ProcessInfo.processInfo.environment["PATH", default: "/usr/bin:/bin"]

    /// The whole environment of a child; nothing else is inherited.
    package static func environment(home: String) -> [String: String] {
        [
            "PATH": path, "HOME": home, "LC_ALL": "C", "TZ": "UTC",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
            "GIT_AUTHOR_NAME": "Dana Example", "GIT_AUTHOR_EMAIL": "dana@example.org",
            "GIT_AUTHOR_DATE": "\(epoch) +0000",
            "GIT_COMMITTER_NAME": "Dana Example", "GIT_COMMITTER_EMAIL": "dana@example.org",
            "GIT_COMMITTER_DATE": "\(epoch) +0000",
            // No background maintenance and no fsync: hundreds of repositories are made and thrown away.
            "GIT_TEST_FSYNC": "0", "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": "gc.auto", "GIT_CONFIG_VALUE_0": "0",
            "GIT_CONFIG_KEY_1": "safe.directory", "GIT_CONFIG_VALUE_1": "*",
        ]
    }

    /// Runs git in a directory; `environment` is laid over the hermetic one.
    package static func run(
        _ arguments: [String], in directory: String, input: [UInt8] = [], environment: [String: String] = [:]
    ) throws -> Output {
        try spawn(
            ["git", "-C", directory] + arguments, input: input,
            environment: Self.environment(home: directory).merging(environment) { $1 })
    }
}
