/// The hooks that Remit answers: the one that decides, and the one that records what came of it.
package enum HookName: String, Hashable, Sendable, CaseIterable {
    case preReceive = "pre-receive"
    case postReceive = "post-receive"
}
