import RemitLedger
import RemitModel

/// What the hook publishes of the ledger once an effect is on record.
///
/// Nothing of it can fail a push: that has landed, and the next one publishes this one's entries too.
enum LogPublication {
    case published(SignedNote)
    /// There is no key that this user may sign with.
    case withoutKey
    /// Why nothing was published, in a few words that name the file.
    case failed(String)

    /// How long other hooks that publish are waited for, in seconds: one of them may publish this entry as well.
    private static let patienceSeconds = 2

    /// - Parameter end: when the hook's time is over: from then on nothing more is published.
    init(of ledger: inout Ledger, at path: String, covering entry: Int64, until end: ContinuousClock.Instant) {
        let file = ByteString(path)
        do throws(NoteError) {
            switch try LogKeyFile.state(at: LogKeyFile.path(ofLedgerAt: file)) {
            case .missing, .unreadable:
                self = .withoutKey
                return
            case .signer(let signer):
                ledger.deadline = min(ledger.deadline, .now.advanced(by: .seconds(Self.patienceSeconds)))
                do throws(LedgerError) {
                    self = .published(
                        try ledger.publish(
                            to: LogDirectory(ofLedgerAt: file), signer: signer, covering: entry, until: end))
                } catch {
                    self = .failed(Self.words(error, path))
                }
            }
        } catch {
            self = .failed(error.description)
        }
    }

    private static func words(_ error: LedgerError, _ path: String) -> String {
        switch error.code {
        // These name the file that they are about, which is not the ledger's.
        case .wrongKey, .busy, .cannotOpen, .readOnly, .io, .full: error.reason
        default: GateError(error, at: path).finding.facts.reason ?? error.reason
        }
    }
}
