import ArgumentParser
import RemitGate
import RemitHosts
import RemitModel

/// What both gates are told: the authority, the repository's name in it, and where to record.
struct GateOptions: ParsableArguments {
    @OptionGroup var settings: CheckSettings

    @OptionGroup var copy: AuthorityCopyOptions

    @OptionGroup(title: "Job") var job: JobOptions

    @OptionGroup(title: "Token") var token: TokenOptions

    @Option(help: ArgumentHelp("A ledger to look earlier decisions up in and to record this one.", valueName: "file"))
    var ledger: String?

    @Option(help: "enforce, or monitor: judge and report, refuse nothing.")
    var mode = Mode.enforce

    @Option(help: ArgumentHelp("Seconds after which the answer is undecided.", valueName: "seconds"))
    var deadline = 600

    @OptionGroup var reports: ReportOptions

    func validate() throws {
        guard (1...86_400).contains(deadline) else {
            throw ValidationError("--deadline \(deadline) is not a number of seconds from 1 to 86400")
        }
    }

    /// The job with what its token proves of it.
    func identified(
        _ job: JobRecord, deployingTo environment: String? = nil, _ git: Git
    ) async throws(AppError) -> JobRecord {
        let identification = JobIdentification(options: token, settings: try settings.values(git), now: Platform.now())
        return try await identification.identify(job, deployingTo: environment)
    }

    func request(for job: JobRecord, _ git: Git) throws(AppError) -> PipelineGate.Request {
        let settings = try settings.values(git)
        var request = PipelineGate.Request(
            directory: ".", authority: settings.authority.path, authorityRef: settings.authority.ref,
            root: settings.root, repository: settings.repository, mode: mode, job: job,
            cloneAdvice: job.job.system.fullClone, ledger: ledger.map(Files.absolute), now: Platform.now(),
            deadline: .now.advanced(by: .seconds(deadline)))
        request.maximumAge = copy.maxAge?.seconds
        return request
    }
}
