import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel
import RemitReport

/// `remit review`: what agents ask for, and a delegator's answer.
struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "See what agents ask for, and grant or decline it.",
        discussion: """
            Without an id, lists the requests that nobody has answered. With one, tells what is asked for beyond what \
            the agent has now, and whose role covers it. With --grant, signs a delegation of exactly that; with \
            --decline, signs a no. Where a person sits at a terminal and gave neither, they are asked.

            Example: remit review 1f2e3d4c5b6a --grant --merge-by 7d --supersede --key ~/.ssh/id_ed25519
            """)

    @Argument(help: "The request: its id, or the first 12 or more digits of it.")
    var request: String?

    @Flag(help: "Sign a delegation of what is asked.")
    var grant = false

    @Flag(help: "Sign a no; needs --reason.")
    var decline = false

    @Option(help: "Why it is declined, in a sentence.")
    var reason: String?

    @Option(
        help: ArgumentHelp(
            "Until when persons may land the work. Default: while the agent may act.", valueName: "when"),
        transform: OptionReading.deadline)
    var mergeBy: Deadline?

    @Option(
        help: ArgumentHelp("Where to make the task key, for a request that names none.", valueName: "file"))
    var newTaskKey: String?

    @Flag(help: "End the delegation that the new one replaces.")
    var supersede = false

    @OptionGroup var keys: KeyOptions

    @Option(
        help: "The person who answers and stays accountable. Default: whose key it is.",
        transform: OptionReading.identifier)
    var delegator: String?

    @Option(help: "How to tell it.")
    var format = ReportFormat.text

    @OptionGroup var authority: CloneOptions

    func validate() throws {
        guard !grant || !decline else { throw ValidationError("give either --grant or --decline") }
        guard request != nil || (!grant && !decline) else { throw ValidationError("name the request to be answered") }
        guard decline == (reason != nil) else { throw ValidationError("--decline and --reason belong together") }
        guard grant || (mergeBy == nil && newTaskKey == nil && !supersede) else {
            throw ValidationError("--merge-by, --new-task-key and --supersede need --grant")
        }
    }

    func run() throws {
        let location = try authority.place.located()
        let console = Console.standard
        guard let request else {
            let open = try requests(in: location).sheets { console.say("warning: \($0.message)") }
            tell(open, console)
            return
        }
        // Who answers, answers what is there now.
        let clone = grant || decline ? try authority.clone() : nil
        let sheet = try requests(in: clone?.location ?? location).sheet(named: request)
        console.print(format == .text ? sheet.text : sheet.json.text)
        let choice = try choice(sheet, console)
        if choice != .none { try answer(sheet.id, choice, in: clone ?? authority.clone(), console) }
    }

    private func requests(in location: AuthorityLocation) throws(AppError) -> OpenRequests {
        let now = Platform.now()
        return OpenRequests(authority: try location.authority(at: now), location: location, now: now)
    }

    private func answer(_ id: RecordID, _ choice: Choice, in clone: AuthorityClone, _ console: Console) throws {
        let requests = try requests(in: clone.location)
        let sheet = try requests.sheet(named: id.description)
        try sheet.requireOpen()
        let signer = try keys.signer(for: clone)
        let answer = RequestAnswer(
            sheet: sheet, signer: signer,
            delegator: try delegator ?? requests.authority.person(with: signer.key, option: "--delegator"),
            authority: requests.authority, clone: clone, now: requests.now)
        switch choice {
        case .none: break
        case .grant:
            try answer.grant(.init(mergeBy: mergeBy, newTaskKey: newTaskKey, supersedes: supersede)).tell(clone, nil)
        case .decline(let reason):
            try answer.decline(reason: reason)
            console.say("declined request \(id.abbreviated)")
            clone.tell()
        }
    }

    private enum Choice: Equatable {
        case none
        case grant
        case decline(String)
    }

    /// What the options say; where they say nothing, what the person at the terminal says.
    private func choice(_ sheet: RequestSheet, _ console: Console) throws(AppError) -> Choice {
        if grant { return .grant }
        if let reason { return .decline(reason) }
        guard case .none = sheet.answer, format == .text, Terminal.isThere else { return .none }
        let answer = try Terminal.value(
            nil, flag: "--grant", question: "grant it? yes, no, or later", default: "later")
        switch answer {
        case "yes": return .grant
        case "no": return .decline(try Terminal.value(nil, flag: "--reason", question: "why not?"))
        default: return .none
        }
    }

    private func tell(_ sheets: [RequestSheet], _ console: Console) {
        let table = RequestTable(sheets)
        switch format {
        case .json: console.print(table.json.text)
        case .text where sheets.isEmpty: console.say("nothing is asked for")
        case .text: console.print(table.text)
        }
    }
}
