import ArgumentParser
import RemitGate
import RemitModel
import RemitReport

/// `remit agent review`: an administrator's word that the agent, as it is now, may be used.
struct AgentReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Sign that an agent, with its present models and tools, may be used.",
        discussion: """
            Renews the day of the next review, and lets grants name the models and tools that the entry lists now. \
            Where the agent is suspended, new delegations to it count again from now on; what was delegated before \
            stays stopped. Shows the entry that is signed.

            Example: remit agent review claude-code --review-by 90d --key ~/.ssh/id_ed25519
            """)

    @Argument(help: "The agent's id in the inventory.", transform: OptionReading.identifier)
    var id: String

    @OptionGroup var deadline: ReviewOptions

    @OptionGroup var signing: KeyOptions

    @OptionGroup var authority: CloneOptions

    func run() throws {
        let now = Platform.now()
        let reviewBy = try deadline.reviewBy(from: now)
        let clone = try authority.clone()
        let signer = try signing.signer(for: clone)
        var talk: [String] = []
        let agent = try AgentEntry(id: id, signer: signer, clone: clone, now: now).commit("Review") {
            (before) throws(AppError) in
            guard let agent = before.agent else { return try before.believed(id) }
            guard agent.status != .retired else {
                throw AppError("agent '\(id)' is retired", hint: "register it under another id with 'remit agent add'")
            }
            var draft = AgentDraft(agent, at: now)
            draft.reviewBy = reviewBy
            draft.review = Agent.Review(
                at: now, by: before.administrator, models: agent.models, tools: agent.tools)
            draft.status = .active
            talk = words(of: before, agent)
            if let suspension = before.suspension, suspension.target == .agent(id) {
                // After the suspension, even where both are given within one second.
                draft.resumedAt = max(now, suspension.issuedAt.adding(seconds: 1))
            }
            return draft.agent
        }

        let console = Console.standard
        for line in talk { console.say(line) }
        console.say("reviewed agent '\(id)', to be reviewed again by \(agent.reviewBy)")
        clone.tell()
        console.print(AgentSheet(agent, suspension: nil, now: now).text)
    }

    /// What the review changes beyond its date.
    private func words(of before: AgentEntry.Before, _ agent: Agent) -> [String] {
        var lines: [String] = []
        if let fault = before.fault { lines.append("servers did not believe the entry: \(fault); this signs it anew") }
        if agent.status == .suspended { lines.append("the inventory called it suspended; it is active again") }
        switch before.suspension {
        case let suspension? where suspension.target == .agent(id):
            lines.append(
                "suspended at \(suspension.issuedAt): \(suspension.reason); what was delegated until then stays stopped"
            )
        case .some:
            lines.append("every agent is suspended; 'remit authority propose --resume' lets new delegations in")
        case nil: break
        }
        return lines
    }
}
