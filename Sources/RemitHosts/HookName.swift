/// The hooks that Remit answers.
package enum HookName: String, Hashable, Sendable, CaseIterable {
    /// Decides on a push as a whole.
    case preReceive = "pre-receive"
    /// Records what came of it.
    case postReceive = "post-receive"
    /// Decides ref by ref, where a server runs nothing else.
    case update
    /// Stops what moves a protected ref past the gate.
    case referenceTransaction = "reference-transaction"
}
