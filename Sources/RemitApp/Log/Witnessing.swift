import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitReport

/// One checkpoint that witnesses are asked to cosign.
final class Witnessing {
    private let log: LedgerLog
    private var ledger: Ledger
    private let checkpoint: SignedNote
    let head: Checkpoint
    /// Whether every witness has cosigned this checkpoint before, so that nothing new is to be recorded.
    private let isAgain: Bool

    /// Sizes that a witness may say it has seen before it is given up: others may be submitting as well.
    private static let roundsAtMost = 3

    init(of log: LedgerLog, by keys: [NoteKey]) throws(AppError) {
        // Signing needs the key even where the last checkpoint will do: whoever may not sign asks nobody.
        let signer = try log.signer()
        let ledger = try log.open()
        let last = try log.run { () throws(LedgerError) in
            try ledger.requireNotBehind(log.directory)
            return try ledger.checkpoint(cosignedBy: keys, in: log.directory)
        }
        isAgain = last != nil
        checkpoint =
            if let last { last } else {
                try log.run { () throws(LedgerError) in try ledger.publish(to: log.directory, signer: signer) }
            }
        head = try LogCheckpointCommand.head(of: checkpoint)
        self.log = log
        self.ledger = ledger
    }

    /// Has a witness sign, and records that it did; gives the entry, where there is a new one.
    func ask(_ witness: Witness) throws(AppError) -> (SignedNote.Signature, entry: Int64?) {
        var old = try renewed { () throws(LedgerError) in min(try ledger.highest(witness.stateName) ?? 0, head.size) }
        for _ in 0..<Self.roundsAtMost {
            let answer = try submit(to: witness, from: old)
            switch answer {
            case .cosigned(let signature): return (signature, try record(signature, of: witness))
            case .hasSeen(let size):
                let count = try renewed { () throws(LedgerError) in try ledger.count() }
                guard size <= count else {
                    throw log.raiseAlarm("\(witness.words) has seen \(size) entries, and the ledger has \(count)")
                }
                guard size <= head.size else {
                    throw AppError(
                        "\(witness.words) has cosigned a newer checkpoint meanwhile, of \(size) entries",
                        hint: "run it again", status: .undecided)
                }
                guard size != old else {
                    throw AppError(
                        "\(witness.words) contradicts itself: it has seen \(size) entries and does not go on from there",
                        hint: "tell its operator", status: .undecided)
                }
                old = size
            case .inconsistent where old > 0:
                throw log.raiseAlarm(
                    "\(witness.words) holds another past: its first \(old) entries are no beginning of the ledger's "
                        + "\(head.size)")
            case .unknownLog, .badLogSignature, .inconsistent, .other: throw witness.refusal(answer, of: head.origin)
            }
        }
        throw AppError(
            "\(witness.words) was moved on by others \(Self.roundsAtMost) times", hint: "run it again",
            status: .undecided)
    }

    /// Puts what was signed under the checkpoint, for others to read.
    func keep(_ signatures: [SignedNote.Signature]) throws(AppError) -> SignedNote {
        try renewed { () throws(LedgerError) in
            try ledger.keep(signatures, under: checkpoint, in: log.directory)
        }
    }

    private func submit(to witness: Witness, from old: Int64) throws(AppError) -> WitnessAnswer {
        let proof = try renewed { () throws(LedgerError) in
            old == 0 ? [] : try ledger.consistencyProof(from: old, to: head.size)
        }
        let request = WitnessRequest(old: old, proof: proof, checkpoint: checkpoint)
        let answer = try Curl.post(
            "\(witness.url)/add-checkpoint", text: request.bytes, limit: WitnessAnswer.maximumByteCount)
        do throws(NoteError) {
            return try WitnessAnswer(
                status: answer.status, type: answer.type, body: answer.body, to: checkpoint, by: witness.key)
        } catch {
            throw AppError(
                "\(witness.words) gives no answer that counts: \(error)",
                hint: "ask its operator whether its key has changed", status: .undecided)
        }
    }

    private func record(_ signature: SignedNote.Signature, of witness: Witness) throws(AppError) -> Int64? {
        try renewed { () throws(LedgerError) in
            try ledger.transaction { (transaction) throws(LedgerError) in
                _ = try transaction.raise(witness.stateName, to: head.size)
                guard !isAgain else { return nil }
                let anchor = Anchor(
                    of: head, keptBy: .witness(witness.key, url: witness.url, cosignature: signature.bytes),
                    at: Platform.now())
                return try transaction.append(EntryDraft(of: anchor, by: HookCommand.commands))
            }
        }
    }

    /// Works on the ledger as long after the last word with a witness as is due.
    private func renewed<Value>(_ body: () throws(LedgerError) -> Value) throws(AppError) -> Value {
        ledger.deadline = .now.advanced(by: .seconds(Spender.patienceSeconds))
        return try log.run(body)
    }
}

extension Witness {
    var words: String { "the witness '\(key.name)'" }

    /// Under this name the ledger remembers what the witness cosigned last.
    var stateName: String { "witness.\(key.text)" }

    fileprivate func refusal(_ answer: WitnessAnswer, of origin: String) -> AppError {
        let hint = "give its operator the log's key, which 'remit log key' prints"
        switch answer {
        case .unknownLog: return AppError("\(words) does not know the log '\(origin)'", hint: hint, status: .undecided)
        case .badLogSignature:
            return AppError("\(words) does not accept the signature of '\(origin)'", hint: hint, status: .undecided)
        case .other(let status):
            return AppError(
                "\(words) answers with status \(status)", hint: "look whether '\(url)' is its submission prefix",
                status: .undecided)
        case .inconsistent, .cosigned, .hasSeen:
            return AppError(
                "\(words) does not accept a first checkpoint, with status 422", hint: "tell its operator",
                status: .undecided)
        }
    }
}

extension LedgerLog {
    /// Raises the alarm, durably, and gives what is to be thrown then.
    func raiseAlarm(_ words: String) -> AppError {
        var hints = ["the ledger was rolled back or rewritten: look for the newer one, and for who did it"]
        do throws(LedgerError) {
            try directory.raiseAlarm("\(words); seen at \(Platform.now())")
            hints.append("every push is refused from now on; see 'remit log alarm --ledger \(path)'")
        } catch {
            hints.append("PUSHES GO ON: the alarm cannot be recorded, \(error.reason)")
        }
        return AppError("ALARM: \(words)", hints: hints, status: .refused)
    }
}
