import ArgumentParser
import RemitLedger
import RemitModel
import RemitReport

/// The ledger that a log command is about, and the files beside it.
struct LogOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The ledger. Default: git config remit.ledger.", valueName: "file"))
    var ledger: String?

    func log() throws(AppError) -> LedgerLog { try Self.log(of: ledger) }

    static func log(of ledger: String?) throws(AppError) -> LedgerLog {
        if let ledger { return LedgerLog(path: Files.absolute(ledger)) }
        guard let configured = try Git().configuration("remit.ledger") else {
            throw AppError(
                "which ledger is not known", hint: "name it with --ledger, or run this in a repository that is gated",
                status: .usage)
        }
        return LedgerLog(path: Files.absolute(configured))
    }

    /// The value of an option `--key`: a log's public key.
    static func key(_ text: String) throws(AppError) -> NoteKey {
        do throws(NoteError) {
            return try NoteKey(text)
        } catch {
            throw AppError("--key: \(error)", hint: "'remit log key' prints it", status: .usage)
        }
    }

    /// The value of an option `--checkpoint`: a note that somebody kept.
    static func kept(_ checkpoint: String) throws(AppError) -> SignedNote {
        let bytes = try Files.read(Files.absolute(checkpoint), limit: SignedNote.maximumByteCount)
        do throws(NoteError) {
            return try SignedNote(shown: bytes)
        } catch {
            throw AppError("--checkpoint '\(checkpoint)': \(error)", status: .usage)
        }
    }
}

/// A ledger's file, its key and what is published of it, which lie side by side.
struct LedgerLog {
    let path: String
    var keyPath: String { LogKeyFile.path(ofLedgerAt: ByteString(path)) }
    var directory: LogDirectory { LogDirectory(ofLedgerAt: ByteString(path)) }

    /// Opens the ledger, which must be there.
    func open() throws(AppError) -> Ledger { try Spender.open(path) }

    /// What lies where the key is looked for.
    func key() throws(AppError) -> LogKeyFile.State {
        do throws(NoteError) {
            return try LogKeyFile.state(at: keyPath)
        } catch {
            throw AppError("\(error)", status: .undecided)
        }
    }

    func signer() throws(AppError) -> NoteSigner {
        switch try key() {
        case .signer(let signer): return signer
        case .unreadable:
            throw AppError(
                "this user may not read the key '\(keyPath)'", hint: "run this as the user whose it is",
                status: .undecided)
        case .missing:
            throw AppError(
                "there is no key '\(keyPath)'", hint: "make it with 'remit log key --name git.example.org/decisions'")
        }
    }

    /// The public key: the one that was given, or that of the key beside the ledger, if there is one.
    func publicKey(_ given: String?) throws(AppError) -> NoteKey? {
        if let given { return try LogOptions.key(given) }
        return Files.exists(keyPath) ? try signer().publicKey : nil
    }

    /// The checkpoint that was published last; its signature is another question.
    func publishedHead() throws(AppError) -> Checkpoint? {
        guard let note = try run({ () throws(LedgerError) in try directory.publishedCheckpoint() }) else { return nil }
        return try LogCheckpointCommand.head(of: note)
    }

    /// Publishes what is new, and gives the signed checkpoint.
    func publish() throws(AppError) -> SignedNote {
        let signer = try signer()
        let ledger = try open()
        return try run { () throws(LedgerError) in try ledger.publish(to: directory, signer: signer) }
    }

    /// Runs what is done with the ledger, its fault told with the path.
    func run<Value>(_ body: () throws(LedgerError) -> Value) throws(AppError) -> Value {
        do throws(LedgerError) {
            return try body()
        } catch {
            let hints: [String] =
                switch error.code {
                case .rolledBack: ["an older copy of the ledger was put in its place; look for the newer one"]
                case .alarm: ["look at it with 'remit log alarm --ledger \(path)'"]
                default: []
                }
            throw AppError(
                "the ledger '\(path)': \(error.code.rawValue): \(error.reason)", hints: hints,
                status: error.code == .noSuchEntry ? .usage : .undecided)
        }
    }
}
