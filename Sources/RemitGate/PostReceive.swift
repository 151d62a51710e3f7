import RemitEvidence
import RemitHosts
import RemitLedger
import RemitModel
import RemitReport

/// `post-receive`: records which refs have moved, says where no decision let them, and publishes the log.
///
/// It refuses nothing: git has moved the refs already, and passes over its status.
struct PostReceive {
    private let world: World
    private let options: HookOptions

    init(_ world: World, _ options: HookOptions) {
        self.world = world
        self.options = options
    }

    func run() -> ExitStatus {
        var report = EffectReport()
        do throws(GateError) {
            try record(&report)
            return .allowed
        } catch {
            world.say(report.text(unrecorded: error.finding.facts.reason ?? error.finding.rule.rawValue))
            return .undecided
        }
    }

    private func record(_ report: inout EffectReport) throws(GateError) {
        let updates = try world.updates(in: world.hookInput())
        let reader = try world.repository(of: world.invocation(of: .postReceive, on: .plain()))
        let site = try options.site()
        report = EffectReport(hostPrefix: try Settings.host(of: reader, site: site).kind.linePrefix)
        let settings = try Settings(of: reader, site: site) { host throws(GateError) in
            try world.invocation(of: .postReceive, on: host).nameInRecords()
        }
        let invocation = try world.invocation(of: .postReceive, on: settings.host)
        // Nothing has moved.
        if invocation.isDryRun { return }
        let path = settings.ledger ?? ""
        let end = world.started.advanced(by: .seconds(invocation.deadlineSeconds))
        var ledger = try Self.open(path, until: end)
        let (effect, entry): (Effect, Int64)
        do throws(LedgerError) {
            (effect, entry) = try ledger.transaction { transaction throws(LedgerError) in
                try transaction.record(
                    landed: updates, in: settings.repository, by: invocation.pusher, at: world.now,
                    program: HookCommand.program)
            }
        } catch {
            throw GateError(error, at: path)
        }
        world.say(report.text(undecided: effect.undecided, entry: Int(entry)))
        // The effect is on record by now: whatever becomes of this, it stands.
        switch LogPublication(of: &ledger, at: path, covering: entry, until: end) {
        case .published(let note):
            if invocation.asksForCheckpoint { world.say(report.text(checkpoint: note.bytes)) }
        case .withoutKey:
            if invocation.asksForCheckpoint { world.say(report.textWithoutCheckpoint()) }
        case .failed(let reason): world.say(report.text(unpublished: reason))
        }
    }

    private static func open(_ path: String, until deadline: ContinuousClock.Instant) throws(GateError) -> Ledger {
        do throws(LedgerError) {
            return try Ledger.open(at: ByteString(path), create: false, deadline: deadline, keepsLog: true)
        } catch {
            throw GateError(error, at: path)
        }
    }
}
