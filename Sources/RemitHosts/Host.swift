import RemitModel

/// What one kind of git server tells a hook and how it shows the hook's words.
struct Host: Sendable {
    /// The variable in which this server names the authenticated account; `nil` when it vouches for nobody.
    var pusherVariable: ByteString?

    /// Whether the account's name stands for a machine's key, and so for nobody who could answer for the push.
    var isMachineKey: @Sendable (Environment) throws(InvocationError) -> Bool = { _ in false }

    /// The variables in which this server names the repository, outermost first; empty where it does not.
    var repositoryVariables: [ByteString] = []

    /// What beside a project's own repository is meant, such as its `wiki`; empty for the project's own, `nil` where this
    /// server did not say which.
    var companion: @Sendable (Environment) throws(InvocationError) -> ByteString? = { _ in "" }

    /// Reads by what way the change came.
    var via: @Sendable (Environment) throws(InvocationError) -> Via = { _ in .push }

    /// Whether this server only asks what would be said, and does nothing whatever the answer is.
    var isDryRun: @Sendable (Environment) -> Bool = { _ in false }

    /// How long the hook may think before it refuses.
    var deadlineSeconds = 120

    /// What begins each line that the server is to show to the pusher.
    var linePrefix = ""
}
