import ArgumentParser
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// `remit gate deploy`: what would reach an environment, before it does.
struct GateDeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Judge what a deployment would bring to its environment.",
        discussion: """
            Everything between what is deployed and what is to be is judged, now: what has been revoked or suspended \
            since it landed is refused. Run it in a clone with full history that has the host's branches and tags.

            What is deployed is remembered at refs/remit/deployed/<environment>, in a statement that a key of the \
            policy signed. Without one, --since says what is deployed; beside one, it can only have more judged. \
            Without either, everything since the baseline is judged. So is everything where the commit is deployed \
            already, and with --rollback, so that nothing comes back that was found compromised meanwhile.

            Exit status: 0 allowed, 1 refused, 2 undecided, 64 wrong usage.

            Example: remit gate deploy --environment production --since v1.4.0
            """)

    @Option(
        help: ArgumentHelp("The environment, as the policy names it.", valueName: "name"),
        transform: OptionReading.identifier)
    var environment: String

    @Option(help: ArgumentHelp("The commit to deploy; default: the job's, else HEAD.", valueName: "commit"))
    var commit: String?

    @Option(help: ArgumentHelp("What is deployed now, or an earlier commit to judge from.", valueName: "commit"))
    var since: String?

    @Flag(help: "Go back on purpose: to a commit that does not contain what is deployed.")
    var rollback = false

    @Option(help: ArgumentHelp("The remote whose branches are the host's.", valueName: "name"))
    var remote = "origin"

    @Option(
        help: ArgumentHelp(
            "The delegation under which an agent's account starts the job; it must grant 'deploy'.", valueName: "id"))
    var delegation: String?

    @OptionGroup var sources: SourceOptions

    @OptionGroup var options: GateOptions

    @OptionGroup var statements: StatementOptions

    func validate() throws {
        if let fault = RefName.fault(in: DeploymentSubmission.ref(of: environment)) {
            throw ValidationError("--environment '\(environment)' cannot be part of a ref's name: \(fault)")
        }
        if let fault = RefName.fault(in: ByteString("refs/remotes/\(remote)/HEAD")) {
            throw ValidationError("--remote '\(remote)' is not the name of a remote: \(fault)")
        }
    }

    func run() async throws {
        let file = try statements.file(Git.ofJob)
        var options = options
        let bundle = try options.unpack(Git.ofJob)
        defer { bundle?.remove() }
        let claimed = try options.job.job(in: Platform.world().environment)
        let job = try await options.identified(claimed, deployingTo: environment, Git.ofJob)
        var request = try options.request(for: job, Git.ofJob)
        request.sources = try sources.patterns()
        let gate = PipelineGate(request)
        if let answer = gate.unreadable(.deployment(environment: environment)) {
            return try answer.tell(as: .deployment, options.reports, .standard)
        }
        let clone = Clone(Git.ofJob)
        let deployment = DeploymentSubmission(
            environment: environment, commit: try job.job.deployed(commit, in: clone),
            since: try since.map { since throws(AppError) in try clone.commit(since) }, isRollback: rollback,
            remote: remote, delegation: delegation.map { ByteString($0) })
        let answer = gate.judge(deployment)
        try file?.write(answer, .standard)
        try answer.tell(as: .deployment, options.reports, .standard)
    }
}
