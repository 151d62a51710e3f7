import ArgumentParser
import RemitGate
import RemitModel
import RemitReport

extension PipelineGate.Answer {
    /// Says what was decided; the gate's exit status is what the pipeline sees of it.
    func tell(as occasion: Occasion, _ format: ReportFormat, _ console: Console) throws {
        switch format {
        case .text:
            let text = TextReport(of: occasion, ledgerEntry: entry.map { Int($0) }).text(of: decision)
            let nothing = "allowed, without a mark of an agent; commits judged: \(decision.commits)"
            console.print(text.isEmpty ? nothing : text)
        case .json:
            console.print(String(decoding: JSONReport.bytes(of: decision), as: UTF8.self))
        }
        let status = ExitStatus(decision)
        if status != .allowed { throw ExitCode(status.rawValue) }
    }
}
