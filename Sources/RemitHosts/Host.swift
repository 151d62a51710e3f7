import RemitModel

/// What one kind of git server tells a hook and how it shows the hook's words.
struct Host: Sendable {
    /// The variable in which this server names the authenticated account; `nil` when it vouches for nobody.
    var pusherVariable: ByteString?

    /// A variable that, unless empty or `0`, says that the account's name stands for a machine's key.
    var machineKeyVariable: ByteString?

    /// How long the hook may think before it refuses.
    var deadlineSeconds = 120

    /// What begins each line that the server is to show to the pusher.
    var linePrefix = ""
}
