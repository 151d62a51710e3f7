import ArgumentParser

/// `remit log`: what can be asked of a ledger.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Hold the ledger against what it is evidence of.",
        subcommands: [LogCoverageCommand.self])
}
