/// Git by a local path, `git daemon`, or a shell account: the pusher can set every variable, so none is believed.
extension Host {
    static let plain = Host()
}
