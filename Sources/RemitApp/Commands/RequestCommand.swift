import ArgumentParser
import RemitAuthority
import RemitFormats
import RemitGate
import RemitModel
import RemitReport

/// `remit request`: an agent, or its person, asks for a delegation.
struct RequestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Ask for a delegation; a delegator grants or declines it.",
        discussion: """
            Writes what is asked for into the authority. Nothing is allowed by it: only a delegation that a person \
            signs is. With --from, asks for exactly what a refused push lacked, beside what the delegation that it was \
            made under allows already; what no delegation can mend is named.

            Example: remit check --format json | remit request --from - --new-task-key next.key
            """)

    @Option(
        help: ArgumentHelp(
            """
            A refused decision: a file that 'remit check --format json' wrote, - for standard input, or with --ledger \
            the number of an entry.
            """, valueName: "decision"))
    var from: String?

    @Option(help: ArgumentHelp("The ledger that holds the decision.", valueName: "file"))
    var ledger: String?

    @Option(
        help: ArgumentHelp(
            """
            The delegation that it is to replace. Default with --from: the one that the decision names, then git \
            config remit.delegation.
            """, valueName: "id"))
    var replaces: String?

    @Option(help: "The agent's id in the inventory.", transform: OptionReading.identifier)
    var agent: String?

    @Option(help: "The task, such as a ticket's number.")
    var task: String?

    @Option(help: "What it is for, in a sentence.")
    var purpose: String?

    @OptionGroup(title: "What it may do") var clause: GrantOptions

    @Option(
        help: ArgumentHelp("How long the agent wants to act, in whole hours.", valueName: "span"),
        transform: OptionReading.hours)
    var expires = TimeSpan(hours: Times.defaultLife / 3600)

    @OptionGroup(title: "How much") var budget: LimitOptions

    @OptionGroup(title: "What it has to hand") var hand: ContextOptions

    @OptionGroup var taskKeys: TaskKeyOptions

    @Option(help: "Who asks. Default: git config user.email, then the agent.")
    var requester: String?

    @OptionGroup var authority: CloneOptions

    func validate() throws {
        guard ledger == nil || from != nil else { throw ValidationError("--ledger needs --from ENTRY") }
        guard from == nil || (clause.isEmpty && budget.limits == .none) else {
            throw ValidationError("--from asks for what is missing; give no clause and no limit beside it")
        }
    }

    func run() throws {
        let now = Platform.now()
        let clone = try authority.clone()
        let standing = try clone.location.authority(at: now)
        let console = Console.standard
        let asked = try asked(standing, console)
        try AgentReadiness(authority: standing, now: now).require(asked.agent, asked.context)
        let key = try taskKeys.key(comment: "\(asked.agent) \(asked.task)")
        try TaskKey.keep(key) {
            try key?.requireFree(in: standing)
            let request = DelegationRequest(
                organisation: standing.policy.organisation,
                requester: try requester.orAsk(Self.ownName) ?? asked.agent, agent: asked.agent,
                task: asked.task, purpose: asked.purpose, issuedAt: now, life: expires.seconds,
                keys: key.map { [$0.fingerprint] } ?? [], context: asked.context, grants: asked.grants,
                limits: asked.limits, replaces: asked.replaces?.id, decision: asked.entry)
            let id = try NewRequest(request: request, clone: clone).commit()
            tell(id, request, asked.replaces?.delegation, key, clone)
        }
    }

    /// What is asked for, wherever it was said.
    private struct Asked {
        let agent: String
        let task: String
        let purpose: String
        let grants: [Grant]
        let limits: Limits
        let context: Delegation.Context?
        let replaces: VerifiedDelegation?
        let entry: Int?
    }

    private func asked(_ authority: Authority, _ console: Console) throws(AppError) -> Asked {
        guard let from else {
            return Asked(
                agent: try required(agent, "--agent"), task: try required(task, "--task"),
                purpose: try required(purpose, "--purpose"), grants: try clause.clauses(), limits: budget.limits,
                context: try hand.context(),
                replaces: try replaces.map { name throws(AppError) in try authority.believed(named: name) }, entry: nil)
        }
        let decision = try DecisionSource.read(from, ledger: ledger)
        let base = try authority.believed(named: name(in: decision))
        let missing = MissingGrant(decision, under: base.delegation)
        let unmendable = FindingGroup.groups(of: missing.unmendable, as: .check).map { Sentence($0).fault.text }
        guard missing.isAnything else {
            throw AppError(
                "nothing is missing that a delegation could give",
                hints: unmendable.map { "no delegation mends this: \($0)" })
        }
        for fault in unmendable { console.say("no delegation mends this: \(fault)") }
        if decision.findingCount > decision.findings.count {
            console.say(
                "the decision holds \(decision.findings.count) of \(decision.findingCount) findings, "
                    + "so more may be missing")
        }
        return Asked(
            agent: agent ?? base.delegation.agent, task: task ?? base.delegation.task,
            purpose: purpose ?? base.delegation.purpose, grants: missing.grants, limits: missing.limits,
            context: try hand.context() ?? base.delegation.context, replaces: base, entry: decision.entry)
    }

    private static func ownName() throws(AppError) -> String? { try Git().configuration("user.email") }

    private func required(_ value: String?, _ option: String) throws(AppError) -> String {
        guard let value else { throw AppError("missing \(option)", hint: "or give --from DECISION", status: .usage) }
        return value
    }

    /// The delegation under which the refused submission was made.
    private func name(in decision: RefusedDecision) throws(AppError) -> String {
        if let replaces { return replaces }
        let named = Set(decision.findings.compactMap(\.facts.delegation)).sorted()
        guard named.count <= 1 else {
            throw AppError(
                "the decision is about \(named.count) delegations",
                hint: "choose one with --replaces: \(named.map(\.abbreviated).joined(separator: ", "))",
                status: .usage)
        }
        let name = try named.first.map(\.description).orAsk { () throws(AppError) in
            try Git().configuration("remit.delegation")
        }
        guard let name else {
            throw AppError(
                "the decision names no delegation", hint: "name the agent's delegation with --replaces",
                status: .usage)
        }
        return name
    }

    private func tell(
        _ id: RecordID, _ request: DelegationRequest, _ base: Delegation?, _ key: TaskKey?, _ clone: AuthorityClone
    ) {
        let console = Console.standard
        console.say("asked for \(request.task) for agent '\(request.agent)'; nothing is allowed by that")
        let difference = GrantDifference(
            from: base.map { ($0.grants, $0.limits) }, to: request.grants, limits: request.limits)
        for line in difference.lines { console.say(line.text) }
        if let key { console.say("task key \(key.fingerprint) in '\(key.path)'") }
        console.say("a delegator answers with 'remit review \(id.abbreviated)'")
        clone.tell()
        console.print(id.description)
    }
}
