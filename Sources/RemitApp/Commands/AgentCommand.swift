import ArgumentParser

/// `remit agent`: the inventory of coding agents.
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "Keep the inventory of coding agents.",
        discussion: "Example: remit agent add claude-code --vendor Anthropic --owner dana@example.org",
        subcommands: [
            AgentAddCommand.self, AgentListCommand.self, AgentShowCommand.self, AgentReviewCommand.self,
            AgentUpdateCommand.self, AgentSuspendCommand.self, AgentRetireCommand.self,
        ])
}
