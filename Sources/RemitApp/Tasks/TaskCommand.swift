import ArgumentParser

/// `remit task`: what an agent does at the beginning and at the end of a task.
struct TaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "Begin and end a task: its key, and the clone in which it is done.",
        discussion: "Example: remit task start 1f2e3d4c5b6a --key task.key --agent-lifetime",
        subcommands: [TaskStartCommand.self, TaskEndCommand.self])
}
