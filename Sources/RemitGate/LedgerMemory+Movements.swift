import RemitEvidence
import RemitLedger
import RemitModel

extension LedgerMemory {
    /// Those updates that no decision lets, as far as the ledger can tell.
    ///
    /// - Parameter monitored: whether a decision counts that was taken in monitor mode, whatever it found.
    func undecided(
        of updates: [RefUpdate], in repository: String, monitored: Bool
    ) throws(GateError) -> Set<RefUpdate> {
        try looking { transaction throws(LedgerError) in
            var undecided: Set<RefUpdate> = []
            for update in updates
            where try transaction.decision(letting: update, in: repository, monitored: monitored) == nil {
                undecided.insert(update)
            }
            return undecided
        }
    }

    /// What was asked when a decision was taken that lets an update; `nil` where there is none, or it was erased.
    func request(
        letting update: RefUpdate, in repository: String, monitored: Bool
    ) throws(GateError) -> PushRequest? {
        try looking { transaction throws(LedgerError) in
            guard
                let number = try transaction.decision(letting: update, in: repository, monitored: monitored),
                let bytes = try transaction.input(ArchiveRole.request, of: number)
            else { return nil }
            let certificate = try transaction.input(ArchiveRole.pushCertificate, of: number)
            do throws(EvidenceError) {
                return try PushRequest(bytes, of: "the request of entry \(number)", certificate: certificate)
            } catch {
                throw LedgerError(.corrupt, error.statement)
            }
        }
    }

    private func looking<Value>(
        _ body: (borrowing LedgerTransaction) throws(LedgerError) -> Value
    ) throws(GateError) -> Value {
        do throws(LedgerError) { return try ledger.transaction(body) } catch { throw fault(error) }
    }
}
