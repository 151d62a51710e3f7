import RemitAuthority
import RemitEvidence
import RemitGit
import RemitHosts
import RemitLedger
import RemitModel
import RemitReport
import RemitRules

/// `pre-receive`, or what another server has in its place: one process, one push, one decision, one entry in the ledger,
/// before a ref moves.
///
/// A hook that is asked about one ref alone is judged here too, as a push of that ref.
struct PreReceive {
    private let world: World
    private let options: HookOptions
    private let question: HookQuestion

    enum Format: String {
        case text
        case json
    }

    init(_ world: World, _ options: HookOptions, asked question: HookQuestion = .push) {
        self.world = world
        self.options = options
        self.question = question
    }

    /// What is known so far; a fault at any step is decided with that much.
    private struct Progress {
        var input: [UInt8] = []
        var updates: [RefUpdate] = []
        var mode = Mode.enforce
        var repository = ""
        var request: PushRequest
        var linePrefix = ""
        var reader: GitReader?
        var ledger: LedgerMemory?
        var memory: MemoryView?
        var authorityInputs: [(role: String, bytes: [UInt8])] = []
        var authority: AuthorityState?
        var entry: Int64?
        var limit: TimeLimit?
        /// The server only asks: nothing is recorded, and nothing seen or spent.
        var isDryRun = false

        mutating func take(_ place: Place) {
            reader = place.reader
            mode = place.settings.mode
            repository = place.settings.repository
            isDryRun = place.invocation.isDryRun
        }
    }

    func run() -> ExitStatus {
        var progress = Progress(request: PushRequest(now: world.now))
        progress.request.hook = question.hook
        let verdict: Verdict
        do throws(GateError) {
            try watch(TimeLimit(beforeSettingsSince: world.started), progress)
            guard let judged = try judge(&progress) else {
                world.watchdog?.claim()
                return .allowed
            }
            verdict = judged
        } catch {
            verdict = Verdict(undecided(error.finding, progress))
        }
        var decision: Decision
        do throws(GateError) {
            if let limit = progress.limit { try watch(limit.forRecording, progress) }
            decision = try decide(verdict, &progress)
        } catch {
            // INVARIANT 7: no entry, no allow. What was found out is kept in the answer.
            decision = undecided(error.finding, progress, after: verdict.decide())
        }
        world.watchdog?.claim()
        if progress.isDryRun { decision = decision.remarking(Self.dryRun) }
        let answer = answer(to: progress)(decision)
        if isData { world.print(answer) } else { world.say(answer) }
        return ExitStatus(decision)
    }

    private static let dryRun = "the server only asks what would be said: nothing of this is recorded (a dry run)"

    private var isData: Bool { options.format == .json }

    /// Has the watchdog refuse, some time after the limit, in the words of a decision that nothing is known for.
    private func watch(_ limit: TimeLimit, _ progress: Progress) throws(GateError) {
        guard let watchdog = world.watchdog else { return }
        let decision = undecided(limit.fault.finding, progress)
        let answer = answer(to: progress)
        try watchdog.set(
            Watchdog.Answer(
                end: limit.end, text: { Array(answer(decision).utf8) }, isData: isData,
                status: world.asking.code(of: ExitStatus(decision))))
    }

    /// Judges what the hook was called for; `nil` where nothing is to be decided about it.
    private func judge(_ progress: inout Progress) throws(GateError) -> Verdict? {
        let call = try question.call(in: world)
        let found: Result<Place, GateError>
        do throws(GateError) { found = .success(try place(call, &progress)) } catch { found = .failure(error) }
        if case .success(let place) = found {
            var known = progress
            known.take(place)
            try watch(place.limit.during(TimeLimit.endlessInput), known)
        }
        try read(call, from: found, &progress)
        let place = try found.get()
        progress.take(place)
        let (reader, settings, invocation, limit) = (place.reader, place.settings, place.invocation, place.limit)
        try watch(limit, progress)
        progress.request.pusher = call?.pusher ?? invocation.pusher
        progress.request.options = invocation.pushOptions
        progress.request.via = call?.via ?? invocation.via
        progress.request.repository = call?.project ?? invocation.repository
        progress.request.site = place.site
        progress.request.act = call?.act ?? .push
        progress.request.certificate = invocation.certificate.map { PresentedCertificate($0, in: reader.repository) }
        if let deferral = try call?.deferral(in: reader) {
            if deferral == .unstored, let call { world.say(TextReport.unstored(call.new)) }
            return nil
        }
        let ledger = try LedgerMemory(at: settings.ledger ?? "", within: limit)
        ledger.beforeCommit = { [watchdog = world.watchdog] in watchdog?.claim() }
        let memory = MemoryView(ledger)
        (progress.ledger, progress.memory) = (ledger, memory)
        if let location = reader.repository.location {
            ledger.gate = GateNotice(settings, in: location.gitDirectory, at: world.now)
        }
        let authority = AuthorityOpening(at: settings.authority, ref: settings.authorityRef, within: limit)
        defer { progress.authorityInputs = authority.inputs }
        return try PushJourney(
            updates: progress.updates, request: progress.request, settings: settings, reader: reader, memory: memory,
            authority: authority.open, limit: limit
        ).judge(&progress.authority)
    }

