import ArgumentParser
import RemitFormats
import RemitModel
import RemitReport

/// `remit gate deployed`: that the deployment which the gate allowed has been carried out.
struct GateDeployedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deployed",
        abstract: "Remember what was deployed, after the deployment.",
        discussion: """
            Pushes a tag of the deployed commit, with the decision that the gate signed, to \
            refs/remit/deployed/ENVIRONMENT: the next deployment is judged from there on. The server's hook takes it \
            where one of the environment's 'statement_keys' signed it. Prints the tag's id.

            Example: remit gate deployed --environment production --statement remit.jsonl
            """)

    @Option(
        help: ArgumentHelp("The environment, as the policy names it.", valueName: "name"),
        transform: OptionReading.identifier)
    var environment: String

    @Option(help: ArgumentHelp("What 'remit gate deploy --statement' wrote.", valueName: "file"))
    var statement: String

    @Option(help: ArgumentHelp("The remote that remembers it.", valueName: "name"))
    var remote = "origin"

    func validate() throws {
        guard !remote.isEmpty, !remote.hasPrefix("-") else {
            throw ValidationError("--remote '\(remote)' is not the name of a remote")
        }
    }

    func run() throws {
        let (envelope, decision) = try StatementBundle(at: statement).decision()
        guard decision.environment == environment else {
            throw AppError("'\(statement)' is of environment '\(decision.environment)', not '\(environment)'")
        }
        let tag = try DeploymentPush(git: Git.ofJob, remote: remote).push(envelope, decision)
        Console.standard.print(tag)
    }
}
