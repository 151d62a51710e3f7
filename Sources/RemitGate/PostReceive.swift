import RemitEvidence
import RemitHosts
import RemitLedger
import RemitModel
import RemitReport

/// `post-receive`: records which refs have moved, and says where no decision let them.
///
/// It refuses nothing: git has moved the refs already, and passes over its status.
struct PostReceive {
    private let world: World

    init(_ world: World) {
        self.world = world
    }

    func run() -> ExitStatus {
        var report = EffectReport()
        do throws(GateError) {
            let (effect, entry) = try record(&report)
            world.say(report.text(undecided: effect.undecided, entry: Int(entry)))
            // What is published for others is made from here on: the effect is on record by now.
            return .allowed
        } catch {
            world.say(report.text(unrecorded: error.finding.facts.reason ?? error.finding.rule.rawValue))
            return .undecided
        }
    }

    private func record(_ report: inout EffectReport) throws(GateError) -> (effect: Effect, entry: Int64) {
        let updates = try world.updates(in: world.hookInput())
        let reader = try world.repository(of: world.invocation(of: .postReceive, on: .plain()))
        let settings = try Settings(of: reader)
        let invocation = try world.invocation(of: .postReceive, on: settings.host)
        report = EffectReport(hostPrefix: invocation.linePrefix)
        let path = settings.ledger ?? ""
        do throws(LedgerError) {
            var ledger = try Ledger.open(
                at: ByteString(path), create: false,
                deadline: world.started.advanced(by: .seconds(invocation.deadlineSeconds)))
            return try ledger.transaction { transaction throws(LedgerError) in
                try transaction.record(
                    landed: updates, in: settings.repository, by: invocation.pusher, at: world.now,
                    program: HookCommand.program)
            }
        } catch {
            throw GateError(error, at: path)
        }
    }
}
