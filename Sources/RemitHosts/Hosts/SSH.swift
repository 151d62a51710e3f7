/// OpenSSH with a forced command and `restrict` for each key.
///
/// Only the administrator knows which variable the forced command sets; unless the configuration names it, nobody is
/// vouched for.
extension Host {
    static let ssh = Host()
}
