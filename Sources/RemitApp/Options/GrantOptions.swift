import ArgumentParser
import RemitModel

/// The one clause of a new delegation.
struct GrantOptions: ParsableArguments {
    @Option(help: "The repository, by its name in the policy.", transform: OptionReading.identifier)
    var repository: String

    @Option(
        help: ArgumentHelp("Where the agent may push: a ref, or a prefix and /**. May be repeated.", valueName: "ref"),
        transform: OptionReading.ref)
    var ref: [PathPattern]

    @Option(
        help: ArgumentHelp("Where a person may land its work. May be repeated.", valueName: "ref"),
        transform: OptionReading.ref)
    var mergeInto: [PathPattern] = []

    @Option(
        help: ArgumentHelp(
            "What it may change: a path, DIR/** or DIR/**/*.ext. May be repeated.", valueName: "pattern"),
        transform: OptionReading.path)
    var path: [PathPattern]

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

    /// What an agent needs to write on a branch of its own.
    static let defaultOperations: [RemitModel.Operation] = [.refCreate, .refUpdate, .fileCreate, .fileModify]

    var grant: Grant {
        Grant(
            repository: repository, refs: ref, mergeInto: mergeInto, paths: PathScope(path, except: except),
            operations: Set(operation.isEmpty ? Self.defaultOperations : operation),
            environments: Set(environment))
    }
}
