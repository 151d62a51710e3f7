import ArgumentParser
import RemitEvidence
import RemitGate
import RemitModel
import RemitReport

/// `remit trace`: who authorised a change, by which evidence, and why it was allowed.
struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Follow a change to the person who answers for it.",
        discussion: """
            Reads the ledger, or the collection of many, and nothing else. What is meant is known by its form: an id or \
            its beginning (7 digits of a commit, 12 of a delegation), a full ref, an agent or an environment; an option \
            says it outright.

            As HTML it is one page without a script or anything from elsewhere: it can be mailed, filed and printed.

            Example: remit trace 3f2a9c1b7d4e --format html --output trace.html
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

    @OptionGroup
    var evidence: EvidenceOptions

    @Option(help: "text, json or html.")
    var format = TraceFormat.text

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write it. Default: standard output.", valueName: "file"))
    var output: String?

    func run() throws {
        let question = try question()
        let source = try evidence.source()
        let found = try EvidenceError.asked { () throws(EvidenceError) in try trace(question, in: source.store) }
        guard let trace = found else { throw nothing(question, source.words) }
        let text =
            switch format {
            case .text: TraceText(trace, isOfMany: source.ledger == nil).text
            case .json: trace.json.text + "\n"
            case .html:
                TracePage(trace, isLedger: source.ledger != nil, program: HookCommand.commands).text
            }
        guard let output else { return Console.standard.print(text) }
        try ReportFile.write(Array(text.utf8), to: Files.absolute(output))
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

    private func trace(
        _ question: TraceQuestion, in store: some EvidenceStore
    ) throws(EvidenceError) -> Trace? {
        try Tracing(question, in: store).trace()
    }

    /// What was looked for, where, and in which forms.
    private func nothing(_ question: TraceQuestion, _ place: String) -> AppError {
        let what = question.kind.map { "\($0.rawValue) '\(question.text)'" } ?? "'\(question.text)'"
        let repository = question.repository.map { " in repository '\($0)'" } ?? ""
        let hint =
            switch question.kind {
            case .commit: "at least \(TraceQuestion.commitDigitsAtLeast) digits of its id are needed"
            case .delegation: "at least \(TraceQuestion.delegationDigitsAtLeast) digits of its id are needed"
            case .ref: "a ref is named in full, such as 'refs/heads/main'"
            case .agent, .environment: "ids are compared exactly"
            case nil: "it was looked for as a commit, a ref, an environment, a delegation and an agent, by its form"
            }
        return AppError("\(place) says nothing about \(what)\(repository)", hint: hint)
    }
}
