import ArgumentParser
import RemitFormats
import RemitGate
import RemitReport

/// `remit doctor`: whether the gate of a repository stands, and the proof of it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look whether the gate of a repository stands, and prove it by a push.",
        discussion: """
            Looks at everything for whose sake git skips a hook without a word, at the ways past it, at the settings, \
            the authority and the ledger; then pushes a commit with the mark of an unregistered agent to a new ref \
            below refs/heads/remit/doctor/, which must be refused. A push that is let through is taken back, with its \
            objects; hooks that run beside Remit's see it too. The decision about it stays in the ledger. For host \
            gitlab the hook is called as Gitaly calls it instead. Run it as the user as whom the server runs git.

            One line for each look: ok, warn or FAIL. Exit status: 0 when nothing failed, else 1.

            Example: remit doctor /srv/git/payments.git
            """)

    @Argument(help: "The repository on this server.")
    var repository: String

    @Option(
        help: ArgumentHelp(
            "As whom the server runs git, whose shell and keys are looked at; default: the repository's owner.",
            valueName: "name"))
    var user: String?

    @Option(
        help: ArgumentHelp(
            "What the server calls the repository, for one that does not set remit.repository.", valueName: "name"))
    var name: String?

    @Option(help: "text or json.")
    var format = ReportFormat.text

    func validate() throws {
        // It becomes part of a command of the probe's.
        guard name.map(RecordTable.isIdentifier) ?? true else {
            throw ValidationError("--name: no record can hold such a name of a repository")
        }
    }

    func run() throws {
        let report = Doctor.examine(repository, account: user, name: name, now: Platform.now())
        switch format {
        case .text: Console.standard.print(report.text)
        case .json: Console.standard.print(String(decoding: report.json.encoded, as: UTF8.self))
        }
        if report.has(.fail) { throw ExitCode(ExitStatus.refused.rawValue) }
    }
}
