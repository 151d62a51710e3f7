/// Two facts about a commit that do not fit each other.
///
/// Neither is known to be the false one, and nothing follows from it but what the policy says.
package enum Inconsistency: String, Hashable, Sendable, CaseIterable {
    /// The committer is one agent, and the key that signed is another's.
    case committerKey = "committer-key"
    /// The committer is one agent, and the account of another pushes.
    case committerPusher = "committer-pusher"
    /// An agent's own key signed, and nothing else in the commit names the agent.
    case unnamedKey = "unnamed-key"
    /// The host's agent wrote it and the host committed it, by the commit's own word, and the host did not sign it.
    case hostSignature = "host-signature"
    /// `Signed-off-by` by an agent, which can certify nothing.
    case signOff = "sign-off"
    /// The account of a bot or agent with the number of another.
    case accountNumber = "account-number"
    /// The name of a bot's or agent's account with the address of a person.
    case accountAddress = "account-address"
    /// A mark that is not as its tool writes it.
    case malformedMark = "malformed-mark"
    /// A push option, a note or a record names one agent; the key, the pusher or the delegation another.
    case statement
}

/// One inconsistency, with its two facts.
package struct Oddity: Hashable, Sendable {
    package let kind: Inconsistency
    /// The tool that the first fact names, by its id in the catalogue or the inventory.
    package let agent: String
    /// The bytes that name it.
    package let found: ByteString
    /// The other fact, in words that follow a colon.
    package let reason: String

    package init(_ kind: Inconsistency, agent: String, found: ByteString, reason: String) {
        self.kind = kind
        self.agent = agent
        self.found = found
        self.reason = reason
    }
}
