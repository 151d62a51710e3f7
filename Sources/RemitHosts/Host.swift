import RemitModel

/// What one kind of git server tells a hook and how it shows the hook's words.
struct Host: Sendable {
    /// The variable in which this server names the authenticated account; `nil` when it vouches for nobody.
    var pusherVariable: ByteString?

    /// A variable that, unless empty or `0`, says that the account's name stands for a machine's key.
    var machineKeyVariable: ByteString?

    /// The variables in which this server names the repository, outermost first; empty where it does not.
    var repositoryVariables: [ByteString] = []

    /// Reads by what way the change came.
    var via: @Sendable (Environment) throws(InvocationError) -> Via = { _ in .push }

    /// How long the hook may think before it refuses.
    var deadlineSeconds = 120

    /// What begins each line that the server is to show to the pusher.
    var linePrefix = ""
}
