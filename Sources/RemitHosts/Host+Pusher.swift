import RemitModel

extension Host {
    /// Whom this server vouches for.
    ///
    /// A name that no server would make is a fault and not "nobody": the environment is then not this server's.
    func pusher(in environment: Environment, of kind: HostKind) throws(InvocationError) -> Pusher? {
        guard let variable = pusherVariable, try !isMachineKey(environment) else { return nil }
        let login = try environment.value(of: variable, maximumByteCount: Invocation.maximumLoginByteCount)
        guard let login else { return nil }
        guard login.bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw InvocationError(.badPusher, variable, "a control byte in an account's name")
        }
        let name = String(decoding: variable.bytes, as: UTF8.self)
        return Pusher(login: login, vouchedBy: "\(name) of \(kind.rawValue)")
    }
}
