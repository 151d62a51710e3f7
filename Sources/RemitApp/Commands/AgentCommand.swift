import ArgumentParser

/// `remit agent`, or `remit agents`: the inventory of coding agents, and whom the catalogue of marks knows.
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent",
        abstract: "Keep the inventory of coding agents, and tell by which marks agents are known.",
        discussion: "Example: remit agent add claude-code --vendor Anthropic --owner dana@example.org",
        subcommands: [
            AgentAddCommand.self, AgentListCommand.self, AgentShowCommand.self, AgentReviewCommand.self,
            AgentUpdateCommand.self, AgentSuspendCommand.self, AgentRetireCommand.self, AgentKnownCommand.self,
            AgentMarksCommand.self,
        ], aliases: ["agents"])
}
