import RemitReport
/// The user's own git, run in one directory or in the present one.
package struct Git: Sendable {
    package let directory: String?
    /// Configuration for its runs alone, each `key=value`.
    private let settings: [String]

    package init(in directory: String? = nil) {
        self.init(in: directory, settings: [])
    }

    /// The git of a CI job: in the clone that is judged, and in no other.
    ///
    /// A job's variables can be set by others. With `GIT_DIR` among them, names would be looked up in another repository
    /// than the one whose commits are judged; a replaced object would stand for one that was not judged.
    static let ofJob = Git(in: ".", settings: ["core.useReplaceRefs=false"])

    private init(in directory: String?, settings: [String]) {
        self.directory = directory
        self.settings = settings
    }

    /// The same, with configuration that counts for its runs alone.
    func with(_ settings: [String]) -> Git {
        Git(in: directory, settings: self.settings + settings)
    }

    /// What git sets for a hook or an alias, and what would lead `git -C` elsewhere (`git rev-parse --local-env-vars`).
    private static let localVariables = [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE",
        "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS",
        "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE",
        "GIT_QUARANTINE_PATH",
    ]

    /// Runs git, whatever its status.
    package func attempt(
        _ arguments: [String], _ streams: ChildProcess.Streams = .captured()
    ) throws(AppError) -> ChildOutput {
        let command = settings.flatMap { ["-c", $0] } + arguments
        guard let directory else { return try ChildProcess.run(["git"] + command, streams) }
        return try ChildProcess.run(["git", "-C", directory] + command, without: Self.localVariables, streams)
    }

    /// Runs git, and again where another git in the same repository holds a lock.
    func patiently(_ arguments: [String]) throws(AppError) -> ChildOutput {
        for round in 1..<Self.patience {
            let output = try attempt(arguments)
            let isLocked = output.status != 0 && [".lock'", "cannot lock ref"].contains(where: output.talk.contains)
            guard isLocked else { return output }
            Pause.take(afterAttempt: round)
        }
        return try attempt(arguments)
    }

    /// Most runs of one command that meets another's lock.
    private static let patience = 6

    /// Runs git; a status other than 0 is an error in git's own words.
    @discardableResult
    package func run(
        _ arguments: [String], _ streams: ChildProcess.Streams = .captured()
    ) throws(AppError) -> ChildOutput {
        try attempt(arguments, streams).succeeded("git \(arguments.first { !$0.hasPrefix("-") } ?? "")")
    }

    /// The last value of a configuration key, from every file that git reads; `nil` when it is unset.
    package func configuration(_ key: String) throws(AppError) -> String? {
        let output = try attempt(["config", "--get", key])
        return output.status == 0 && !output.text.isEmpty ? output.text : nil
    }
}
