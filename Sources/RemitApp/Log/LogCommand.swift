import ArgumentParser

/// `remit log`: what can be asked of a ledger, and what is published of it.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Publish the ledger, have others keep it, prove and verify it, hold refs against it, and erase.",
        subcommands: [
            LogKeyCommand.self, LogPublishCommand.self, LogCheckpointCommand.self, LogVerifyCommand.self,
            LogProveCommand.self, LogWitnessCommand.self, LogPushCommand.self, LogAnchorsCommand.self,
            LogAlarmCommand.self, LogCoverageCommand.self, LogEraseCommand.self, LogClockCommand.self,
        ])
}
