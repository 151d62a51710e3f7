import RemitModel

/// Gerrit's hooks plugin, which tells a hook in arguments what other servers tell in variables.
///
/// It stops a hook after 30 seconds (`hooks.syncHookTimeout`); the answer has to be there before, with its reason.
extension Host {
    static let gerrit = Host(deadlineSeconds: 25)
}
