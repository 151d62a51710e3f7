import RemitAuthority
import RemitEvidence
import RemitFormats
import RemitGit
import RemitHosts
import RemitLedger
import RemitModel
import RemitReport
import RemitRules

/// `pre-receive`: one process, one push, one decision, one entry in the ledger, before git lets a ref move.
struct PreReceive {
    private let world: World
    private let format: Format

    enum Format: String {
        case text
        case json
    }

    init(_ world: World, format: Format) {
        self.world = world
        self.format = format
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
    }

    func run() -> ExitStatus {
        var progress = Progress(request: PushRequest(now: world.now))
        let verdict: Verdict
        do throws(GateError) {
            verdict = try judge(&progress)
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
        answer(decision, progress)
        return ExitStatus(decision)
    }

    private func judge(_ progress: inout Progress) throws(GateError) -> Verdict {
        try readUpdates(&progress)
        // Where the repository is does not depend on the kind of host; who pushes does, and comes after the settings.
        let plain = try invocation(on: HostConfiguration.plain())
        guard !plain.isShallowPush else {
            throw GateError(.undecidedRepository, "the push would make this repository shallow; push full history")
        }
        let reader = try openRepository(plain)
        reader.repository.transcript = Transcript()
        progress.reader = reader
        let settings = try Settings(of: reader)
        progress.mode = settings.mode
        progress.repository = settings.repository
        let invocation = try invocation(on: settings.host)
        progress.request.pusher = invocation.pusher
        progress.request.options = invocation.pushOptions
        progress.linePrefix = invocation.linePrefix
        let deadline = world.started.advanced(by: .seconds(invocation.deadlineSeconds))
        let ledger = try LedgerMemory(at: settings.ledger ?? "", deadline: deadline)
        let memory = MemoryView(ledger)
        (progress.ledger, progress.memory) = (ledger, memory)
        let authority = AuthorityOpening(settings)
        defer { progress.authorityInputs = authority.inputs }
        return try PushJourney(
            updates: progress.updates, request: progress.request, settings: settings, reader: reader, memory: memory,
            authority: authority.open, deadline: deadline
        ).judge(&progress.authority)
    }

    private func readUpdates(_ progress: inout Progress) throws(GateError) {
        progress.input = try world.readInput(HookInput.maximumByteCount)
        do throws(HookInputError) {
            progress.updates = try HookInput(parsing: progress.input).updates
        } catch {
            throw GateError(.undecidedInput, "standard input line \(error.line): \(error.reason)")
        }
    }

    private func invocation(on host: HostConfiguration) throws(GateError) -> Invocation {
        do throws(InvocationError) {
            return try Invocation(of: .preReceive, on: host, in: world.environment)
        } catch {
            let variable = String(decoding: error.variable.bytes, as: UTF8.self)
            throw GateError(.undecidedInput, "\(variable): \(error.reason)")
        }
    }

    private func openRepository(_ invocation: Invocation) throws(GateError) -> GitReader {
        try GateError.reading { () throws(GitError) in
            GitReader(
                try Repository(
                    at: RepositoryLocation(gitDirectory: invocation.gitDirectory),
                    quarantine: Quarantine(
                        objectDirectory: invocation.quarantine?.bytes, alternates: invocation.alternates?.bytes),
                    trustedOwner: world.trustedOwner))
        }
    }

    /// Decides and records in one; without a ledger there is only a fault to tell.
    private func decide(_ verdict: Verdict, _ progress: inout Progress) throws(GateError) -> Decision {
        guard let ledger = progress.ledger else { return verdict.decide() }
        let archive = PushArchive(
            input: progress.input, request: progress.request, repository: progress.reader?.repository.transcript,
            memory: progress.memory, authority: progress.authorityInputs)
        let (decision, entry) = try ledger.record(verdict, authority: progress.authority) { decision, past in
            EntryDraft(
                of: decision, by: HookCommand.program, inputs: archive.inputs(after: past),
                commits: verdict.acts.map(\.commit))
        }
        progress.entry = entry
        return decision
    }

    private func undecided(_ finding: Finding, _ progress: Progress, after decision: Decision? = nil) -> Decision {
        PushJourney.undecided(
            finding, progress.updates, progress.request, mode: progress.mode, repository: progress.repository,
            after: decision)
    }

    private func answer(_ decision: Decision, _ progress: Progress) {
        switch format {
        case .text:
            let report = TextReport(
                of: .push, ledgerEntry: progress.entry.map { Int($0) }, hostPrefix: progress.linePrefix)
            world.say(report.text(of: decision))
        case .json:
            world.print(String(decoding: JSONReport.bytes(of: decision), as: UTF8.self) + "\n")
        }
    }
}

extension HostConfiguration {
    /// Vouches for nobody: enough to find the repository whose settings name the real host.
    fileprivate static func plain() throws(GateError) -> HostConfiguration {
        do throws(InvocationError) {
            return try HostConfiguration(kind: .plain)
        } catch {
            throw GateError(.undecidedInternal, error.reason)
        }
    }
}
