import ArgumentParser
import RemitEvidence
import RemitGate
import RemitGit
import RemitLedger
import RemitModel
import RemitReport

/// `remit log coverage`: what moved in repositories of this server without a decision.
struct LogCoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Hold the refs of repositories, and git's logs of them, against the ledger.",
        discussion: """
            Tells what moved without a decision: a hook that was taken away, a ref written on the server, a mirror's \
            fetch; and when the gate was disabled. Git logs what moves in a bare repository only where \
            core.logAllRefUpdates is true; without, only where each ref is now can be told. What stood at the \
            installation needs no decision.

            One line for each: ok, note or GAP. Exit status: 0 when everything is covered, else 1.

            Example: remit log coverage /srv/git/payments.git
            """)

    @Argument(help: "The repositories on this server.")
    var repositories: [String]

    @Option(help: ArgumentHelp("The ledger. Default: git config remit.ledger of each repository.", valueName: "file"))
    var ledger: String?

    @Option(help: ArgumentHelp("The repository's name in the ledger. Default: git config remit.repository."))
    var name: String?

    @Option(help: "text or json.")
    var format = ReportFormat.text

    func run() throws {
        var report = CoverageReport()
        for path in repositories { report.add(try coverage(of: path)) }
        switch format {
        case .text: Console.standard.print(report.text)
        case .json: Console.standard.print(String(decoding: report.json.encoded, as: UTF8.self))
        }
        if report.hasGaps { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private func coverage(of path: String) throws(AppError) -> Coverage {
        let repository = try ServerRepository(at: path)
        func value(_ given: String?, _ key: String, _ option: String) throws(AppError) -> String {
            if let given { return given }
            if let set = try repository.effective(key) { return set }
            throw AppError(
                "git config \(key) is not set in '\(repository.gitDirectory)'",
                hint: "name it with \(option), where the gate was taken away", status: .usage)
        }
        let file = try value(ledger, "remit.ledger", "--ledger")
        let name = try value(name, "remit.repository", "--name")
        let ledger = try Spender.open(file)
        let history: GateHistory
        do throws(EvidenceError) {
            history = try GateHistory(of: name, in: ledger)
        } catch {
            throw AppError(error.statement, hint: "see 'remit log verify'", status: .undecided)
        }
        do throws(GitError) {
            var refs: [ByteString: ObjectID] = [:]
            var logs: [LoggedMovement] = []
            for (name, id) in try repository.reader.repository.references() {
                refs[name] = id
                logs += try repository.reader.repository.reflog(of: name).map { LoggedMovement($0.update, at: $0.at) }
            }
            return Coverage(of: history, refs: refs, logs: logs)
        } catch {
            throw AppError("cannot read the refs of '\(repository.gitDirectory)': \(error.reason)", status: .undecided)
        }
    }
}
