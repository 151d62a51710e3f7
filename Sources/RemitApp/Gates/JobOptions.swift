import ArgumentParser
import RemitFormats
import RemitGate
import RemitHosts
import RemitModel
import RemitReport

/// Who runs the job: the CI system, and what it says of itself.
///
/// Options fill what the system leaves open, and never contradict it: then one of the two is wrong.
struct JobOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The CI system: \(CISystem.allCases.map(\.rawValue).joined(separator: ", ")); default: by its variables.",
            valueName: "system"))
    var ci: CISystem?

    @Option(help: ArgumentHelp("The full name of the ref that the job runs for.", valueName: "ref"))
    var jobRef: String?

    @Option(help: ArgumentHelp("Why it runs: push, tag, merge-request, merge-queue, schedule, manual or deployment."))
    var jobEvent: String?

    @Option(help: ArgumentHelp("The account that started this run of it.", valueName: "login"))
    var actor: String?

    @Option(help: ArgumentHelp("The run's id.", valueName: "id"))
    var run: String?

    @Option(help: ArgumentHelp("Which attempt at the run it is, from 1.", valueName: "number"))
    var attempt: Int?

    @Option(help: ArgumentHelp("Where a person can look at it.", valueName: "url"))
    var jobURL: String?

    /// The job as its variables and these options say it is.
    func job(in environment: Environment) throws(AppError) -> JobRecord {
        let claimed: ClaimedJob
        do throws(InvocationError) {
            let system = if let ci { ci } else { try CISystem.detect(in: environment) }
            var event: JobEvent.Source?
            if let path = try system.eventFile(in: environment) { event = .file(try Self.read(path)) }
            claimed = try system.claimed(in: environment, event: event)
        } catch {
            throw AppError(error)
        }
        var given = GivenJob()
        given.ref = try reference()
        given.event = try event()
        given.actor = try line(actor, "--actor")
        given.run = try line(run, "--run")
        given.attempt = try number()
        given.url = try address()
        do throws(GivenJob.Contradiction) {
            return try JobRecord(claimed, given: given)
        } catch {
            throw AppError(
                "\(error.member.option) is not what the job says of itself",
                hint: "leave \(error.member.option) out, or correct the job", status: .usage)
        }
    }

    private static func read(_ path: ByteString) throws(InvocationError) -> [UInt8] {
        let text = String(decoding: path.bytes, as: UTF8.self)
        do throws(AppError) {
            return try Files.read(text, limit: JSONValue.maximumByteCount)
        } catch {
            throw InvocationError(.badEvent, "GITHUB_EVENT_PATH", error.message)
        }
    }

    private func reference() throws(AppError) -> ByteString? {
        guard let jobRef else { return nil }
        if let fault = RefName.fault(in: ByteString(jobRef)) {
            throw AppError("--job-ref '\(jobRef)' is not the full name of a ref: \(fault)", status: .usage)
        }
        return ByteString(jobRef)
    }

    private static let events: [Job.Event] = [
        .push, .tag, .mergeRequest, .mergeQueue, .schedule, .manual, .deployment,
    ]

    private func event() throws(AppError) -> Job.Event? {
        guard let jobEvent else { return nil }
        guard let event = Self.events.first(where: { $0.word == jobEvent }) else {
            throw AppError(
                "--job-event '\(jobEvent)' is not known",
                hint: "one of \(Self.events.map(\.word).joined(separator: ", "))", status: .usage)
        }
        return event
    }

    private func line(_ text: String?, _ name: String) throws(AppError) -> String? {
        guard let text else { return nil }
        guard (1...512).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw AppError("\(name) is not one line of 1 to 512 bytes", status: .usage)
        }
        return text
    }

    private func number() throws(AppError) -> Int? {
        if let attempt, !(1...Int(Int32.max)).contains(attempt) {
            throw AppError("--attempt \(attempt) is not a whole number from 1", status: .usage)
        }
        return attempt
    }

    private func address() throws(AppError) -> String? {
        guard let url = try line(jobURL, "--job-url") else { return nil }
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw AppError("--job-url is not an address of the web", status: .usage)
        }
        return url
    }
}

extension CISystem: ExpressibleByArgument {}

extension GivenJob.Member {
    fileprivate var option: String {
        switch self {
        case .ref: "--job-ref"
        case .event: "--job-event"
        case .actor: "--actor"
        case .run: "--run"
        case .attempt: "--attempt"
        case .url: "--job-url"
        }
    }
}

extension AppError {
    /// What a job's variables have wrong; the variable is named, its value never shown.
    init(_ error: InvocationError) {
        let name = String(decoding: error.variable.bytes, as: UTF8.self)
        switch error.code {
        case .ambiguousSystem:
            self.init(
                "the job's CI system is not clear: \(error.reason)", hint: "say which with '--ci SYSTEM'",
                status: .usage)
        default:
            let separator = error.code == .badClaim ? " " : ": "
            self.init(
                "the job's variable \(name)\(separator)\(error.reason)",
                hint: "correct it, or give '--ci generic' and say with options what the job is", status: .usage)
        }
    }
}
