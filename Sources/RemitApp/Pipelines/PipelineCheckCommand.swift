import ArgumentParser
import RemitGate
import RemitGit
import RemitModel
import RemitPipelines
import RemitReport

/// `remit pipeline check`: every job of every definition, or what a change does to them.
struct PipelineCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say which jobs deploy where, whether each stands behind the gate, and what they take.",
        discussion: """
            Reads the definitions that lie where a CI system looks for them: workflows of GitHub, Gitea and Forgejo, \
            GitLab CI with its local includes, Azure Pipelines, CircleCI, Buildkite, Bitbucket, Woodpecker, Tekton, \
            and the declared stages of a Jenkinsfile. The tree is a commit's; files that are not committed are not read.

            With --against, says what the rules pipeline.unguarded and pipeline.changed would find in an agent's change \
            from the one to the other.

            Exit status: 0 all stand behind a gate, 1 some deployment does not (with --against: something was found), \
            2 a definition cannot be read, 64 wrong usage.

            Example: remit pipeline check HEAD --against origin/main
            """)

    @Argument(help: ArgumentHelp("The commit whose definitions are read.", valueName: "commit"))
    var commit = "HEAD"

    @Option(help: ArgumentHelp("A commit to compare with: what came before.", valueName: "commit"))
    var against: String?

    @Option(help: "text or json.")
    var format = ReportFormat.text

    func run() throws {
        let clone = Clone(Git.ofJob)
        let scan = PipelineScan(try clone.commit(commit), against: try against.map { try clone.commit($0) })
        let console = Console.standard
        let result = try scan.run()
        switch format {
        case .text: console.print(result.text)
        case .json: console.print(String(decoding: result.json, as: UTF8.self))
        }
        if result.status != .allowed { throw ExitCode(result.status.rawValue) }
    }
}
