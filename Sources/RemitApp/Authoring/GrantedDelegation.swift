import RemitAuthority
import RemitModel
import RemitReport

/// A delegation that stands in the authority now, and the key that was named in it.
struct GrantedDelegation {
    let id: RecordID
    let delegation: Delegation
    /// `nil` where the agent has the key and we do not, and where certificates alone prove it.
    let key: TaskKey?

    /// Sets the agent's clone up, where there is one.
    func prepare(_ workTree: AgentWorkTree?, _ clone: AuthorityClone) throws(AppError) {
        guard let workTree else { return }
        do {
            try workTree.prepare(
                for: id, key: key,
                from: try AgentWorkTree.Source(of: delegation, in: clone.location))
        } catch {
            throw AppError(
                "delegation \(id.abbreviated) is granted, but the work tree is not set up: \(error.message)",
                hints: error.hints, status: error.status)
        }
    }

    /// Says what was granted, and prints the id and the trailer.
    func tell(_ clone: AuthorityClone, _ workTree: AgentWorkTree?) {
        let console = Console.standard
        console.say(
            "\(delegation.delegator) delegates \(delegation.task) to agent '\(delegation.agent)' until "
                + "\(delegation.expiresAt), to be landed by \(delegation.mergeBy)")
        if let key { console.say("task key \(key.fingerprint) in '\(key.path)'") }
        for authority in delegation.certificateAuthorities {
            console.say(
                "certificates of \(authority) prove it: ssh-keygen -s CA -I NAME -n \(id) -V +8h AGENT.pub")
        }
        workTree?.tell(hasKey: key != nil)
        clone.tell()
        console.print(id.description)
        console.print(id.trailer)
    }
}

extension AgentWorkTree.Source {
    /// What the agent's clone has to know of an authority and of the first repository that a delegation names.
    init(of delegation: Delegation, in location: AuthorityLocation) throws(AppError) {
        self.init(
            authority: location.path, root: try location.pin(in: location.records()),
            repository: delegation.grants.first?.repository ?? "")
    }
}
