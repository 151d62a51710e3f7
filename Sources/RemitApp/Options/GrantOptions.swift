import ArgumentParser
import RemitFormats
import RemitModel
import RemitReport

/// The clauses of a delegation: one by options, or several from a file.
struct GrantOptions: ParsableArguments {
    @Option(help: "The repository, by its name in the policy.", transform: OptionReading.identifier)
    var repository: String?

    @Option(
        help: ArgumentHelp("Where the agent may push: a ref, or a prefix and /**. May be repeated.", valueName: "ref"),
        transform: OptionReading.ref)
    var ref: [PathPattern] = []

    @Option(
        help: ArgumentHelp("Where a person may land its work. May be repeated.", valueName: "ref"),
        transform: OptionReading.ref)
    var mergeInto: [PathPattern] = []

    @Option(
        help: ArgumentHelp(
            "What it may change: a path, DIR/** or DIR/**/*.ext. May be repeated.", valueName: "pattern"),
        transform: OptionReading.path)
    var path: [PathPattern] = []

    @Option(
        help: ArgumentHelp("What it must not change all the same. May be repeated.", valueName: "pattern"),
        transform: OptionReading.path)
    var except: [PathPattern] = []

    @Option(
        help: """
            What it may do. May be repeated. Default: \
            \(GrantOptions.defaultOperations.map(\.rawValue).joined(separator: ", ")).
            """)
    var operation: [RemitModel.Operation] = []

    @Option(help: "An environment that its changes may reach. May be repeated.")
    var environment: [String] = []

    @Option(
        help: ArgumentHelp(
            "Several clauses instead of the one above: a file of [[grant]] tables as in a record.", valueName: "file"))
    var grants: String?

    /// What an agent needs to write on a branch of its own.
    static let defaultOperations: [RemitModel.Operation] = [.refCreate, .refUpdate, .fileCreate, .fileModify]

    /// Whether an option of the one clause was given.
    private var hasClause: Bool {
        repository != nil || !ref.isEmpty || !mergeInto.isEmpty || !path.isEmpty || !except.isEmpty
            || !operation.isEmpty || !environment.isEmpty
    }

    var isEmpty: Bool { !hasClause && grants == nil }

    /// The clauses, read and checked.
    func clauses() throws(AppError) -> [Grant] {
        if let grants {
            guard !hasClause else {
                throw AppError("give either --grants FILE or the options of one clause", status: .usage)
            }
            return try Self.read(grants)
        }
        guard let repository else { throw Self.missing("--repository <repository>") }
        guard !ref.isEmpty else { throw Self.missing("--ref <ref>") }
        guard !path.isEmpty else { throw Self.missing("--path <pattern>") }
        return [
            Grant(
                repository: repository, refs: ref, mergeInto: mergeInto, paths: PathScope(path, except: except),
                operations: Set(operation.isEmpty ? Self.defaultOperations : operation),
                environments: Set(environment))
        ]
    }

    private static func missing(_ option: String) -> AppError {
        AppError("missing \(option)", hint: "or give the clauses with --grants FILE", status: .usage)
    }

    private static func read(_ path: String) throws(AppError) -> [Grant] {
        let bytes = try Files.read(Files.absolute(path), limit: RecordText.maximumByteCount)
        do throws(RecordError) { return try Grant.list(record: bytes, file: path) } catch {
            throw AppError(error.statement, hint: "write [[grant]] tables as in a delegation's record", status: .usage)
        }
    }
}
