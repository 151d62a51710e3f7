import ArgumentParser
import RemitEvidence
import RemitModel
import RemitReport

/// `remit trace`: who authorised a change, by which evidence, and why it was allowed.
struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Follow a change to the person who answers for it.",
        discussion: """
            Reads the ledger alone. What is meant is known by its form: an id or its beginning (7 digits of a commit, 12 \
            of a delegation), a full ref, an agent or an environment; an option says it outright.

            Example: remit trace 3f2a9c1b7d4e --ledger /var/lib/remit/ledger.db
            """)

    @Argument(help: "A commit, a ref, an environment, a delegation or an agent.")
    var name: String?

    @Option(help: "The commit, or the first 7 or more digits of its id.")
    var commit: String?

    @Option(help: "The full name of the ref.")
    var ref: String?

    @Option(help: "The environment that was deployed to.")
    var environment: String?

    @Option(help: "The delegation, or the first 12 or more digits of its id.")
    var delegation: String?

    @Option(help: "The agent.")
    var agent: String?

    @Option(help: "Only what happened in this repository.")
    var repository: String?

    @Option(help: ArgumentHelp("The ledger. Default: git config remit.ledger.", valueName: "file"))
    var ledger: String?

    @Option(help: "How to tell it.")
    var format = ReportFormat.text

    func run() throws {
        let question = try question()
        let path = try self.path()
        let store = LedgerStore(try Spender.open(path), log: path)
        let found: Trace?
        do throws(EvidenceError) {
            found = try Tracing(question, in: store).trace()
        } catch {
            throw AppError(error.statement, status: .undecided)
        }
        guard let trace = found else { throw nothing(question, path) }
        switch format {
        case .text: Console.standard.print(TraceText(trace).text)
        case .json: Console.standard.print(trace.json.text)
        }
    }

    private func question() throws(AppError) -> TraceQuestion {
        let said: [(kind: Trace.Kind?, text: String?)] = [
            (nil, name), (.commit, commit), (.ref, ref), (.environment, environment), (.delegation, delegation),
            (.agent, agent),
        ]
        let given = said.compactMap { kind, text in text.map { (kind: kind, text: $0) } }
        guard let only = given.first, given.count == 1 else {
            throw AppError(
                given.isEmpty ? "nothing to trace was named" : "more than one thing to trace was named",
                hint: "name one commit, ref, environment, delegation or agent", status: .usage)
        }
        return TraceQuestion(only.text, kind: only.kind, in: repository)
    }

    private func path() throws(AppError) -> String {
        if let ledger { return ledger }
        guard let configured = try Git().configuration("remit.ledger") else {
            throw AppError(
                "no ledger is known", hint: "name it with --ledger, or set git config remit.ledger", status: .usage)
        }
        return configured
    }

    /// What was looked for, where, and in which forms.
    private func nothing(_ question: TraceQuestion, _ path: String) -> AppError {
        let what = question.kind.map { "\($0.rawValue) '\(question.text)'" } ?? "'\(question.text)'"
        let place = question.repository.map { " in repository '\($0)'" } ?? ""
        let hint =
            switch question.kind {
            case .commit: "at least \(TraceQuestion.commitDigitsAtLeast) digits of its id are needed"
            case .delegation: "at least \(TraceQuestion.delegationDigitsAtLeast) digits of its id are needed"
            case .ref: "a ref is named in full, such as 'refs/heads/main'"
            case .agent, .environment: "ids are compared exactly"
            case nil: "it was looked for as a commit, a ref, an environment, a delegation and an agent, by its form"
            }
        return AppError("the ledger '\(path)' says nothing about \(what)\(place)", hint: hint)
    }
}
