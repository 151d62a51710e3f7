import ArgumentParser
import RemitModel

/// The budget of a new delegation.
struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("At most so many commits.", valueName: "n"), transform: OptionReading.limit)
    var commits: Int?

    @Option(help: ArgumentHelp("At most so many distinct paths.", valueName: "n"), transform: OptionReading.limit)
    var files: Int?

    @Option(
        help: ArgumentHelp("At most so many lines added and removed.", valueName: "n"), transform: OptionReading.limit)
    var lines: Int?

    @Option(
        help: ArgumentHelp("At most so many bytes of new contents.", valueName: "n"), transform: OptionReading.limit)
    var bytes: Int?

    @Option(help: ArgumentHelp("At most so many pushes.", valueName: "n"), transform: OptionReading.limit)
    var pushes: Int?

    var limits: Limits {
        Limits(commits: commits, files: files, lines: lines, bytes: bytes, pushes: pushes)
    }
}
