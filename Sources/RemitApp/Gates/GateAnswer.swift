import ArgumentParser
import RemitGate
import RemitModel
import RemitReport

extension PipelineGate.Answer {
    /// Says what was decided; the gate's exit status is what the pipeline sees of it.
    func tell(as occasion: Occasion, _ reports: ReportOptions, _ console: Console) throws {
        let entry = entry.map { Int($0) }
        reports.show(decision, as: occasion, ledgerEntry: entry, console)
        try reports.write(decision, as: occasion, ledgerEntry: entry)
        let status = ExitStatus(decision)
        if status != .allowed { throw ExitCode(status.rawValue) }
    }
}
