import RemitReport
/// The user's own git, run in one directory or in the present one.
package struct Git: Sendable {
    package let directory: String?

    package init(in directory: String? = nil) {
        self.directory = directory
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
        guard let directory else { return try ChildProcess.run(["git"] + arguments, streams) }
        return try ChildProcess.run(["git", "-C", directory] + arguments, without: Self.localVariables, streams)
    }

    /// Runs git; a status other than 0 is an error in git's own words.
    @discardableResult
    package func run(
        _ arguments: [String], _ streams: ChildProcess.Streams = .captured()
    ) throws(AppError) -> ChildOutput {
        let output = try attempt(arguments, streams)
        guard output.status == 0 else {
            let name = arguments.first { !$0.hasPrefix("-") } ?? ""
            let complaint = output.complaint.isEmpty ? "it ended with status \(output.status)" : output.complaint
            throw AppError("git \(name) failed: \(complaint)", status: .undecided)
        }
        return output
    }

    /// The last value of a configuration key, from every file that git reads; `nil` when it is unset.
    package func configuration(_ key: String) throws(AppError) -> String? {
        let output = try attempt(["config", "--get", key])
        return output.status == 0 && !output.text.isEmpty ? output.text : nil
    }
}
