import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitReport

/// Where a refused decision is read from: a file, standard input, or an entry of a ledger.
enum DecisionSource {
    /// - Parameters:
    ///   - name: a file, `-` for standard input, or with a ledger the number of an entry.
    ///   - ledger: the ledger's file.
    static func read(_ name: String, ledger: String?) throws(AppError) -> RefusedDecision {
        if let ledger { return try entry(name, of: ledger) }
        guard name == "-" else {
            return try RefusedDecision(
                Files.read(Files.absolute(name), limit: RefusedDecision.maximumByteCount), source: "'\(name)'")
        }
        let bytes: [UInt8]
        do throws(GateError) {
            bytes = try Platform.world().readInput(RefusedDecision.maximumByteCount, nil)
        } catch {
            throw AppError("standard input cannot be read", status: .undecided)
        }
        return try RefusedDecision(bytes, source: "standard input")
    }

    private static func entry(_ name: String, of path: String) throws(AppError) -> RefusedDecision {
        guard let number = Int(name), number > 0, String(number) == name else {
            throw AppError(
                "'\(name)' is not the number of an entry", hint: "a refused push names it: 'decision 7 recorded'",
                status: .usage)
        }
        let ledger = try Spender.open(path)
        let found: RecordedEntry?
        do throws(EvidenceError) {
            found = try ledger.recorded(Int64(number))
        } catch {
            throw AppError("'\(path)': \(error.statement)", status: .undecided)
        }
        guard let found, found.leaf.kind == .decision else {
            throw AppError(
                "'\(path)' has no decision \(number)", hint: "a refused push names it: 'decision 7 recorded'")
        }
        return try RefusedDecision(found.document, source: "entry \(number) of '\(path)'", entry: number)
    }
}
