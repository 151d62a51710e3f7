import ArgumentParser
import RemitGate
import RemitModel
import RemitReport

/// `remit gate deploy`: what would reach an environment, before it does.
struct GateDeployCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Judge what a deployment would bring to its environment.",
        discussion: """
            Everything between what is deployed and what is to be is judged, now: what has been revoked or suspended \
            since it landed is refused. Run it in a clone with full history.

            Exit status: 0 allowed, 1 refused, 2 undecided, 64 wrong usage.

            Example: remit gate deploy --environment production --since v1.4.0
            """)

    @Option(help: ArgumentHelp("The environment, as the policy names it.", valueName: "name"))
    var environment: String

    @Option(help: ArgumentHelp("The commit to deploy; default: the job's, else HEAD.", valueName: "commit"))
    var commit: String?

    @Option(help: ArgumentHelp("What is deployed now; without it, everything is judged.", valueName: "commit"))
    var since: String?

    @OptionGroup var options: GateOptions

    func run() throws {
        let job = try options.job.job(in: Platform.world().environment)
        let gate = PipelineGate(try options.request(for: job, Git()))
        if let answer = gate.unreadable(.deployment(environment: environment)) {
            return try answer.tell(as: .deployment, options.format, .standard)
        }
        let clone = Clone(Git())
        let deployment = DeploymentSubmission(
            environment: environment,
            deployed: try since.map { since throws(AppError) in try clone.commit(since) },
            commit: try job.deployed(commit, in: clone))
        try gate.judge(deployment).tell(as: .deployment, options.format, .standard)
    }
}
