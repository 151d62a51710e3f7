import ArgumentParser

/// `remit collect`: the evidence of many servers in one place.
struct CollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Ship the evidence of servers into PostgreSQL, and verify what was shipped.",
        discussion: """
            What is shipped can be traced over all servers: 'remit trace ID --collection ADDRESS'.

            Example: remit collect --to 'postgres://collector@db.example.org/evidence?sslmode=verify-full' \
            --ledger /var/lib/remit/ledger.sqlite
            """,
        subcommands: [CollectShipCommand.self, CollectVerifyCommand.self],
        defaultSubcommand: CollectShipCommand.self)
}