    /// What is known of the repository before the input is read: how long to wait for that is one of its settings.
    private struct Place {
        let reader: GitReader
        let site: SiteConfiguration?
        let settings: Settings
        let invocation: Invocation
        let limit: TimeLimit
    }

    private func place(_ call: ArgumentCall?, _ progress: inout Progress) throws(GateError) -> Place {
        // Where the repository is does not depend on the kind of host; who pushes does, and comes after the settings.
        let plain = try world.invocation(of: question.hook, on: .plain())
        guard !plain.isShallowPush else {
            let reason = "the push would make this repository shallow; push full history"
            throw GateError(Finding(.undecidedRepository, facts: .init(reason: reason, cloneCure: .unshallow)))
        }
        let reader = try world.repository(of: plain)
        reader.repository.transcript = Transcript()
        let site = try options.site()
        let host = try Settings.host(of: reader, site: site)
        let limit = TimeLimit(of: host, since: world.started)
        (progress.linePrefix, progress.limit) = (host.kind.linePrefix, limit)
        let settings = try Settings(of: reader, site: site) { host throws(GateError) in
            if let name = try call?.nameInRecords(on: host.kind) { return name }
            return try world.invocation(of: question.hook, on: host).nameInRecords()
        }
        if case .told(let hook, _) = question { try call?.requireHost(settings.host.kind, hook) }
        return Place(
            reader: reader, site: site, settings: settings,
            invocation: try world.invocation(of: question.hook, on: settings.host), limit: limit)
    }

    /// Reads what is to be judged, as git's lines.
    private func read(
        _ call: ArgumentCall?, from place: Result<Place, GateError>, _ progress: inout Progress
    ) throws(GateError) {
        if let call {
            progress.input = try call.line(in: place.get().reader)
        } else {
            let line = try question.line()
            do throws(GateError) {
                progress.input = if let line { line } else { try world.hookInput(within: progress.limit) }
            } catch {
                // It never came: what is known of the repository is all that there is to decide by.
                try progress.take(place.get())
                throw error
            }
        }
        do throws(GateError) {
            progress.updates = try world.updates(in: progress.input)
        } catch {
            // A repository of a format that is not supported explains ids that cannot be read.
            _ = try place.get()
            throw error
        }
    }

    /// Decides and records in one; without a ledger there is only a fault to tell.
    private func decide(_ verdict: Verdict, _ progress: inout Progress) throws(GateError) -> Decision {
        guard let ledger = progress.ledger else { return verdict.decide() }
        if progress.isDryRun { return try ledger.decide(verdict) }
        let certificate = progress.request.certificate?.text.map { [(ArchiveRole.pushCertificate, $0)] } ?? []
        let archive = SubmissionArchive(
            submission: [(ArchiveRole.hookInput, progress.input), (ArchiveRole.request, progress.request.bytes)]
                + certificate,
            transcripts: [(ArchiveRole.repository, progress.reader?.repository.transcript)],
            memory: progress.memory, authority: progress.authorityInputs)
        let (decision, entry) = try ledger.record(verdict, authority: progress.authority) { decision, past in
            EntryDraft(of: decision, by: HookCommand.program, inputs: archive.inputs(after: past))
        }
        progress.entry = entry
        return decision
    }

    private func undecided(_ finding: Finding, _ progress: Progress, after decision: Decision? = nil) -> Decision {
        PushJourney.undecided(
            finding, progress.updates, progress.request, mode: progress.mode, repository: progress.repository,
            after: decision)
    }

    /// What puts a decision into words, as far as they depend on what is known by now.
    private func answer(to progress: Progress) -> @Sendable (Decision) -> String {
        guard !isData else { return { String(decoding: JSONReport.bytes(of: $0), as: UTF8.self) + "\n" } }
        let report = TextReport(
            of: question.occasion, ledgerEntry: progress.entry.map { Int($0) }, hostPrefix: progress.linePrefix)
        return { report.text(of: $0) }
    }
}
