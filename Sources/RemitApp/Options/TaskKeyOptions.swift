import ArgumentParser
import RemitReport

/// With which key the agent is to sign its work.
struct TaskKeyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The agent's public key for this task.", valueName: "file"))
    var taskKey: String?

    @Option(help: ArgumentHelp("Where to make a key for this task, without a passphrase.", valueName: "file"))
    var newTaskKey: String?

    func validate() throws {
        guard taskKey == nil || newTaskKey == nil else {
            throw ValidationError("give either --task-key FILE or --new-task-key FILE")
        }
    }

    var isEmpty: Bool { taskKey == nil && newTaskKey == nil }

    /// The key that exists, or a new one; `nil` where neither was named.
    ///
    /// - Parameter comment: what a new key says of itself.
    func key(comment: String) throws(AppError) -> TaskKey? {
        if let newTaskKey { return try TaskKey(makingAt: newTaskKey, flag: "--new-task-key", comment: comment) }
        return try taskKey.map { path throws(AppError) in try TaskKey(existing: path) }
    }
}
