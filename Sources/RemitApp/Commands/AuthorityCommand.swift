import ArgumentParser

/// `remit authority`: the policy, and what is proposed for it.
struct AuthorityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "authority", abstract: "Tell and change the policy, with the administrators' signatures.",
        discussion: "Example: remit authority show",
        subcommands: [
            AuthorityShowCommand.self, AuthorityProposeCommand.self, AddPersonCommand.self, RemovePersonCommand.self,
            AuthoritySignCommand.self, AuthorityWithdrawCommand.self, AuthorityTimestampCommand.self,
        ])
}
