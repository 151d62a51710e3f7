import ArgumentParser

/// `remit pipeline`: what the definitions of pipelines in a tree let through.
struct PipelineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline",
        abstract: "Say what the pipelines of a tree deploy, and whether behind a gate.",
        subcommands: [PipelineCheckCommand.self])
}
