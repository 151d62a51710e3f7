import RemitModel

/// Gerrit's hooks plugin, which tells a hook in arguments what other servers tell in variables.
extension Host {
    static let gerrit = Host()
}
