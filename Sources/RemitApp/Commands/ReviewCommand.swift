import ArgumentParser
import RemitAuthority
import RemitEvidence
import RemitGate
import RemitModel
import RemitReport

/// `remit review`: what the owners must look at; with an id, what an agent asks for, and a delegator's answer.
struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "See what the owners must look at: requests, wide delegations, overdue reviews, undeclared agents.",
        discussion: """
            Without an id, reads authority and ledger and tells, the most pressing first, what landed without a \
            decision, gates that were away, keys in several hands, agents that nobody declared, exceptions used, open \
            requests, reviews that are due, delegations wider than their use with the narrower clauses, proposals that \
            wait for signatures, and what is refused again and again; each with whom to ask and what to run. Without a \
            ledger only the authority is read. What is not on record is never called unused.

            Exit status, without an id: 0 when nobody has to do anything, 1 when somebody has, 2 when it cannot be \
            told. Notes do not count. --requests lists the requests that nobody has answered, and nothing else.

            With an id, tells what is asked for beyond what \
            the agent has now, and whose role covers it. With --grant, signs a delegation of exactly that; with \
            --decline, signs a no. Where a person sits at a terminal and gave neither, they are asked.

            Example: remit review --since 7d --ledger /var/lib/remit/ledger.db
            Example: remit review 1f2e3d4c5b6a --grant --merge-by 7d --supersede --key ~/.ssh/id_ed25519
            """)

    @Argument(help: "The request: its id, or the first 12 or more digits of it.")
    var request: String?

    @Flag(help: "List the requests that nobody has answered, and nothing else.")
    var requests = false

    @OptionGroup var time: PeriodOptions

    @OptionGroup var evidence: EvidenceOptions

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
    var format = ReviewFormat.text

    @OptionGroup var authority: CloneOptions

    func validate() throws {
        guard !grant || !decline else { throw ValidationError("give either --grant or --decline") }
        guard request != nil || (!grant && !decline) else { throw ValidationError("name the request to be answered") }
        guard request == nil || !requests else { throw ValidationError("give either a request or --requests") }
        let isWhole = request == nil && !requests
        guard isWhole || (!time.isGiven && evidence.ledger == nil) else {
            throw ValidationError("--since, --until and --ledger are for the review of everything")
        }
        guard isWhole || format != .markdown else {
            throw ValidationError("requests are told as text or json")
        }
        guard decline == (reason != nil) else { throw ValidationError("--decline and --reason belong together") }
        guard grant || (mergeBy == nil && newTaskKey == nil && !supersede) else {
            throw ValidationError("--merge-by, --new-task-key and --supersede need --grant")
        }
    }

    func run() throws {
        let location = try authority.place.located()
        let console = Console.standard
        guard let request else {
            if requests {
                tell(try openRequests(in: location).sheets { console.say("warning: \($0.message)") }, console)
            } else {
                try reviewEverything(in: location, console)
            }
            return
        }
        // Who answers, answers what is there now.
        let clone = grant || decline ? try authority.clone() : nil
        let sheet = try openRequests(in: clone?.location ?? location).sheet(named: request)
        console.print(format == .json ? sheet.json.text : sheet.text)
        let choice = try choice(sheet, console)
        if choice != .none { try answer(sheet.id, choice, in: clone ?? authority.clone(), console) }
    }

    private func reviewEverything(in location: AuthorityLocation, _ console: Console) throws {
        let now = Platform.now()
        let period = try time.period(at: now)
        let review = try WholeReview(
            authority: location.authority(at: now), location: location, period: period, now: now, console: console
        ).review(evidence.sourceIfKnown())
        switch format {
        case .text: console.print(ReviewText(review).text)
        case .markdown: console.print(ReviewMarkdown(review).text)
        case .json: console.print(review.json.text)
        }
        if review.isPressing { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    private func openRequests(in location: AuthorityLocation) throws(AppError) -> OpenRequests {
        let now = Platform.now()
        return OpenRequests(authority: try location.authority(at: now), location: location, now: now)
    }

    private func answer(_ id: RecordID, _ choice: Choice, in clone: AuthorityClone, _ console: Console) throws {
        let requests = try openRequests(in: clone.location)
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
        case .text, .markdown: console.print(table.text)
        }
    }
}
