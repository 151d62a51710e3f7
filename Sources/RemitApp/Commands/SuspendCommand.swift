import ArgumentParser
import RemitAuthority
import RemitGate
import RemitModel

/// `remit suspend`: the kill switch.
struct SuspendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "Stop everything of an agent, or of all agents, at once.",
        discussion: """
            The kill switch: from the next push on, servers refuse whatever the agent does and whatever of its work is \
            to land. The owners of an agent may suspend it, an operator and an administrator any, and all. What was \
            delegated until then stays stopped for ever; 'remit agent review' lets new delegations in again, for all \
            agents 'remit authority propose --resume'. Prints the record's path in the authority.

            Example: remit suspend claude-code --reason "it deletes tests" --key ~/.ssh/id_ed25519
            """)

    @Argument(help: "The agent's id in the inventory.", transform: OptionReading.identifier)
    var agent: String?

    @Flag(help: "Every agent.")
    var all = false

    @Option(help: "Whether what it did can still be trusted.")
    var cause: Revocation.Cause = .ended

    @OptionGroup var options: RevocationOptions

    func validate() throws {
        guard (agent == nil) == all else { throw ValidationError("give either an agent or --all") }
    }

    func run() throws {
        let now = Platform.now()
        let clone = try options.authority.clone()
        if let agent { try requireActive(agent, in: clone.location.authority(at: now)) }
        try options.revoke(agent.map(Revocation.Target.agent) ?? .everyAgent, cause, at: now, in: clone)
    }

    /// Refuses a suspension that would say no more than one that is in force.
    private func requireActive(_ id: String, in authority: Authority) throws(AppError) {
        let standing = try AppError.asking { () throws(AuthorityError) in try authority.agent(id) }
        if case .unregistered = standing {
            throw AppError(
                "the inventory does not know agent '\(id)'", hint: "'remit agent list' names those that it knows")
        }
        guard let suspension = standing.registered?.suspension, suspension.target == .agent(id),
            suspension.cause == .compromised || cause != .compromised
        else { return }
        throw AppError(
            "agent '\(id)' is suspended already, since \(suspension.issuedAt) by \(suspension.issuer): "
                + suspension.reason,
            hint: "nothing was written; '--cause compromised' is the one graver word")
    }
}
