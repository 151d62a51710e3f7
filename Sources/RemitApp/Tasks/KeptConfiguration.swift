import RemitReport

/// A clone's own configuration as it was before a task, in a file that git itself writes and reads.
struct KeptConfiguration {
    let git: Git
    let path: String

    /// Where the file remembers which hooks ran before.
    private static let hooksName = "remit-before.hooks"
    /// Which keys the task sets; each stands there once, whether or not it was set.
    private static let keysName = "remit-before.key"

    var isThere: Bool { Files.exists(path) }

    /// Keeps the values that some keys have now.
    ///
    /// The file is there wholly or not at all: what a crash leaves can always be undone.
    func keep(_ keys: [String], hooks: String) throws(AppError) {
        let draft = "\(path).new"
        Files.remove(draft)
        try add(Self.hooksName, hooks, to: draft)
        for key in keys { try add(Self.keysName, key, to: draft) }
        for (key, value) in try local() where keys.contains(key) { try add(key, value, to: draft) }
        try AtomicFile.move(draft, to: path)
    }

    private func add(_ key: String, _ value: String, to file: String) throws(AppError) {
        try git.run(["config", "--file", file, "--add", key, value])
    }

    /// The directory of the hooks that ran before the task.
    func hooks() throws(AppError) -> String {
        try git.run(["config", "--file", path, "--get", Self.hooksName]).text
    }

    /// Gives every key the values that it had, and removes those that it had not.
    func restore() throws(AppError) {
        let before = try entries(["config", "--file", path, "--list", "-z"])
        let keys = before.filter { $0.key == Self.keysName }.map(\.value)
        for key in keys {
            let output = try git.attempt(["config", "--local", "--unset-all", key])
            // Status 5: it was not set.
            guard output.status == 0 || output.status == 5 else {
                throw AppError("git config failed: \(output.complaint)", status: .undecided)
            }
            for (name, value) in before where name == key { try git.run(["config", "--local", "--add", key, value]) }
        }
    }

    private func local() throws(AppError) -> [(key: String, value: String)] {
        try entries(["config", "--local", "--list", "-z"])
    }

    /// Git's list: each key, a line feed, the value, a NUL; a key without a value is a true one.
    private func entries(_ arguments: [String]) throws(AppError) -> [(key: String, value: String)] {
        try git.run(arguments).stdout.split(separator: 0).map { entry in
            let parts = entry.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
            return (
                String(decoding: parts[0], as: UTF8.self),
                parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "true"
            )
        }
    }
}
