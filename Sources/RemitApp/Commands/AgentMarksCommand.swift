import ArgumentParser
import RemitAttribution
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// `remit agents marks`: proposes the organisation's own marks.
struct AgentMarksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "marks", abstract: "Propose the organisation's own marks: agents of its own, and false alarms.",
        discussion: """
            Checks a file of marks, tells what it changes, and proposes it with your signature, together with the \
            policy that names its digest. It is in force at once where one administrator's signature is enough; \
            otherwise the others run 'remit authority sign'. The file is kept as it is, comments and all.

            Example: remit agents marks --from marks.toml --key ~/.ssh/id_ed25519
            """)

    @Option(help: ArgumentHelp("The marks, as they shall be.", valueName: "file"))
    var from: String?

    @Flag(help: "Go back to the built-in catalogue alone.")
    var remove = false

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    func validate() throws {
        guard (from != nil) != remove else { throw ValidationError("give --from FILE or --remove") }
    }

    func run() throws {
        let bytes = try from.map { try Self.read($0) }
        let clone = try authority.clone()
        let signer = try signing.signer(for: clone)
        try ProposalChange(signer: signer, clone: clone, now: Platform.now()).commit("Propose") {
            (proposals) throws(AppError) in
            try proposals.propose(by: signer) { (draft, _) throws(AppError) in
                guard bytes != nil || draft.marks != nil else {
                    throw AppError("the authority has no marks of its own", hint: "nothing was written")
                }
                draft.marks = bytes
            }
        }
    }

    /// Reads the file as servers will, and refuses to switch off what is not there: that is a misspelling.
    private static func read(_ path: String) throws(AppError) -> [UInt8] {
        let bytes = try Files.read(path, limit: RecordText.maximumByteCount)
        let marks: OwnMarks
        do throws(RecordError) {
            marks = try OwnMarks(record: bytes, file: path)
        } catch {
            throw AppError(error.statement, hint: "'remit agents known --format toml' shows the form")
        }
        if let idle = MarkCatalogue.known(with: marks).idle.first {
            throw AppError(
                "'\(path)' switches off a mark of '\(idle.tool)' that the catalogue does not have",
                hint: "'remit agents known' lists the tools, and with '--format toml --agent ID' the marks of one")
        }
        return bytes
    }
}
