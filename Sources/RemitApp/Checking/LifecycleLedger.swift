import RemitEvidence
import RemitGate
import RemitLedger
import RemitModel
import RemitReport

/// Records in the ledger what is done to the gate itself, so that a gap in the decisions is explained.
struct LifecycleLedger: ~Copyable {
    private var ledger: Ledger

    /// How long another writer is waited for.
    private static let patienceSeconds = 10

    struct Event {
        enum Kind: String {
            case installed
            case disabled
        }

        let event: Kind
        let repository: String
        let gitDirectory: String
        let mode: Mode?
        /// The authority's commit that was verified.
        let authority: ObjectID?
        let policyVersion: Int?
        let program: String?
        /// The hook of someone else that is run after ours.
        let chained: String?
    }

    static let schema = "lifecycle/v1"

    init(at path: String, create: Bool, repository: ServerRepository) throws(AppError) {
        let isNew = create && FileState(of: path) == .missing
        do throws(LedgerError) {
            ledger = try Ledger.open(
                at: ByteString(path), create: create, deadline: .now.advanced(by: .seconds(Self.patienceSeconds)))
        } catch {
            throw Self.fault(path, error)
        }
        // The server's user has to write it, whoever installs.
        if isNew {
            for suffix in ["", "-wal", "-shm"] { Ownership.give(path + suffix, toOwnerOf: repository.gitDirectory) }
        }
    }

    mutating func append(_ event: Event, at moment: Instant) throws(AppError) -> Int64 {
        let evidence = EntryDraft(
            .lifecycle(event: event.event.rawValue), at: moment, program: "remit \(HookCommand.version)",
            repository: event.repository, document: Self.text(of: event, at: moment).encoded)
        do throws(LedgerError) {
            return try ledger.transaction { transaction throws(LedgerError) in
                try transaction.append(evidence)
            }
        } catch {
            throw AppError(
                "cannot record that the gate was \(event.event.rawValue): \(error.reason)", status: .undecided)
        }
    }

    private static func text(of event: Event, at moment: Instant) -> JSONText {
        .object([
            ("schema", .string(schema)),
            ("event", .string(event.event.rawValue)),
            ("at", .string(moment.description)),
            ("repository", .string(event.repository)),
            ("git_directory", .string(event.gitDirectory)),
            ("mode", event.mode.map { .string($0.rawValue) } ?? .null),
            ("authority", event.authority.map { .string($0.hex) } ?? .null),
            ("policy_version", event.policyVersion.map(JSONText.integer) ?? .null),
            ("program", event.program.map(JSONText.string) ?? .null),
            ("chained", event.chained.map(JSONText.string) ?? .null),
        ])
    }

    private static func fault(_ path: String, _ error: LedgerError) -> AppError {
        AppError("cannot open the ledger '\(path)': \(error.code.rawValue): \(error.reason)", status: .undecided)
    }
}
