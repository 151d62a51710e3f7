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
    /// Which hook asks.
    private let hook: HookName
    /// What it asks about, in the form of what git gives `pre-receive`; `nil` where that comes on standard input.
    private let given: (() throws(GateError) -> [UInt8])?
    /// The hook of another server that is told in arguments, and how many of them; `nil` for git's own.
    private let told: (hook: ArgumentHook, words: Int)?

    enum Format: String {
        case text
        case json
    }

    init(
        _ world: World, _ options: HookOptions, asked hook: HookName = .preReceive,
        about given: (() throws(GateError) -> [UInt8])? = nil, told: (hook: ArgumentHook, words: Int)? = nil
    ) {
        self.world = world
        self.options = options
        self.hook = hook
        self.given = given
        self.told = told
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
        /// The server only asks: nothing is recorded, and nothing seen or spent.
        var isDryRun = false
    }

    func run() -> ExitStatus {
        var progress = Progress(request: PushRequest(now: world.now))
        progress.request.hook = hook
        let verdict: Verdict
        do throws(GateError) {
            guard let judged = try judge(&progress) else { return .allowed }
            verdict = judged
        } catch {
            verdict = Verdict(undecided(error.finding, progress))
        }
        let decision: Decision
        do throws(GateError) {
            decision = try decide(verdict, &progress)
        } catch {
            // INVARIANT 7: no entry, no allow. What was found out is kept in the answer.
            decision = undecided(error.finding, progress, after: verdict.decide())
        }
        answer(progress.isDryRun ? decision.remarking(Self.dryRun) : decision, progress)
        return ExitStatus(decision)
    }

    private static let dryRun = "the server only asks what would be said: nothing of this is recorded (a dry run)"

    /// Judges what the hook was called for; `nil` where nothing is to be decided about it.
    private func judge(_ progress: inout Progress) throws(GateError) -> Verdict? {
        var call: ArgumentCall?
        if let told {
            call = try world.call(of: told.hook, lastWords: told.words)
        } else {
            progress.input = if let given { try given() } else { try world.hookInput() }
            progress.updates = try readUpdates(progress.input)
        }
        // Where the repository is does not depend on the kind of host; who pushes does, and comes after the settings.
        let plain = try world.invocation(of: hook, on: .plain())
        guard !plain.isShallowPush else {
            let reason = "the push would make this repository shallow; push full history"
            throw GateError(Finding(.undecidedRepository, facts: .init(reason: reason, cloneCure: .unshallow)))
        }
        let reader = try world.repository(of: plain)
        reader.repository.transcript = Transcript()
        progress.reader = reader
        if let call {
            progress.input = try call.line(in: reader)
            progress.updates = try world.updates(in: progress.input)
        }
        let site = try options.site()
        progress.linePrefix = try Settings.host(of: reader, site: site).kind.linePrefix
        let settings = try Settings(of: reader, site: site) { host throws(GateError) in
            try call?.nameInRecords(on: host.kind) ?? world.invocation(of: hook, on: host).nameInRecords()
        }
        progress.mode = settings.mode
        progress.repository = settings.repository
        let invocation = try world.invocation(of: hook, on: settings.host)
        progress.request.pusher = invocation.pusher
        progress.request.options = invocation.pushOptions
        progress.isDryRun = invocation.isDryRun
        progress.request.via = call?.via ?? invocation.via
        progress.request.repository = call?.project ?? invocation.repository
        progress.request.site = site
        progress.request.certificate = invocation.certificate.map { PresentedCertificate($0, in: reader.repository) }
        if let call, let told {
            try call.requireHost(settings.host.kind, told.hook)
            if let deferral = try call.deferral(in: reader) {
                if deferral == .unstored { world.say(TextReport.unstored(call.new)) }
                return nil
            }
            progress.request.pusher = call.pusher ?? invocation.pusher
            progress.request.act = call.act
        }
        let deadline = world.started.advanced(by: .seconds(invocation.deadlineSeconds))
        let ledger = try LedgerMemory(at: settings.ledger ?? "", deadline: deadline)
        let memory = MemoryView(ledger)
        (progress.ledger, progress.memory) = (ledger, memory)
        if let location = reader.repository.location {
            ledger.gate = GateNotice(settings, in: location.gitDirectory, at: world.now)
        }
        let authority = AuthorityOpening(at: settings.authority, ref: settings.authorityRef)
        defer { progress.authorityInputs = authority.inputs }
        return try PushJourney(
            updates: progress.updates, request: progress.request, settings: settings, reader: reader, memory: memory,
            authority: authority.open, deadline: deadline
        ).judge(&progress.authority)
    }

    private func readUpdates(_ input: [UInt8]) throws(GateError) -> [RefUpdate] {
        do throws(GateError) {
            return try world.updates(in: input)
        } catch {
            // A repository of a format that is not supported explains ids that cannot be read.
            _ = try world.repository(of: try world.invocation(of: hook, on: .plain()))
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

    /// What the first line calls it: a server that asks about one ref may move the other refs of the push.
    private var occasion: Occasion {
        switch told?.hook {
        case nil, .commitReceived: .push
        case .virtualRef, .refUpdate: .update
        case .submit: .submission
        }
    }

    private func answer(_ decision: Decision, _ progress: Progress) {
        switch options.format ?? .text {
        case .text:
            let report = TextReport(
                of: occasion, ledgerEntry: progress.entry.map { Int($0) }, hostPrefix: progress.linePrefix)
            world.say(report.text(of: decision))
        case .json:
            world.print(String(decoding: JSONReport.bytes(of: decision), as: UTF8.self) + "\n")
        }
    }
}
