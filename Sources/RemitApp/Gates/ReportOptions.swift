import ArgumentParser
import RemitGate
import RemitModel
import RemitReport
import RemitSignatures

/// In which forms a decision is told, and where.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Another form of the answer, on standard output or in a file: text, json, sarif, junit, codequality, \
            github, summary, azure, teamcity or buildkite. Can be given several times.
            """,
            discussion: """
                'summary' without a file is added to the step summary that GITHUB_STEP_SUMMARY names.
                """,
            valueName: "form[=file]"))
    var report: [ReportTarget] = []

    @Option(help: "text or json, on standard output; default: text, unless a --report is written there.")
    var format: ReportFormat?

    func validate() throws {
        if let taken = report.first(where: \.isForOutput), format != nil {
            throw ValidationError(
                "--format and --report \(taken.channel.rawValue) are both for standard output; give one of them a file")
        }
        var files: Set<String> = []
        for target in report {
            if let file = target.file, !files.insert(file).inserted {
                throw ValidationError("--report names the file '\(file)' twice")
            }
        }
    }

    /// Whether standard output has the words that a person reads, and nothing else.
    var isText: Bool { channels == [.text] }

    private var channels: [Channel] {
        let shown = report.filter(\.isForOutput).map(\.channel)
        return shown.isEmpty ? [format == .json ? .json : .text] : shown
    }

    /// Tells the decision on standard output.
    func show(_ decision: Decision, as occasion: Occasion, ledgerEntry: Int?, _ console: Console) {
        for channel in channels {
            console.print(Self.text(channel, of: decision, on: occasion, ledgerEntry))
        }
    }

    /// Writes the files; after what is on standard output, since a disk may be full.
    func write(_ decision: Decision, as occasion: Occasion, ledgerEntry: Int?) throws(AppError) {
        for target in report where !target.isForOutput {
            let bytes = Array(Self.text(target.channel, of: decision, on: occasion, ledgerEntry).utf8)
            if let file = target.file {
                try ReportFile.write(bytes, to: Files.absolute(file))
            } else {
                try ReportFile.appendToSummary(bytes)
            }
        }
    }

    private static func text(
        _ channel: Channel, of decision: Decision, on occasion: Occasion, _ ledgerEntry: Int?
    ) -> String {
        channel.text(of: decision, on: occasion, ledgerEntry: ledgerEntry) { RecordID(of: $0) }
    }
}

/// One `--report`: a form, and the file for it.
struct ReportTarget: Hashable, Sendable, ExpressibleByArgument {
    let channel: Channel
    let file: String?

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let channel = parts.first.flatMap({ Channel(rawValue: String($0)) }) else { return nil }
        self.channel = channel
        file = parts.count > 1 ? String(parts[1]) : nil
        if file?.isEmpty == true { return nil }
    }

    static var allValueStrings: [String] {
        Channel.allCases.map(\.rawValue)
    }

    var isForOutput: Bool { file == nil && channel != .summary }
}
