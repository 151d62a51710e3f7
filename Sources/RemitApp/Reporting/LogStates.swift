import RemitEvidence
import RemitLedger
import RemitModel
import RemitReport

/// What is known of the logs of a report beside their entries: their signed heads, and whether they were verified.
struct LogStates {
    /// How many entries the signed checkpoint of each log has.
    private(set) var checkpoints: [String: Int] = [:]
    private var verifications: [String: LogState.Verification] = [:]
    private let names: [String]

    init(
        _ source: EvidenceOptions.Source, key: String?, verifying: Bool, _ console: Console
    ) throws(AppError) {
        names = try EvidenceError.asked { () throws(EvidenceError) in try source.store.logs() }
        guard let path = source.ledger, let name = names.first else {
            for name in names { verifications[name] = verifying ? .notHere : .notAsked }
            return
        }
        let log = LedgerLog(path: Files.absolute(path))
        let publicKey = try log.publicKey(key)
        let note = try log.run { () throws(LedgerError) in try log.directory.publishedCheckpoint() }
        if let note, let publicKey { checkpoints[name] = try Self.size(of: note, by: publicKey, log) }
        verifications[name] = verifying ? try Self.verify(log, publicKey, console) : .notAsked
    }

    /// How many entries a checkpoint has that the key signed.
    private static func size(of note: SignedNote, by key: NoteKey, _ log: LedgerLog) throws(AppError) -> Int {
        func fault(_ reason: String) -> AppError {
            AppError(
                "the checkpoint published beside '\(log.path)' proves nothing: \(reason)",
                hint: "'remit log verify' tells what is wrong", status: .undecided)
        }
        let (isSigned, size): (Bool, Int64)
        do throws(NoteError) {
            (isSigned, size) = (try !note.signers(among: [key]).isEmpty, try Checkpoint(text: note.text).size)
        } catch {
            throw fault("\(error)")
        }
        guard isSigned else { throw fault("it is not signed by \(key.text)") }
        return Int(size)
    }

    private static func verify(
        _ log: LedgerLog, _ key: NoteKey?, _ console: Console
    ) throws(AppError) -> LogState.Verification {
        let progress = Progress(every: 10_000, say: console.say) { "\($0) entries verified" }
        let (found, _) = try log.examine(key: key, verified: { done, _ in progress.reach(Int(done)) })
        let faults = found.faults.count + found.faults.further
        return faults == 0 ? .verified : .faulty(faults)
    }

    var figures: [Figure: Int] {
        [
            .checkpointedEntries: checkpoints.values.reduce(0, +),
            .logsVerified: verifications.values.count { $0 == .verified },
            .logsFaulty: verifications.values.count {
                if case .faulty = $0 { true } else { false }
            },
        ]
    }

    func states(_ extents: [String: EvidenceTally.Extent]) -> [LogState] {
        names.map { name in
            LogState(
                name: name, entries: extents[name]?.entries ?? 0, total: extents[name]?.total ?? 0,
                checkpoint: checkpoints[name], verification: verifications[name] ?? .notAsked)
        }
    }
}
