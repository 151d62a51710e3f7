import ArgumentParser

/// `remit gate`: what a CI job runs before a merge or a deployment.
struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Judge, in a CI job, what would be merged or deployed.",
        subcommands: [GateMergeCommand.self, GateDeployCommand.self, GateDeployedCommand.self, GateKeyCommand.self])
}
